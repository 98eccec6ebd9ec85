"""The style guide in a real browser: readable by everyone, steady, and within the content policy."""

import shutil

import pytest

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
WIDTHS = [1920, 1366, 390]
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: pages are not looked at in a browser"),
    pytest.mark.urls("ui.styleguide_urls"),
    pytest.mark.django_db,
]
SHIFTS = """() => new Promise((done) => new PerformanceObserver((list) =>
    done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({type: "layout-shift", buffered: true})
    || setTimeout(() => done(0), 400))"""


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_against_wcag_aa(open_page, width):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(open_page(width), options={"preload": False, "runOnly": TAGS})
    said = [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found.response["violations"]]
    assert said == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out_sideways_and_nothing_is_refused(open_page, width):
    page = open_page(width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_while_the_page_settles(open_page, width):
    page = open_page(width)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFTS) < 0.01


def test_the_reasons_of_a_light_open_without_script(open_page):
    page = open_page(1366, java_script_enabled=False)
    page.locator(".measure summary").first.click()
    assert page.get_by_text("入户检查 7,321 辆次，按进度应为 8,333 辆次。").is_visible()


def test_the_keyboard_walks_the_measures_and_escape_closes_what_is_open(open_page):
    page = open_page(1366)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".measure.is-here .key").inner_text() == "A20.1"
    page.keyboard.press("k")
    assert page.locator(".measure.is-here .key").inner_text() == "A5.1"
    page.locator(".measure summary").first.click()
    page.keyboard.press("Escape")
    assert page.locator("details[open]").count() == 0


def test_a_draft_survives_leaving_the_page(open_page):
    page = open_page(390)
    page.locator("textarea").fill("入户检查 320 辆次")
    page.get_by_text("草稿已存在这台电脑的浏览器里。").wait_for()
    page.reload()
    assert page.locator("textarea").input_value() == "入户检查 320 辆次"
    assert page.get_by_text("已取回上次没有提交的草稿。").is_visible()


def test_the_first_tab_stop_leads_to_the_content(open_page):
    page = open_page(1366)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
