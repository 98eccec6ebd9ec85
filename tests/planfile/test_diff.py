"""What a new reading changes, and that what was confirmed is not changed again."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planfile.plans_made import BUILT_IN, MEANT, PRINTED, distinct_measures, document, made, some_of
from planfile.strategies import documents

from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.plans.planfile.diff import diff_documents
from gongjian.plans.planfile.merge import free_key, merge_documents
from gongjian.plans.planfile.model import Commitment, CommitmentKind, Party, Place, PlanHead

STORED = some_of(BUILT_IN, MEANT)
LOADED = diff_documents(STORED, PRINTED)


def changes(diff):
    return {change.old.key: {field.field: (field.before, field.after) for field in change.fields} for change in diff.changed}


def test_the_document_itself_gives_its_exact_words_to_every_measure_known_by_a_digest():
    assert [change.old.key for change in LOADED.attached] == list(MEANT)
    assert (LOADED.added, LOADED.withdrawn, LOADED.moved, LOADED.head) == ((), (), (), ())


def test_what_the_page_says_otherwise_is_shown_field_by_field():
    assert changes(LOADED) == {
        "A6.3": {"task": ("强化非道路移动机械监管", "加强油品质量监督检查")},
        "W5.2": {"support": ("综合执法局", "（无）")},
        "S13.1": {"task": ("修复工程启动后的环境管理", "启动后的环境管理")},
        "S13.2": {"task": ("修复工程启动后的环境管理", "启动后的环境管理")},
    }
    assert LOADED.words() == "12条补上原文，4条有变动"


def test_loading_onto_the_built_in_plan_keeps_keys_digests_and_commitments():
    merged = merge_documents(STORED, PRINTED)
    assert [m.key for m in merged.measures] == list(MEANT)
    assert [(m.digest, m.commitments) for m in merged.measures] == [(m.digest, m.commitments) for m in STORED.measures]
    assert [(m.text, m.source) for m in merged.measures] == [(m.text, m.source) for m in PRINTED.measures]
    assert merged.plans == STORED.plans
    assert merged.head == STORED.head
    assert merged.directory == STORED.directory


def test_loading_the_same_file_again_changes_nothing():
    merged = merge_documents(STORED, PRINTED)
    again = diff_documents(merged, PRINTED)
    assert again.is_empty
    assert again.words() == "没有变动：12条不变"
    assert merge_documents(merged, PRINTED) == merged


@given(documents())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_document_held_against_itself_shows_nothing(plan):
    assert diff_documents(plan, plan).is_empty


@given(distinct_measures(), distinct_measures(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_once_merged_a_reading_shows_nothing_more(old, new, chance):
    chance.shuffle(new)
    stored, reading = document(old), document(new)
    merged = merge_documents(stored, reading)
    assert diff_documents(merged, reading).is_empty
    assert len({measure.key for measure in merged.measures}) == len(merged.measures)


@given(distinct_measures(), distinct_measures())
@settings(deadline=None)
def test_every_measure_of_both_sides_is_accounted_for(old, new):
    diff = diff_documents(document(old), document(new))
    touched = {id(change.old) for group in (diff.unchanged, diff.attached, diff.changed, diff.moved) for change in group}
    assert touched | {id(measure) for measure in diff.withdrawn} == {id(measure) for measure in old}
    kept = {id(change.new) for group in (diff.unchanged, diff.attached, diff.changed, diff.moved) for change in group}
    assert kept | {id(measure) for measure in diff.added} == {id(measure) for measure in new}


OLD = [made(at, range(20)) for at in range(6)]


def test_a_revised_document_shows_changed_added_withdrawn_and_moved_measures():
    changed = replace(
        OLD[1],
        text=OLD[1].text[:16] + "另有规定",
        deadline=Deadline(DeadlineKind.DATE, 6, 30, "6月底前"),
        lead=(Party("乙局", "乙分局"), Party("甲局", "甲局")),
        section="第二节",
    )
    added = replace(made(7, range(20)), key=OLD[2].key)
    diff = diff_documents(document(OLD), document([changed, added, OLD[3], OLD[4], OLD[5], OLD[0]]))
    assert changes(diff) == {
        "A1.2": {
            "section": ("第一节", "第二节"),
            "text": (OLD[1].text, changed.text),
            "deadline": ("年底前", "6月底前"),
            "lead": ("甲局", "乙局、甲局"),
        },
    }
    assert diff.added == (added,)
    assert diff.withdrawn == (OLD[2],)
    assert [(change.old.key, change.fields[-1]) for change in diff.moved] == [("A1.1", ("order", "次序", "第1条", "第6条"))]
    assert diff.words() == "1条有变动，1条新增，1条撤销，1条移动次序，3条不变"


def test_the_first_named_lead_matters_the_order_of_support_does_not():
    both = (Party("甲局", "甲局"), Party("乙局", "乙局"))
    old = replace(OLD[0], lead=both, support=both)
    turned = replace(OLD[0], lead=both[::-1], support=both[::-1])
    (change,) = diff_documents(document([old]), document([turned])).changed
    assert [field.field for field in change.fields] == ["lead"]


def test_spaces_widths_and_printed_forms_are_no_change():
    old = replace(
        OLD[0], text="污染地块利用率达到90%以上(含)。", deadline=Deadline(DeadlineKind.DATE, 11, 15, "11月15日前"), source=Place(line=3)
    )
    new = replace(
        old,
        text="污染地块利用率 达到90％以上（含）。",
        deadline=Deadline(DeadlineKind.DATE, 11, 15, "11月 15日前"),
        lead=(Party("甲局", "甲分局"),),
        source=Place(line=9),
    )
    assert diff_documents(document([old]), document([new])).is_empty


def test_changed_commitments_and_digests_of_a_plan_file_are_shown():
    old = replace(OLD[0], digest="检查一万辆次", commitments=(Commitment(CommitmentKind.LOOP, cases="超标"),))
    target = Commitment(CommitmentKind.TARGET, indicator="mobile.checks", op=">=", value=10000, unit="辆次")
    new = replace(old, digest="检查两万辆次", commitments=(target,))
    assert changes(diff_documents(document([old]), document([new]))) == {
        "A1.1": {"digest": ("检查一万辆次", "检查两万辆次"), "commitments": ("问题闭环 超标", "指标达标 mobile.checks >= 10000 辆次")},
    }
    assert diff_documents(document([old]), document([replace(old, digest="", commitments=())])).is_empty


def test_a_changed_head_is_shown_and_an_unread_one_is_not():
    stored = replace(document(OLD), head=PlanHead("京〔2020〕28号", "管委会", date=date(2020, 3, 29)))
    revised = replace(stored, head=PlanHead("京〔2020〕30号", "", "袁立洪", date(2020, 6, 1)))
    assert [(field.field, field.before, field.after) for field in diff_documents(stored, revised).head] == [
        ("number", "京〔2020〕28号", "京〔2020〕30号"),
        ("signer", "", "袁立洪"),
        ("date", "2020-03-29", "2020-06-01"),
    ]
    assert diff_documents(stored, replace(stored, head=PlanHead())).is_empty
    assert merge_documents(stored, replace(stored, head=PlanHead())).head == stored.head


def test_an_added_measure_whose_number_is_taken_gets_the_next_free_one():
    assert free_key("A1.2", {"A1.1"}) == "A1.2"
    assert free_key("A1.2", {"A1.2", "A1.3"}) == "A1.4"
    assert free_key("甲", {"甲"}) == "甲-2"
    added = replace(made(7, range(20)), key="A1.1")
    merged = merge_documents(document(OLD), document([*OLD[1:], added]))
    assert [measure.key for measure in merged.measures] == ["A1.2", "A1.3", "A2.1", "A2.2", "A2.3", "A1.4"]
    merged = merge_documents(document(OLD), document([*OLD[1:], added]), reserved={"A1.4", "A1.5"})
    assert merged.measures[-1].key == "A1.6"
