"""A plan file says exactly what the document says, in one way only."""

import tomllib
from datetime import date

from hypothesis import HealthCheck, given, settings
from planfile.strategies import documents

from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.plans.planfile.model import (
    Commitment,
    CommitmentKind,
    DepartmentEntry,
    Directory,
    Measure,
    Party,
    Place,
    PlanDocument,
    PlanHead,
)
from gongjian.plans.planfile.toml_format import parse_plan_file, read_plan_file, write_plan_file

WRITTEN = """\
# 攻坚方案文件，格式见 docs/planfile.md。
format = 1

[document]
number = "京技管〔2020〕28号"
date = 2020-03-29

[[plan]]
letter = "A"
title = "蓝天计划"

[directory]
groups = ["各相关部门"]

[[department]]
name = "综合执法局"
kind = "bureau"
aliases = ["综合行政执法局"]

[[measure]]
key = "A20.1"
section = "推进能源消费清洁化"
task = "巩固“无煤化”成果"
text = "严防散煤复烧。"
deadline = "11-15"
deadline_text = "11月 15日前"
lead = [
  { name = "综合执法局", printed = "综合行政执法局" },
]
support = ["各相关部门"]
source = { line = 169, column = "工作措施" }
commitments = [
  { kind = "target", indicator = "energy.loose_coal.found", op = "<=", value = 0, unit = "起" },
  { kind = "narrative" },
]
"""
DOCUMENT = PlanDocument(
    PlanHead("京技管〔2020〕28号", date=date(2020, 3, 29)),
    ("蓝天计划",),
    (
        Measure(
            "A20.1",
            "蓝天计划",
            "推进能源消费清洁化",
            20,
            "巩固“无煤化”成果",
            1,
            Deadline(DeadlineKind.DATE, 11, 15, "11月 15日前"),
            text="严防散煤复烧。",
            lead=(Party("综合执法局", "综合行政执法局"),),
            support=(Party("各相关部门", "各相关部门", group=True),),
            source=Place(line=169, column="工作措施"),
            commitments=(
                Commitment(CommitmentKind.TARGET, indicator="energy.loose_coal.found", op="<=", value=0, unit="起"),
                Commitment(CommitmentKind.NARRATIVE),
            ),
        ),
    ),
    directory=Directory((DepartmentEntry("综合执法局", aliases=("综合行政执法局",)),), ("各相关部门",)),
)


def test_a_file_and_its_document_say_the_same():
    assert parse_plan_file(WRITTEN) == DOCUMENT
    assert write_plan_file(DOCUMENT) == WRITTEN


@given(documents())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_document_holds_is_read_back_equal_and_written_the_same(document):
    text = write_plan_file(document)
    again = parse_plan_file(text)
    assert again == document
    assert write_plan_file(again) == text


@given(documents())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_plain_toml_in_utf8(document):
    assert tomllib.loads(write_plan_file(document).encode().decode())["format"] == 1


def test_a_file_on_disk_is_read_with_or_without_a_byte_order_mark(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    assert read_plan_file(path) == DOCUMENT
    path.write_text(WRITTEN, encoding="utf-8-sig")
    assert read_plan_file(path) == DOCUMENT


def test_a_lost_task_number_survives_though_the_key_was_given_one():
    lost = Measure("S13.1", "净土", "", None, "启动后的环境管理", 1, Deadline(DeadlineKind.UNSTATED), text="完善机制。")
    text = write_plan_file(PlanDocument(PlanHead(), ("净土",), (lost,)))
    assert "numbered = false" in text
    assert parse_plan_file(text).measures == (lost,)
