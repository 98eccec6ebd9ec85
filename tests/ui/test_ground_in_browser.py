"""What lies under the map and what a place in a form is chosen on, in a real browser."""

import math
import re
import shutil
from urllib.parse import urlsplit

import pytest

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
    picker = page.locator("[data-atlas-picker]")
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
