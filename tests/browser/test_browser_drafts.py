"""What is typed into a report is not lost: not by a reload, not by somebody else's change."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("undone")
WORDS = "十月检查三十处，整改二十八处。"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('gongjian:'))"


@pytest.fixture
def form(undone, live_server):
    """Where 城市运行局 writes its next report."""
    from gongjian.people.models import Department
    from gongjian.plans.models import Responsibility

    lead = Responsibility.objects.filter(department=Department.objects.get(name="城市运行局"), role="lead").order_by("wording_id").first()
    return f"/measure/{lead.wording.measure_id}/report/2020-10/"


def progress(page):
    return page.get_by_label("本月进展")


def write(page, words):
    progress(page).fill(words)
    page.get_by_text("草稿已存在这台电脑的浏览器里。").wait_for()


def test_a_draft_survives_a_reload_and_is_gone_once_handed_in(visit, form):
    page = visit(form, "chengyun")
    write(page, WORDS)
    page.reload()
    assert progress(page).input_value() == WORDS
    assert page.get_by_text("已取回上次没有提交的草稿。").is_visible()
    page.get_by_role("button", name="提交审核").click()
    page.get_by_text("月报已提交，等待审核。").wait_for()
    assert page.evaluate(KEPT) == []
    page.get_by_role("button", name="撤回修改").click()
    page.get_by_text("月报已撤回，可以继续修改。").wait_for()
    assert progress(page).input_value() == WORDS  # from the office's store now, not from this browser
    assert page.get_by_text("已取回上次没有提交的草稿。").count() == 0


def test_a_draft_saved_on_the_server_is_not_kept_twice(visit, form):
    page = visit(form, "chengyun")
    write(page, WORDS)
    page.get_by_role("button", name="存为草稿").click()
    page.get_by_text("草稿已保存，尚未提交。").wait_for()
    assert progress(page).input_value() == WORDS
    assert page.evaluate(KEPT) == []


def test_the_second_of_two_who_write_is_told_and_keeps_every_word(visit, form):
    first, second = visit(form, "chengyun"), visit(form, "chengyun-juzhang")
    progress(first).fill("先写的。")
    first.get_by_role("button", name="存为草稿").click()
    first.get_by_text("草稿已保存").wait_for()
    write(second, WORDS)
    second.get_by_label("有风险").check()
    second.get_by_role("button", name="提交审核").click()
    assert "已被别人修改过" in second.get_by_role("alert").inner_text()
    assert progress(second).input_value() == WORDS
    assert second.get_by_label("有风险").is_checked()
    first.reload()
    assert progress(first).input_value() == "先写的。"
    second.goto(form)  # after looking at the newest, one's own words are still to be had
    assert progress(second).input_value() == "先写的。"
    second.get_by_role("button", name="换成草稿").click()
    assert progress(second).input_value() == WORDS


def test_what_is_added_to_a_saved_draft_survives_a_reload_too(visit, form):
    page = visit(form, "chengyun")
    progress(page).fill("先写的。")
    page.get_by_role("button", name="存为草稿").click()
    page.get_by_text("草稿已保存").wait_for()
    write(page, WORDS)
    page.reload()
    assert progress(page).input_value() == WORDS
