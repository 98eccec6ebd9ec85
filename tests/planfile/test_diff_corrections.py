"""What a person corrects before confirming."""

from dataclasses import replace

import pytest
from planfile.plans_made import document, made

from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.plans.planfile.corrections import CorrectionError, apply_corrections
from gongjian.plans.planfile.model import DepartmentEntry, Directory, Doubt, Party, Place, PlanFileError

DIRECTORY = Directory((DepartmentEntry("甲局"), DepartmentEntry("综合执法局", aliases=("综合行政执法局",))), ("各相关部门",))
DOUBTED = replace(
    made(0, range(20)),
    lead=(Party("综合执法局", "综合行政执法局"),),
    doubts=(Doubt("merged", "协办栏空白", Place(line=3), "support"), Doubt("cut", "文字残缺", Place(line=3), "text")),
    uncertain=("support", "text"),
)
DOCUMENT = replace(document([DOUBTED, made(1, range(20))]), directory=DIRECTORY)


def corrected(**fields):
    return apply_corrections(DOCUMENT, {"A1.1": fields}).measures[0]


def test_corrected_words_take_the_place_of_what_was_read_and_settle_the_doubts_about_them():
    measure = corrected(text=" 全文 ", task="新任务")
    assert (measure.text, measure.task) == ("全文", "新任务")
    assert [doubt.field for doubt in measure.doubts] == ["support"]
    assert measure.uncertain == ("support",)


def test_confirming_a_field_as_it_was_read_settles_its_doubts_too():
    assert corrected(text=DOUBTED.text).doubts == DOUBTED.doubts[:1]


def test_nothing_else_is_touched():
    after = apply_corrections(DOCUMENT, {"A1.1": {"text": "全文"}})
    assert after.measures[1:] == DOCUMENT.measures[1:]
    assert replace(after, measures=DOCUMENT.measures) == DOCUMENT
    assert apply_corrections(DOCUMENT, {}) == DOCUMENT


@pytest.mark.parametrize(
    ("said", "deadline"),
    [
        ("11月15日前", Deadline(DeadlineKind.DATE, 11, 15, "11月15日前")),
        ("06-30", Deadline(DeadlineKind.DATE, 6, 30)),
        ("长期实施", Deadline(DeadlineKind.ONGOING, text="长期实施")),
        ("milestones", Deadline(DeadlineKind.MILESTONES)),
    ],
)
def test_a_deadline_is_corrected_as_printed_or_as_a_code(said, deadline):
    assert corrected(deadline=said).deadline == deadline


@pytest.mark.parametrize(
    "said", ["甲局、综合行政执法局 各相关部门", ["甲局", "综合执法局", "各相关部门"], "甲局，甲局，综合执法局；各相关部门"]
)
def test_departments_are_known_by_name_alias_or_group_and_keep_their_printed_form(said):
    assert corrected(support=said).support == (
        Party("甲局", "甲局"),
        Party("综合执法局", "综合行政执法局"),
        Party("各相关部门", "各相关部门", group=True),
    )


def test_support_may_be_emptied():
    assert corrected(support="").support == corrected(support=[]).support == ()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "  "}, "措施 A1.1：原文不能改成空白，请填写文字。"),
        ({"task": 3}, "措施 A1.1：重点任务不能改成空白，请填写文字。"),
        ({"task": "长" * 201}, "措施 A1.1：重点任务有201个字，最多200个，请缩短。"),
        ({"task_no": "十三"}, "措施 A1.1：任务序号“十三”不是1到9999的整数，请改正或留空。"),
        ({"task_no": 0}, "措施 A1.1：任务序号“0”不是1到9999的整数"),
        ({"deadline": "尽快"}, "措施 A1.1：完成时限“尽快”看不懂，请写作“年底前”“长期实施”“按时间节点完成”或“6月30日前”。"),
        ({"deadline": "02-31"}, "措施 A1.1：完成时限“02-31”看不懂"),
        ({"lead": []}, "措施 A1.1：牵头部门不能为空，请至少填写一个。"),
        ({"lead": "丙局"}, "措施 A1.1：“丙局”不在部门名录中，请改用名录里的名称，或先把它加入名录。"),
        ({"support": [1]}, "措施 A1.1：部门应是名称的列表，请用顿号隔开。"),
        ({"key": "A2"}, "措施 A1.1：“key”一栏不能更正，可更正的是 text、digest"),
    ],
)
def test_a_correction_that_cannot_be_made_says_why(fields, sentence):
    with pytest.raises(CorrectionError) as refused:
        corrected(**fields)
    assert str(refused.value).startswith(sentence)
    assert isinstance(refused.value, PlanFileError)


def test_all_faults_are_told_at_once_with_their_place():
    with pytest.raises(CorrectionError) as refused:
        apply_corrections(DOCUMENT, {"A9.9": {"text": "无"}, "A1.1": {"text": "", "lead": []}, "A1.2": {"deadline": "？"}})
    assert [(key, field) for key, field, _ in refused.value.problems] == [
        ("A9.9", ""),
        ("A1.1", "text"),
        ("A1.1", "lead"),
        ("A1.2", "deadline"),
    ]
    assert refused.value.problems[0][2] == "没有编号为 A9.9 的措施，请刷新后再改。"


def test_without_a_directory_any_name_is_taken():
    (measure, _) = apply_corrections(replace(DOCUMENT, directory=Directory()), {"A1.1": {"lead": "丙局"}}).measures
    assert measure.lead == (Party("丙局", "丙局"),)
