"""Values that change before one's eyes: by events, by asking where no seat is left; curves that tell their values and can be zoomed."""

from __future__ import annotations

import time

import pytest

AXE = {"preload": False, "resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
WHO = "jiancha"
BOILER, NOX = "DEMO-DA001", "a21002"


@pytest.fixture
def boiler(live_server):
    """The page of a made-up outlet, and a way to store a packet of its instrument."""
    from gongjian.telemetry.live.packing import Content, body_of, flag_bytes, packed, shape_number
    from gongjian.telemetry.live.port import Batch, Column, Stream
    from gongjian.telemetry.models import Device
    from gongjian.telemetry.moments import micros, seconds
    from gongjian.telemetry.queries import live
    from gongjian.trail.clock import now

    device = Device.objects.get(station__code=BOILER)
    shape = (Column(NOX, "Rtd"), Column("a21026", "Rtd"))

    def store(value):
        at = now().replace(microsecond=0)
        content = Content(shape_number(shape), body_of([value, 9.5], flag_bytes("NN")))
        live().append(Batch([packed(device.pk, Stream.REAL_TIME, seconds(at), micros(at), content)], {shape_number(shape): shape}))
        return time.monotonic()

    return f"/live/{device.station_id}/", device.station_id, store


def test_a_stored_packet_is_seen_on_the_page_within_a_second_without_reloading(visit, boiler):
    address, number, store = boiler
    for path in ("/live/", address):
        page = visit(path, who=WHO)
        page.wait_for_selector("[data-live-state=on]")
        link = page.locator(f"[href='{address}']").first
        if path == "/live/":
            link.focus()
        value = f"{40 + len(path) / 100:.2f}"
        begun = store(float(value))
        page.locator(f"[data-live-station='{number}']", has_text=value).wait_for()
        assert time.monotonic() - begun < 1.0
        if path == "/live/":
            assert page.evaluate("document.activeElement.getAttribute('href')") == address, "who stands on a card goes on standing there"


def test_a_curve_that_ends_now_grows_when_something_new_has_come(visit, boiler):
    address, _, store = boiler
    page = visit(f"{address}?period=realtime&factor={NOX}", who=WHO)
    page.wait_for_selector("[data-live-state=on]")
    before = page.locator("[data-panel]").first.get_attribute("data-told")
    value = f"{60 + time.time() % 30:.2f}".rstrip("0").rstrip(".")
    assert value not in before
    store(float(value))
    page.locator(f"[data-panel][data-told*='{value}']").wait_for()
    page.locator("svg.panel").first.hover()
    assert "氮氧化物" in page.locator("[data-panel-read]").first.inner_text(), "a curve that has grown still tells its values"


def test_where_no_seat_is_left_the_page_asks_now_and_then(visit, boiler, monkeypatch):
    from gongjian.live import streaming
    from gongjian.live.views import events

    monkeypatch.setattr(events, "seats", streaming.Seats(size=0))
    _, number, store = boiler
    page = visit("/live/", who=WHO)
    page.wait_for_selector("[data-live-state=asking]")
    store(47.11)
    page.locator(f"[data-live-station='{number}']", has_text="47.11").wait_for(timeout=40_000)


def test_the_value_under_the_pointer_is_told_and_a_stretch_is_zoomed_into_by_dragging(visit, boiler):
    page = visit(boiler[0], who=WHO)
    curve = page.locator("svg.panel").first
    curve.scroll_into_view_if_needed()
    box = curve.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.5, middle)
    assert "氮氧化物" in page.locator("[data-panel-read]").first.inner_text()
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, middle)
    with page.expect_navigation():
        page.mouse.up()
    first, last = page.locator("[name=first]").input_value(), page.locator("[name=last]").input_value()
    assert first < last
    assert page.locator("select[name=span]").input_value() == ""
    assert page.locator("svg.panel").count() == 2


@pytest.fixture(scope="module")
def asked(live_server, django_db_blocker):
    """The talk of the boiler's device after questions of every fate."""
    from gongjian.telemetry.actions import keep_notes
    from gongjian.telemetry.fates import Fate, Note
    from gongjian.telemetry.live.port import Stream
    from gongjian.telemetry.models import Device
    from gongjian.telemetry.moments import micros, seconds
    from gongjian.trail.clock import now

    with django_db_blocker.unblock():
        device, at = Device.objects.get(station__code=BOILER), now()
        hour = seconds(at.replace(minute=0, second=0, microsecond=0))
        spans = [(hour - 7200 * (turn + 1), hour - 7200 * turn - 3600) for turn in range(len(Fate))]
        told = (1, 3, 7, 3, 2, micros(at), micros(at))
        keep_notes([Note(device.pk, Stream.MINUTE, *span, fate, *told) for span, fate in zip(spans, Fate, strict=True)], now=at)
        return f"/live/devices/hj212/{device.code}/"


@pytest.mark.parametrize("width", [1366, 390])
def test_what_was_asked_for_is_readable_by_everyone(visit, asked, width):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(asked, who=WHO, width=width)
    text = page.locator("main").inner_text()
    assert [words for words in ("补调缺失数据", "设备拒绝（请求被拒绝）") if words not in text] == []
    found = Axe().run(page, options=AXE)
    assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_without_script_the_page_says_its_values_and_takes_another_span(visit, boiler):
    page = visit(boiler[0], WHO, java_script_enabled=False)
    assert page.locator(".live-values b").first.inner_text() != "—"
    page.select_option("select[name=span]", "week")
    page.get_by_role("button", name="查看").click()
    assert "氮氧化物小时值" in page.locator("figcaption").first.inner_text()


def test_where_a_lorry_went_is_drawn_on_the_map(visit):
    page = visit("/live/vehicles/LSIMDEMA000000002/?span=week", who=WHO)
    page.wait_for_selector(".track-line", state="attached", timeout=40_000)
    assert page.locator(".track-end").all_inner_texts() == ["起", "终"]
    assert page.locator(".track-map").bounding_box()["height"] > 300
    assert "个定位" in page.locator("[data-track-part=said]").inner_text()
