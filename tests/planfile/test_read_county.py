"""Reading the plan of an invented county: the rules, one promise each."""

from __future__ import annotations

import pytest
from reading_cases import COUNTY, DIRECTORY, EXPECTED, HEADING, told

from gongjian.plans.planfile.as_json import reading_as_json
from gongjian.plans.planfile.model import Directory
from gongjian.plans.planfile.read import read_plan, read_plan_bytes


def read(text, directory=DIRECTORY):
    return read_plan_bytes(text.encode(), "plan.txt", directory)


def rows(*lines, heading=HEADING):
    """A reading of one plan with these rows under a heading."""
    return read("\n".join(["青禾县大气2022年行动计划", heading, *lines]))


def codes(measure):
    return {doubt.code for doubt in measure.doubts}


@pytest.fixture(scope="module")
def county():
    return read(COUNTY)


def test_every_measure_has_the_deadline_departments_and_doubts_the_page_gives_it(county):
    assert told(county) == EXPECTED


def test_the_head_of_the_document_is_read(county):
    head = county.head
    assert (head.number, head.issuer, head.signer, str(head.date)) == ("青政发〔2022〕17号", "青禾县人民政府", "何青", "2022-04-01")
    assert head.title == "青禾县生态环境保护2022年行动计划"


def test_each_title_before_a_table_begins_a_plan_and_each_section_row_a_section(county):
    assert [(m.plan, m.section) for m in (county.measures[0], county.measures[7], county.measures[-1])] == [
        ("大气污染防治2022年行动计划", "控制扬尘"),
        ("大气污染防治2022年行动计划", "控制燃煤"),
        ("水污染防治2022年行动计划", "河道治理"),
    ]


def test_a_sentence_cut_by_a_page_is_one_measure_again(county):
    assert county.measures[5].text == "绿化或覆盖，不留死角。"


def test_a_number_passed_over_is_told_with_its_place(county):
    (missing,) = county.doubts
    assert missing.code == "numbers-missing"
    assert "第4项" in missing.message
    assert missing.place.line


def test_blanks_that_wrap_a_task_name_are_taken_out(county):
    assert county.measures[0].task == "工地扬尘治理"


def test_a_measure_points_at_its_line_and_column(county):
    source = county.measures[0].source
    assert COUNTY.splitlines()[source.line - 1].startswith("1\t工地扬尘")
    assert source.column == "主要措施"
    assert source.row == 3


def test_the_printed_form_stays_beside_the_canonical_name(county):
    assert (county.measures[0].lead[0].name, county.measures[0].lead[0].printed) == ("县住房和城乡建设局", "县住建局")
    assert county.measures[7].support[0].group


def test_the_json_has_every_field_that_is_promised(county):
    data = reading_as_json(county)
    first = data["measures"][0]
    assert set(first) >= {"key", "plan", "section", "task_no", "task", "measure_no", "text", "deadline", "lead", "support"}
    assert first["deadline"] == {"kind": "date", "month": 9, "day": 30, "text": "9月底前"}
    assert first["lead_printed"] == ["县住建局"]
    assert first["source"]["words"].endswith("第3行“主要措施”栏（文件第17行）")
    assert {doubt["measure"] for doubt in data["doubts"]} >= {None, "A2.3"}
    assert data["document"]["date"] == "2022-04-01"


def test_names_run_together_without_blanks_are_told_apart_by_the_directory():
    (measure,) = rows("1\t甲\t做好甲事。\t年底前\t县水利局县生态环境局\t").measures
    assert [p.name for p in measure.lead] == ["县水利局", "县生态环境局"]


def test_a_name_wrapped_in_the_middle_is_one_name():
    (measure,) = rows("1\t甲\t做好甲事。\t年底前\t县水 利局 县生态环 境局\t").measures
    assert [p.name for p in measure.lead] == ["县水利局", "县生态环境局"]


def test_names_no_directory_has_are_read_by_their_form_and_doubted():
    row = "1\t甲\t做好甲事。\t年底前\t区公安分局交通大队 区税务局、第三街道\t区城乡建设 委员会"
    (measure,) = read(f"某区大气行动计划\n{HEADING}\n{row}", Directory()).measures
    assert [p.name for p in measure.lead] == ["区公安分局交通大队", "区税务局", "第三街道"]
    assert [p.name for p in measure.support] == ["区城乡建设委员会"]
    assert codes(measure) == {"department-unknown"}


def test_words_that_are_no_department_are_doubted_and_kept():
    (measure,) = rows("1\t甲\t做好甲事。\t年底前\t张三丰\t").measures
    assert [p.printed for p in measure.lead] == ["张三丰"]
    assert "department-unreadable" in codes(measure)


def test_a_department_printed_two_ways_is_one_and_the_odd_form_is_doubted():
    document = rows(
        "1\t甲\t甲。\t年底前\t县住房和城乡建设局\t", "2\t乙\t乙。\t年底前\t县住房和城乡建设局\t", "3\t丙\t丙。\t年底前\t县住建局\t"
    )
    assert {p.name for m in document.measures for p in m.lead} == {"县住房和城乡建设局"}
    assert [codes(m) for m in document.measures] == [set(), set(), {"two-spellings"}]


def test_a_department_that_leads_and_assists_is_doubted():
    (measure,) = rows("1\t甲\t做好甲事。\t年底前\t县水利局\t县水利局 白石镇").measures
    assert codes(measure) == {"lead-and-support"}


def test_sentences_are_measures_only_where_as_many_deadlines_stand_beside():
    one, two = "做好甲事。做好乙事。\t年底前", "做好甲事。做好乙事。\t6月底前 年底前"
    assert len(rows(f"1\t甲\t{one}\t县水利局\t").measures) == 1
    first, second = rows(f"1\t甲\t{two}\t县水利局 县生态环境局\t").measures
    assert (first.text, first.deadline.code(), [p.name for p in first.lead]) == ("做好甲事。", "06-30", ["县水利局"])
    assert (second.text, second.deadline.code(), [p.name for p in second.lead]) == ("做好乙事。", "year-end", ["县生态环境局"])
    assert "split-by-sentence" in codes(first)


def test_more_deadlines_than_measures_is_doubted():
    (measure,) = rows("1\t甲\t做好甲事。\t6月底前 年底前\t县水利局\t").measures
    assert "deadline-count" in codes(measure)


def test_a_blank_deadline_is_the_one_above_within_a_section_and_doubted():
    document = rows("1\t甲\t甲。\t年底前\t县水利局\t", "2\t乙\t乙。\t\t县水利局\t", "二、别的\t\t\t\t\t", "3\t丙\t丙。\t\t县水利局\t")
    assert [m.deadline.code() for m in document.measures] == ["year-end", "year-end", "unstated"]
    assert [codes(m) for m in document.measures] == [set(), {"deadline-as-above"}, {"deadline-missing"}]


def test_blank_departments_are_those_above_and_a_blank_support_alone_is_none():
    document = rows(
        "1\t甲\t甲。\t年底前\t县水利局\t白石镇", "\t\t乙。\t年底前\t\t", "\t\t丙。\t年底前\t县水利局\t", "\t\t丁。\t年底前\t县生态环境局\t"
    )
    assert [[p.name for p in m.support] for m in document.measures] == [["白石镇"], ["白石镇"], [], []]
    assert [codes(m) for m in document.measures] == [set(), {"lead-as-above", "support-as-above"}, {"support-blank"}, set()]


def test_a_lost_number_is_inferred_from_the_next_on_the_same_page_and_doubted():
    document = rows("1\t甲\t甲。\t年底前\t县水利局\t", HEADING, "\t之后的事\t乙。\t年底前\t县水利局\t", "7\t丙\t丙。\t年底前\t县水利局\t")
    assert [(m.key, m.task_no) for m in document.measures] == [("A1.1", 1), ("A6.1", None), ("A7.1", 7)]
    assert "task-number-lost" in codes(document.measures[1])


def test_a_lost_number_nothing_tells_of_still_makes_a_key_of_its_own():
    document = rows("1\t甲\t甲。\t年底前\t县水利局\t", "\t乙事\t乙。\t年底前\t县水利局\t", "2\t丙\t丙。\t年底前\t县水利局\t")
    assert len({m.key for m in document.measures}) == 3


def test_a_lost_task_name_is_doubted():
    assert "task-name-lost" in codes(rows("1\t\t做好甲事。\t年底前\t县水利局\t").measures[0])


def test_a_number_that_comes_twice_is_told_and_both_measures_are_kept():
    document = rows("1\t甲\t甲。\t年底前\t县水利局\t", "1\t乙\t乙。\t年底前\t县水利局\t")
    assert len({m.key for m in document.measures}) == 2
    assert "number-out-of-order" in {d.code for d in document.doubts}


def test_numbers_may_begin_again_under_each_section():
    document = rows("一、甲\t\t\t\t\t", "1\t甲\t甲。\t年底前\t县水利局\t", "二、乙\t\t\t\t\t", "1\t乙\t乙。\t年底前\t县水利局\t")
    assert len({m.key for m in document.measures}) == 2
    assert not document.doubts


def test_a_table_without_any_numbers_is_counted_and_told_once():
    document = rows("\t甲\t甲。\t年底前\t县水利局\t", "\t乙\t乙。\t年底前\t县水利局\t")
    assert [m.key for m in document.measures] == ["A1.1", "A2.1"]
    assert {d.code for d in document.doubts} == {"no-numbers"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("加强对施工单位和运输企业。", "broken-sentence"),
        ("打击违法开大曝光力度。", "broken-sentence"),
        ("组织企业、医院、小商户、小作坊。", "broken-sentence"),
        ("确保抽检合格率在具备条件时取样。", "figure-missing"),
        ("组织监测人员、执法人员、监测人员参加培训。", "repeated-words"),
        ("落实“一厂一策。", "unbalanced"),
        ("控制杨尘。", "misprint"),
        ("<p>快</p> <p>查、完化格</p> <p>后保网</p> <p>机速</p> <p>环</p>", "disordered"),
        ("做好这件事，并且", "sentence-without-end"),
        ("", "text-missing"),
    ],
)
def test_damage_in_the_words_is_doubted(text, code):
    sound = [f"{n}\t事{n}\t做好第{n}件事。\t年底前\t县水利局\t" for n in (1, 2, 3)]
    assert code in codes(rows(*sound, f"4\t丁\t{text}\t年底前\t县水利局\t").measures[-1])


@pytest.mark.parametrize(
    "text",
    [
        "加强对排水管线的巡查和养护。",
        "加大对加油站的抽查频次。",
        "加大“散乱污”执法力度。",
        "组织重点企业、医院、学校开展培训。",
        "确保检查合格率达到95%以上。",
        "逐步提高检测合格率。",
        "落实“一厂一策”（含应急）措施。",
        "年均浓度（PM _{2.5} ）力争下降。",
    ],
)
def test_sound_words_raise_no_doubt(text):
    assert not codes(rows(f"1\t甲\t{text}\t年底前\t县水利局\t").measures[0])


def test_measures_without_full_stops_are_no_broken_sentences_where_none_has_one():
    document = rows("1\t甲\t<p>做好甲事</p> <p>做好乙事</p>\t年底前\t县水利局\t", "2\t乙\t做好丙事\t年底前\t县水利局\t")
    assert [m.text for m in document.measures] == ["做好甲事", "做好乙事", "做好丙事"]
    assert not any(codes(m) for m in document.measures)


def test_a_column_of_answerable_units_beside_the_leads_is_read_as_lead_and_told():
    heading = "序号\t重点任务\t工作措施\t完成时限\t主责单位\t牵头部门\t协办部门"
    document = rows("1\t甲\t做好甲事。\t年底前\t县水利局\t县生态环境局\t白石镇", heading=heading)
    assert [p.name for p in document.measures[0].lead] == ["县水利局", "县生态环境局"]
    assert {d.code for d in document.doubts} == {"two-lead-columns"}


def test_answerable_units_beside_chief_ones_assist_where_no_column_says_who_does():
    heading = "序号\t重点任务\t工作措施\t完成时限\t主责单位\t责任单位"
    document = rows("1\t甲\t做好甲事。\t年底前\t县水利局\t白石镇", heading=heading)
    assert told(document) == [("A1.1", "year-end", "县水利局", "白石镇", "")]


def test_a_deadline_of_another_year_is_doubted():
    document = rows("1\t甲\t甲。\t2022年底前\t县水利局\t", "2\t乙\t乙。\t2025年6月底前\t县水利局\t")
    assert [codes(m) for m in document.measures] == [set(), {"deadline-other-year"}]


def test_numbered_items_in_a_cell_are_measures_and_a_list_closed_with_and_others_is_doubted():
    document = rows("1\t甲\t1.加快淘汰老旧车；\n2.推广新能源车。\t年底前\t县水利局、县生态环境局等\t白石镇（各村）")
    assert [m.text for m in document.measures] == ["1.加快淘汰老旧车；", "2.推广新能源车。"]
    assert [p.name for p in document.measures[0].lead] == ["县水利局", "县生态环境局"]
    assert [(p.name, p.printed) for p in document.measures[0].support] == [("白石镇", "白石镇（各村）")]
    assert codes(document.measures[0]) >= {"open-list"}


def test_a_table_that_is_none_of_the_plans_is_told_and_not_read():
    document = read(f"青禾县大气2022年行动计划\n{HEADING}\n1\t甲\t甲。\t年底前\t县水利局\t\n通讯录\n姓名\t电话\n张三\t1\n")
    assert len(document.measures) == 1
    assert {d.code for d in document.doubts} == {"table-ignored"}


@pytest.mark.parametrize(
    "heading",
    [
        "序号\t重点任务\t工作措施\t完成时限\t牵头部门\t协办部门",
        "序号\t任务名称\t主要任务\t完成时间\t牵头单位\t协办单位",
        "编号\t工作任务\t具体措施\t时间要求\t责任部门\t参与单位",
    ],
)
def test_columns_are_known_by_the_words_of_many_districts(heading):
    document = rows("1\t甲事\t做好甲事。\t年底前\t县水利局\t白石镇", heading=heading)
    assert told(document) == [("A1.1", "year-end", "县水利局", "白石镇", "")]
    assert document.measures[0].task == "甲事"


def test_a_first_measure_after_a_page_that_speaks_of_the_task_before_is_doubted():
    document = rows(
        "1\t加强非道路机械监管\t编码登记。\t年底前\t县水利局\t",
        HEADING,
        "2\t油品质量\t<p>检查非道路机械。</p> <p>检查油品。</p>\t年底前\t县水利局\t",
    )
    assert [codes(m) for m in document.measures] == [set(), {"maybe-previous-task"}, set()]


def test_a_plan_file_on_disk_reads_as_its_bytes_do(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(COUNTY, encoding="utf-8")
    assert read_plan(path, DIRECTORY) == read(COUNTY)
