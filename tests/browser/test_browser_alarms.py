"""From a simulated exceedance to the case, in a browser: device, alarm on the screen, explanation, review, case."""

from __future__ import annotations

from datetime import timedelta
from time import perf_counter

import pytest

AXE = {"preload": False, "resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
OFFICER, INSPECTOR = "chengyun", "jiancha"


@pytest.fixture(scope="module")
def exceeding(live_server, django_db_blocker):
    """An instrument at the second boiler of the demonstration says 99 mg/m³, and the sweep that runs beside the server hears it."""
    from gongjian.alarms.actions.sweeping import sweep
    from gongjian.alarms.models import Alarm, Outlet
    from gongjian.alarms.stored import StoredSource
    from gongjian.telemetry.queries import store
    from gongjian.telemetry.store import Claim, Period, SeriesKey
    from gongjian.trail.clock import now

    with django_db_blocker.unblock():
        at = now()
        label = at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
        began = perf_counter()
        key = SeriesKey("DEMO-DA002", "a21002", Period.HOUR)
        store().write_many({key: [Claim(label, 99.0, at)]}, source="演示数据（模拟）")
        sweep(now=at, among=[StoredSource()])
        outlet = Outlet.objects.get(station__code="DEMO-DA002")
        return Alarm.objects.get(outlet=outlet, peak=99.0).pk, perf_counter() - began


def test_an_exceedance_goes_from_the_device_to_the_case(visit, exceeding):
    """The department sees it, explains it with a file, a second person does not believe it, and there is a case."""
    key, took = exceeding
    assert took < 5
    page = visit("/alarms/", OFFICER)
    page.get_by_role("link", name="氮氧化物小时均值超标").first.click()
    page.goto(f"/alarms/{key}/")
    assert "99 mg/m³" in page.locator("main").inner_text()
    assert page.locator("svg.curve .curve-over").count() >= 1
    page.get_by_role("link", name="提交说明").click()
    page.get_by_label("原因类别").select_option("fault")
    page.get_by_label("企业说明人").fill("刘工")
    page.get_by_label("情况说明").fill("喷枪堵塞，已更换。")
    page.locator("input[type=file]").set_input_files({"name": "记录.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 x"})
    page.get_by_role("button", name="提交说明").click()
    page.get_by_text("已办理：提交说明。").wait_for()
    page = visit(f"/alarms/{key}/", INSPECTOR)
    assert "喷枪堵塞" in page.locator("main").inner_text()
    page.get_by_role("link", name="不采纳并立案").click()
    page.get_by_label("情况说明").fill("更换记录的时间对不上。")
    page.get_by_role("button", name="不采纳并立案").click()
    page.get_by_text("已立案：").wait_for()
    page.locator(".remark a").first.click()
    page.get_by_role("heading", level=1).wait_for()
    assert "更换记录的时间对不上" in page.locator("main").inner_text()
    page.get_by_role("link", name="报警 B2020-").click()
    page.wait_for_url(f"**/alarms/{key}/")


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("path", ["/alarms/?state=all", "/alarms/quality/", "/alarms/outlets/", "alarm"])
def test_pages_of_alarms_fit_their_window_and_are_readable_by_everyone(visit, exceeding, path, width):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(f"/alarms/{exceeding[0]}/" if path == "alarm" else path, INSPECTOR, width=width)
    found = Axe().run(page, options=AXE)
    assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
