"""What lies under the map and what a place in a form is chosen on, in a real browser."""

import json
import math
import re
import shutil
from urllib.parse import urlsplit

import pytest

from gongjian.kernel.geometry import to_geojson
from gongjian.kernel.shape_text import shape_from_text
from gongjian.ui.tiles import read_tiles

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this machine: the map is not looked at in a browser"),
    pytest.mark.urls("ui.styleguide_urls"),
    pytest.mark.django_db,
]
XYZ = r"https://tiles\.example\.cn/(?P<z>\d+)/(?P<x>\d+)/(?P<y>\d+)\.png"
WMTS = r"https://t\d\.tianditu\.gov\.cn/vec_w/.*TILEMATRIX=(?P<z>\d+)&TILEROW=(?P<y>\d+)&TILECOL=(?P<x>\d+)&tk=.*"
PLAIN, SHIFTED = (116.377817, 39.911954), (116.38404722455657, 39.91334545536069)


def tile(at, zoom):
    """The column and row of the Web Mercator picture a position lies in."""
    lon, lat = at
    return int((lon + 180) / 360 * 2**zoom), int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)


@pytest.mark.parametrize(
    ("setting", "url", "there"),
    [
        ("https://tiles.example.cn/{z}/{x}/{y}.png", XYZ, PLAIN),
        ("tianditu:0123456789abcdef", WMTS, PLAIN),
        ("gcj02:https://tiles.example.cn/{z}/{x}/{y}.png", XYZ, SHIFTED),
    ],
)
def test_pictures_come_from_the_source_the_settings_name_and_lie_under_their_places(atlas, settings, setting, url, there):
    settings.GONGJIAN_TILES = source = read_tiles(setting)
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**policy, "img-src": [*policy["img-src"], *source.origins]}}
    asked = []

    def answer(route):
        asked.append((route.request.url, route.request.headers.get("referer", "")))
        route.fulfill(body=PIXEL, content_type="image/png")

    page = atlas(asked=f"at={PLAIN[1]},{PLAIN[0]},18", before=lambda page: page.route(lambda address: "localhost" not in address, answer))
    page.locator("[data-atlas] img.leaflet-tile-loaded").first.wait_for()
    tiles = [(match, referer) for address, referer in asked if (match := re.fullmatch(url, address)) and match["z"] == "18"]
    around = [(int(match["x"]), int(match["y"])) for match, _ in tiles]
    middle = [(min(axis) + max(axis)) / 2 for axis in zip(*around, strict=True)]
    assert middle == pytest.approx(tile(there, 18), abs=1.5)  # the shift is four tiles wide here
    assert {urlsplit(referer).path for _, referer in tiles} == {"/"}  # a source learns the site, not the page
    assert page.complaints == []
    assert source.attribution in page.locator("[data-atlas] .leaflet-control-attribution").inner_text()


def test_shifted_pictures_shift_the_points_with_them_and_store_nothing_shifted(atlas, settings):
    """Known pairs as published with the free conversion programs; clicks come back unshifted."""
    pairs = [
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ]
    page = atlas()
    code = """async (pairs) => {
        const { toShifted, fromShifted } = await import("/static/ui/map/gcj02.js");
        return pairs.map(([plain]) => [toShifted(...plain), fromShifted(...toShifted(...plain))]);
    }"""
    for (plain, shifted), (there, back) in zip(pairs, page.evaluate(code, [list(map(list, pair)) for pair in pairs]), strict=True):
        assert there == pytest.approx(shifted, abs=1e-8)
        assert back == pytest.approx(plain, abs=1e-8)


def test_a_click_a_drag_of_words_and_the_phone_itself_choose_a_place(atlas):
    page = atlas(390, permissions=["geolocation"], geolocation={"longitude": 116.53, "latitude": 39.78, "accuracy": 12}, has_touch=True)
    picker = page.locator("[data-atlas-picker]").first
    lon, lat, ground = (
        picker.get_by_role("spinbutton", name="经度"),
        picker.get_by_role("spinbutton", name="纬度"),
        picker.locator(".atlas-map"),
    )
    ground.scroll_into_view_if_needed()
    box = ground.bounding_box()
    ground.click(position={"x": 60, "y": box["height"] - 60})
    assert float(lon.input_value()) < 116.512
    assert float(lat.input_value()) < 39.792
    assert re.fullmatch(r"116\.\d{6}", lon.input_value())
    pin = picker.locator(".atlas-drop")
    before = pin.bounding_box()
    lon.fill(str(float(lon.input_value()) + 0.002))
    lon.press("Tab")
    assert pin.bounding_box()["x"] > before["x"] + 10
    lat.fill("31.2")
    lat.press("Tab")
    assert "区界之外" in picker.get_by_role("status").inner_text()
    picker.get_by_role("button", name="用我的位置").click()
    picker.get_by_text("定位误差约 12 米").wait_for()
    assert (lon.input_value(), lat.input_value()) == ("116.530000", "39.780000")
    assert page.complaints == []


SAME_AREA = "116.50, 39.77\n116.52, 39.77\n116.52, 39.79\n116.50, 39.79"


@pytest.fixture
def drawing(atlas):
    """The picker that draws, in view: the page, its map, its text box, what it says."""

    def open_at(width=1366, **options):
        page = atlas(width, **options)
        picker = page.locator("[data-atlas-picker][data-shape]")
        picker.locator("[data-atlas-part=acts]").wait_for()
        ground = picker.locator(".atlas-map")
        ground.scroll_into_view_if_needed()
        return page, picker, ground, picker.get_by_role("textbox", name="范围")

    return open_at


def said(picker):
    return picker.get_by_role("status").inner_text()


def corners(box):
    """The corners of the area in the box, without the return to the first."""
    (ring,) = json.loads(box.input_value())["coordinates"]
    assert ring[0] == ring[-1]
    return ring[:-1]


def click(ground, *spots):
    for x, y in spots:
        ground.click(position={"x": x, "y": y}, delay=20)
        ground.page.wait_for_timeout(60)


def test_an_area_is_drawn_by_clicks_and_closed_by_a_double_click(drawing):
    page, picker, ground, box = drawing()
    click(ground, (200, 60), (320, 60), (320, 180))
    assert box.input_value() == ""
    assert said(picker).startswith("已点 3 个角")
    ground.dblclick(position={"x": 200, "y": 180})
    assert said(picker).startswith("已围成，4 个角")
    (a, b, c, d) = corners(box)
    assert a[0] == pytest.approx(d[0], abs=1e-3)  # the map's own pixels
    assert b[0] == pytest.approx(c[0], abs=1e-3)
    assert a[1] == pytest.approx(b[1], abs=1e-3)
    assert a[1] > c[1]
    assert shape_from_text(box.input_value())
    click(ground, (260, 240))  # closed is closed
    assert len(corners(box)) == 4
    assert page.complaints == []


def test_a_drawn_area_is_changed_by_dragging_and_every_change_taken_back(drawing):
    page, picker, ground, box = drawing()
    click(ground, (200, 60), (320, 60), (320, 180))
    ground.press("Enter")
    three = corners(box)
    assert len(three) == 3
    assert page.url.endswith("/styleguide/atlas/?")  # the form was not handed in
    handle = picker.locator(".atlas-corner").nth(1)
    drag(page, handle, 40, -20)
    moved = corners(box)
    assert moved[0] == three[0]
    assert moved[1][0] > three[1][0]
    assert moved[1][1] > three[1][1]
    drag(page, picker.locator(".atlas-middle").nth(2), -60, 0)
    assert len(corners(box)) == 4
    picker.locator(".atlas-corner").nth(3).click(button="right")
    assert corners(box) == moved
    for _ in range(2):
        picker.get_by_role("button", name="退一步").click()
    assert corners(box) == moved
    picker.get_by_role("button", name="退一步").click()
    assert corners(box) == three
    picker.get_by_role("button", name="重画").click()
    assert box.input_value() == ""
    picker.get_by_role("button", name="退一步").click()
    assert corners(box) == three


def drag(page, handle, right, down):
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right / 2, y + down / 2)
    page.mouse.move(x + right, y + down)
    page.mouse.up()


@pytest.mark.parametrize("sort", ["lines", "geojson"])
def test_a_pasted_area_is_shown_and_can_be_drawn_on(drawing, sort):
    _, picker, _, box = drawing()
    area = to_geojson(shape_from_text(SAME_AREA))
    box.fill(SAME_AREA if sort == "lines" else json.dumps(area))
    box.press("Tab")
    assert said(picker).startswith("已围成，4 个角")
    assert picker.locator(".atlas-drawn").count() == 1
    picker.locator(".atlas-corner").first.click(button="right")
    assert len(corners(box)) == 3


def test_what_cannot_be_drawn_on_is_shown_or_left_to_the_server_and_kept(drawing):
    _, picker, ground, box = drawing()
    holed = json.dumps({"type": "MultiPolygon", "coordinates": [to_geojson(shape_from_text(SAME_AREA))["coordinates"]] * 2})
    box.fill(holed)
    box.press("Tab")
    assert "图上只能看" in said(picker)
    click(ground, (200, 60))
    assert box.input_value() == holed
    wkt = "POLYGON ((116.5 39.77, 116.52 39.77, 116.52 39.79, 116.5 39.77))"
    box.fill(wkt)
    box.press("Tab")
    assert "由系统读取核对" in said(picker)
    assert box.input_value() == wkt
    picker.get_by_role("button", name="退一步").click()
    assert box.input_value() == holed


@pytest.mark.parametrize("width", [1366, 390])
def test_axe_finds_nothing_in_a_half_drawn_area(drawing, width):
    from axe_playwright_python.sync_playwright import Axe

    page, _, ground, _ = drawing(width)
    click(ground, (120, 60), (220, 60), (220, 160))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
    found = Axe().run(page, options={"preload": False, "runOnly": tags})
    assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_without_script_the_text_of_an_area_can_be_typed(open_page):
    page = open_page(1366, "/styleguide/atlas/", java_script_enabled=False)
    picker = page.locator("[data-atlas-picker][data-shape]")
    assert picker.get_by_role("textbox", name="范围").is_visible()
    assert not picker.locator("[data-atlas-part=acts]").is_visible()
