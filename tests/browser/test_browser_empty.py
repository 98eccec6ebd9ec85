"""A house that has just been opened: no plan yet, and the page says how to begin."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("width", [1366, 390])
def test_before_any_plan_the_page_says_what_would_be_here_who_supplies_it_and_how_to_begin(undone, copies, visit, width):
    from axe_playwright_python.sync_playwright import Axe

    copies.bring_back("before")
    page = visit("/", width=width)
    said = page.locator("main").inner_text()
    assert "还没有载入行动计划" in said
    assert "由统筹办上传" in said
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [rule["id"] for rule in Axe().run(page, options={"preload": False}).response["violations"]] == []
    page.get_by_role("link", name="上传行动计划文件").click()
    assert page.get_by_role("heading", name="登录").is_visible()
