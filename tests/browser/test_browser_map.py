"""The battle map in use: narrowed, put back to another day, walked by keyboard; its counts agree with its rows."""

from __future__ import annotations

import re

import pytest


def number(text):
    return int(re.search(r"\d+", text).group())


@pytest.fixture
def wall(visit):
    return visit("/")


def rows(page):
    return page.locator(".measure")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_filters_narrow_the_map_to_what_was_asked_and_say_how_many(visit, script):
    page = visit("/", java_script_enabled=script)
    every = rows(page).count()
    page.get_by_role("combobox", name="亮灯").select_option("red")
    if not script:
        page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**light=red*")
    assert 0 < rows(page).count() < every
    assert rows(page).count() == page.locator(".measure.is-red").count()
    assert page.locator(".found").inner_text() == f"找到 {rows(page).count()} 条，全部 {every} 条"

    page.get_by_role("searchbox", name="文字").fill("没有这样的措施")
    page.get_by_role("button", name="筛选").click()
    page.get_by_text("没有符合条件的措施").wait_for()
    page.get_by_role("link", name="清除筛选").last.click()
    page.wait_for_url(re.compile(r"/map/[^?]*$"))
    assert rows(page).count() == every


def test_a_department_chosen_shows_only_what_it_leads_or_assists(wall):
    wall.get_by_role("combobox", name="部门").select_option("荣华街道")
    wall.wait_for_url("**department=*")
    said = [" ".join(line.split()) for line in wall.locator(".measure .who").evaluate_all("all => all.map(one => one.title)")]
    assert said
    assert all("荣华街道" in line for line in said)


def test_every_count_on_the_page_agrees_with_the_rows_under_it(wall):
    for plan in wall.locator(".plan").all():
        for code, word in (("red", "滞后"), ("amber", "预警"), ("green", "正常"), ("blue", "完成"), ("grey", "无数据")):
            said = plan.locator(".plan-head .counts li", has_text=word).inner_text()
            assert number(said) == plan.locator(f".measure.is-{code}").count()
    heads = [number(text) for text in wall.locator(".plan-head h2 .fine:not(.print-only)").all_inner_texts()]
    assert sum(heads) == rows(wall).count() == number(wall.locator(".found").inner_text())


@pytest.mark.parametrize("where", ["/", "/?on=2020-06-30"])
def test_a_light_counted_in_the_brief_leads_to_just_these_rows(visit, where):
    page = visit(where)
    link = page.locator(".brief-plans li").first.get_by_role("link", name="正常")
    counted = number(link.inner_text())
    link.click()
    page.wait_for_url("**light=green*")
    assert rows(page).count() == counted
    assert ("on=2020-06-30" in page.url) == ("on=" in where)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_the_date_control_puts_the_map_back_to_another_day_and_turns_amber(visit, script):
    page = visit("/", java_script_enabled=script)

    def lights():
        return [re.search(r"is-\w+", line).group() for line in rows(page).evaluate_all("all => all.map(one => one.className)")]

    today, control = lights(), page.locator(".dated")
    assert "is-past" not in control.get_attribute("class")
    control.locator("summary").click()
    page.get_by_label("查看哪一天的情况").fill("2020-06-30")
    page.get_by_role("button", name="查看", exact=True).click()
    page.wait_for_url("**on=2020-06-30*")
    assert "is-past" in control.get_attribute("class")
    assert control.evaluate("node => getComputedStyle(node).borderTopColor") == "rgb(217, 138, 0)"
    assert "正在查看 2020-06-30 的情况" in control.inner_text()
    assert lights() != today
    rows(page).first.locator("a.digest").click()
    assert "on=2020-06-30" in page.url  # one stays on that day
    assert "is-past" in control.get_attribute("class")


def test_the_first_tab_stop_leads_to_the_content_and_the_slash_to_the_search(wall):
    wall.keyboard.press("Tab")
    assert wall.evaluate("document.activeElement.textContent") == "跳到正文"
    wall.keyboard.press("Enter")
    assert wall.evaluate("document.activeElement.id") == "content"
    wall.keyboard.press("/")
    wall.keyboard.type("柴油")
    wall.keyboard.press("Enter")
    wall.wait_for_url("**text=*")
    assert rows(wall).count() > 0
    shown = rows(wall).all_inner_texts()
    assert all("柴油" in line for line in shown[:1])


def test_j_and_k_walk_the_measures_and_enter_opens_the_one_reached(wall):
    keys = wall.locator(".measure .key").all_inner_texts()[:3]
    for press, reached in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        wall.keyboard.press(press)
        assert wall.locator(".measure.is-here .key").inner_text() == keys[reached]
    wall.keyboard.press("Enter")
    wall.wait_for_url("**/measure/**")
    assert wall.locator("h1").inner_text().startswith(keys[1])


def test_the_reasons_of_a_light_open_by_keyboard_and_escape_closes_them_where_one_was(wall):
    reasons = wall.locator(".measure.is-red .why").first
    reasons.locator("summary").focus()
    wall.keyboard.press("Enter")
    assert reasons.locator(".why-body").is_visible()
    assert reasons.locator(".why-body li").first.inner_text().strip()
    wall.keyboard.press("Escape")
    assert not reasons.locator(".why-body").is_visible()
    assert wall.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_reasons_that_are_open_stay_within_the_window(visit):
    page = visit("/?light=red", width=390)
    for reasons in page.locator(".measure .why").all()[:4]:
        reasons.locator("summary").click()
        box = reasons.locator(".why-body").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        page.keyboard.press("Escape")  # what is open may lie over the next line


def test_two_measures_asked_for_by_department_counts_are_those_it_leads(wall):
    """The table of departments counts what a department leads; its link shows these among all it has a part in."""
    line = wall.locator(".by-department tbody tr").first
    red = number(line.locator("td").first.inner_text())
    name = line.locator("th").inner_text()
    line.get_by_role("link").click()
    wall.wait_for_url("**department=*")
    leading = wall.locator(".measure.is-red .who").evaluate_all("all => all.map(one => one.title.split('；')[0])")
    assert sum(name in line for line in leading) == red
