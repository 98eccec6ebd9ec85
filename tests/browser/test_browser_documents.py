"""A plan document on its way in, as the coordinating office sees it: doubts first, one set right, the change shown, then confirmed."""

from __future__ import annotations

import county_plan
import pytest

pytestmark = pytest.mark.usefixtures("undone")


@pytest.fixture
def office(undone, visit):
    return visit("/documents/", "tongchou")


def upload(page, text, name="春山县方案.txt"):
    page.goto("/documents/")
    data = text if isinstance(text, bytes) else text.encode()
    page.get_by_label("行动计划文件").set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})
    page.get_by_role("button", name="上传并读取").click()
    page.wait_for_load_state()


def confirm(page):
    page.get_by_role("button", name="确认载入").click()
    page.get_by_text("已载入。").first.wait_for()


def stored():
    """How much there is of everything a document could write."""
    from gongjian.plans.models import Edition, Intake, Measure, Programme, Wording
    from gongjian.trail.models import Event

    return [table.objects.count() for table in (Programme, Edition, Intake, Measure, Wording, Event)]


def test_a_document_is_looked_at_set_right_and_confirmed_and_its_exact_words_stand_with_their_place(office):
    upload(office, county_plan.PRINTED)
    assert "3 条措施，其中 1 条存疑" in office.locator(".lede").inner_text()
    doubted = office.locator("#line-A2\\.2")
    assert "完成时限一栏空白，按与上一条合并理解为“长期实施”。" in doubted.inner_text()
    assert "第1张表第6行“工作措施”栏" in doubted.locator("figcaption").inner_text()  # the words and their cell, side by side
    assert "还没有载入过的行动计划" in office.locator("main").inner_text()

    doubted.get_by_role("link", name="核对").click()
    office.get_by_label("完成时限").fill("6月底前")
    office.get_by_label("协办部门").fill("荣华街道")
    office.get_by_role("button", name="核对完毕").click()
    office.get_by_text("A2.2 已核对。").wait_for()
    assert "没有未核对的存疑" in office.locator("main").inner_text()

    confirm(office)
    office.goto("/documents/")
    office.get_by_role("link", name="春山县污染防治攻坚战2020年行动计划").click()
    office.locator("[id='m-A2.2'] a.digest").click()
    assert office.locator(".source blockquote").inner_text() == "拆除违规存煤点。"
    assert "第1张表第6行“工作措施”栏" in office.locator(".source figcaption").inner_text()
    assert "6月底前" in office.locator(".card .facts").first.inner_text()
    assert "荣华街道" in office.locator(".card .facts").first.inner_text()


def test_the_same_file_again_says_that_nothing_changes_and_nothing_does(office):
    from gongjian.plans.models import Measure, Wording

    upload(office, county_plan.PRINTED)
    confirm(office)
    before = [list(table.objects.order_by("pk").values()) for table in (Measure, Wording)]
    upload(office, county_plan.PRINTED)
    assert "与已载入的内容完全一致" in office.locator(".confirm").inner_text()
    confirm(office)
    assert [list(table.objects.order_by("pk").values()) for table in (Measure, Wording)] == before


def test_a_revised_file_shows_what_it_adds_changes_and_withdraws_before_anything_is_written(office):
    upload(office, county_plan.PRINTED)
    confirm(office)
    before = stored()
    upload(office, county_plan.REVISED, "春山县方案修订.txt")
    changes = office.locator("section", has=office.locator("#changes"))
    assert changes.locator(".diff del", has_text=county_plan.DUST).count() == 1
    assert changes.locator(".diff ins", has_text=county_plan.REVISED_DUST).count() == 1
    assert changes.locator(".diff ins", has_text="10月底前").count() == 1
    assert county_plan.BOILER in changes.locator("ul").first.inner_text()
    assert "拆除违规存煤点" in changes.locator("ul del").inner_text()
    assert [now - then for now, then in zip(stored(), before, strict=True)] == [0, 0, 1, 0, 0, 1]  # the upload, and that it happened
    office.get_by_role("button", name="放弃这份文件").click()
    office.get_by_text("没有写入计划").wait_for()
    assert stored()[3:5] == before[3:5]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x00\x01\x02" * 400, "方案.docx"),
        (b"", "空.txt"),
        ("一段话，没有表格。".encode(), "说明.txt"),
        (b"<html><p>x</p></html>", "方案.xlsx"),
    ],
    ids=["rubbish", "empty", "no-table", "disguised"],
)
def test_a_file_that_is_no_plan_is_refused_in_one_sentence_and_nothing_is_written(office, data, name):
    before = stored()
    upload(office, data, name)
    said = office.locator("[role=alert], .field-error").inner_text().strip()
    assert "\n" not in said
    assert said.count("。") == 1
    assert stored() == before


@pytest.mark.shared
def test_the_official_document_comes_in_with_its_doubts_first_and_gives_every_measure_its_exact_words(shared, office):
    text = (shared / "plan" / "official-plan-2020.txt").read_bytes()
    upload(office, text, "官方文件.txt")
    heads = office.locator("main h2").all_inner_texts()
    assert heads.index("存疑的措施，请逐条核对") < heads.index("与已载入的计划相比") < heads.index("确认载入")
    doubts = office.locator(".line:has(.remark-doubt)").count()
    office.locator(".line").first.get_by_role("link", name="核对").click()
    key = office.locator("h1").inner_text().split()[1]
    words = office.get_by_label("原文").input_value()
    office.get_by_role("button", name="核对完毕").click()
    office.get_by_text(f"{key} 已核对。").wait_for()
    assert office.locator(".line:has(.remark-doubt)").count() == doubts - 1
    assert "补上原文" in office.locator("section", has=office.locator("#changes")).inner_text()

    confirm(office)
    office.locator(f"[id='m-{key}'] a.digest").click()
    assert office.locator(".source blockquote").inner_text() == words
    assert words in "".join(text.decode().split())
    assert "第1张表" in office.locator(".source figcaption").inner_text()
    assert office.locator("#commitments").count() == 1

    upload(office, text, "官方文件.txt")
    assert "与已载入的内容完全一致" in office.locator(".confirm").inner_text()
