"""In-year adjustments: by a named document, by the coordinating office, and the signed text stays."""

from datetime import date

import pytest
import stage
from stage import at, load, plan, without

from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Forbidden
from gongjian.plans.actions.adjusting import Ground, adjust_deadline, adjust_parties, adjust_target
from gongjian.plans.actions.milestones import mark_done
from gongjian.plans.lights import Light
from gongjian.plans.models import Adjustment, Commitment, Wording
from gongjian.plans.queries.detail import detail
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
GROUND = Ground(" 汛期影响施工 ", "滨政办〔2020〕31号")
EVERYBODY = [*stage.PEOPLE, "xinren", None]
ACTS = {
    "deadline": lambda town, **who: adjust_deadline(town.measure("A1.2"), "8月底前", GROUND, **who),
    "lead": lambda town, **who: adjust_parties(town.measure("A1.2"), "lead", ["交通局", "城建局"], GROUND, **who),
    "support": lambda town, **who: adjust_parties(town.measure("A1.2"), "support", [stage.GROUP], GROUND, **who),
    "value": lambda town, **who: adjust_target(town.commitment("A1.1", kind="target").pk, 12000, GROUND, **who),
}


def counts():
    return Wording.objects.count(), Commitment.objects.count(), Adjustment.objects.count(), Event.objects.count()


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize("what", ACTS)
def test_only_the_coordinating_office_adjusts(town, what, person):
    who = {"by": town.user(person), "at": at(5, 6)}
    if person == "tongchou":
        assert ACTS[what](town, **who).field == what
        return
    before = counts()
    with pytest.raises(Forbidden, match="统筹办"):
        ACTS[what](town, **who)
    assert counts() == before


@pytest.mark.parametrize(
    ("what", "before", "after"),
    [
        ("deadline", "6月底前", "8月底前"),
        ("lead", ["城建局"], ["交通局", "城建局"]),
        ("support", [], [stage.GROUP]),
        ("value", 10000, 12000),
    ],
)
def test_an_adjustment_keeps_who_when_why_and_on_what_ground(town, what, before, after):
    row = ACTS[what](town, by=town.user("tongchou"), at=at(5, 6))
    assert (row.before, row.after) == (before, after)
    assert (row.reason, row.document, row.at, row.by_label) == ("汛期影响施工", "滨政办〔2020〕31号", at(5, 6), "统筹办")
    event = Event.objects.get(verb=f"adjustment.{what}")
    assert (event.before, event.after, event.note) == ({what: before}, {what: after}, "汛期影响施工（滨政办〔2020〕31号）")


def test_the_page_of_a_past_day_shows_what_was_in_force_then(town):
    ACTS["deadline"](town, by=town.user("tongchou"), at=at(5, 6, 23, 30))
    ACTS["lead"](town, by=town.user("tongchou"), at=at(5, 8))
    eve, day, later = (detail(town.measure("A1.2"), date(2020, 5, number)) for number in (5, 6, 8))
    assert (eve.due, day.due, later.due) == (date(2020, 6, 30), date(2020, 8, 31), date(2020, 8, 31))
    assert [len(seen.adjustments) for seen in (eve, day, later)] == [0, 1, 2]
    assert [[row.name for row in seen.lead] for seen in (day, later)] == [["城建局"], ["交通局", "城建局"]]
    assert Wording.objects.filter(measure=town.measure("A1.2"), adjusted=False).get().deadline.code() == "06-30"


def test_an_adjusted_target_is_the_same_commitment_in_a_new_version(town):
    old = town.commitment("W1.1", kind="target")
    adjust_target(old.pk, 96, GROUND, by=town.user("tongchou"), at=at(5, 6))
    adjust_target(town.commitment("W1.1", kind="target").pk, 97, GROUND, by=town.user("tongchou"), at=at(5, 7))
    new = town.commitment("W1.1", kind="target")
    assert (new.value, new.root_id, new.order) == (97, old.pk, old.order)
    values = [detail(town.measure("W1.1"), date(2020, 5, day)).commitments[0].promised.promise.value for day in (5, 6, 7)]
    assert values == [95, 96, 97]
    with pytest.raises(Refusal, match="已被更新的版本替代"):
        adjust_target(old.pk, 98, GROUND, by=town.user("tongchou"), at=at(5, 8))


@pytest.mark.parametrize("printed", ["改天", "", "13月1日前", "2月30日前"])
def test_a_deadline_that_is_none_is_refused(town, printed):
    with pytest.raises(Refusal, match="不是能识别的完成时限"):
        adjust_deadline(town.measure("A1.2"), printed, GROUND, by=town.user("tongchou"), at=at(5, 6))


@pytest.mark.parametrize("reason_and_document", [("", "文号"), ("理由", " "), ("　", "文号")])
def test_reason_and_document_are_both_needed(reason_and_document):
    with pytest.raises(Refusal, match="理由和依据文件"):
        Ground(*reason_and_document)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda m, **who: adjust_deadline(m, "06月30日前", GROUND, **who), "没有需要调整的"),
        (lambda m, **who: adjust_parties(m, "lead", ["城建局"], GROUND, **who), "没有变化"),
        (lambda m, **who: adjust_parties(m, "lead", ["住建局"], GROUND, **who), "没有变化"),
        (lambda m, **who: adjust_parties(m, "lead", [], GROUND, **who), "不能为空"),
        (lambda m, **who: adjust_parties(m, "lead", ["天外局"], GROUND, **who), "名录里没有“天外局”"),
        (lambda m, **who: adjust_parties(m, "lead", ["交通局", "交通局"], GROUND, **who), "重复"),
    ],
)
def test_what_changes_nothing_or_means_nobody_is_refused_and_writes_nothing(town, act, words):
    before = counts()
    with pytest.raises(Refusal, match=words):
        act(town.measure("A1.2"), by=town.user("tongchou"), at=at(5, 6))
    assert counts() == before


def test_a_withdrawn_measure_is_not_adjusted_even_by_somebody_who_opened_it_before(town):
    seen = town.measure("W1.2")
    load(without(plan(), "W1.2"), moment=at(7, 1), slug=stage.SLUG)
    with pytest.raises(Refusal, match=r"W1\.2 已撤销"):
        adjust_deadline(seen, "8月底前", GROUND, by=town.user("tongchou"), at=at(7, 2))


def test_a_commitment_without_a_number_has_no_target_to_adjust(town):
    with pytest.raises(Refusal, match="没有可调整的目标值"):
        adjust_target(town.commitment("A2.1", kind="narrative").pk, 3, GROUND, by=town.user("tongchou"), at=at(5, 6))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_target_is_a_number(town, value):
    with pytest.raises(Refusal, match="数字"):
        adjust_target(town.commitment("A1.1", kind="target").pk, value, GROUND, by=town.user("tongchou"), at=at(5, 6))


def test_a_document_longer_than_its_column_is_refused(town):
    with pytest.raises(Refusal, match="字"):
        adjust_deadline(town.measure("A1.2"), "8月底前", Ground("理由", "长" * 201), by=town.user("tongchou"), at=at(5, 6))


def test_a_moved_deadline_moves_the_light(town):
    """Overdue on 1 July, not so once the deadline is 31 August; a milestone done stays done through the adjustment."""
    by = town.user("tongchou")
    mark_done(town.commitment("A1.2", what="平台上线"), date(2020, 5, 20), "已验收", "验收单", by=by, at=at(5, 21))
    for month, due in ((4, at(5, 7)), (5, at(6, 2)), (6, at(7, 1))):
        town.accepted("A1.2", month, "chengjian", due)
    assert detail(town.measure("A1.2"), date(2020, 7, 1)).light is Light.RED
    adjust_deadline(town.measure("A1.2"), "8月底前", GROUND, by=by, at=at(7, 2))
    seen = detail(town.measure("A1.2"), date(2020, 7, 2))
    assert (seen.light, seen.commitments[0].verdict.light) == (Light.GREEN, Light.BLUE)
    assert detail(town.measure("A1.2"), date(2020, 7, 1)).light is Light.RED
