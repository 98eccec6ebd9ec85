"""The phone at 390 pixels: near things first, drafts without a network, each sent exactly once whatever the network does."""

from __future__ import annotations

import io
import re
import threading

import pytest

pytestmark = pytest.mark.usefixtures("undone")
WHO = "zhifa"
HERE = {"longitude": 116.5052, "latitude": 39.7951, "accuracy": 21}
AXE = {"preload": False, "resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
READY = """async () => {
    const drawer = (await caches.keys()).find((name) => name.startsWith("gongjian-pages:"));
    return Boolean(navigator.serviceWorker.controller && drawer && (await (await caches.open(drawer)).keys()).length >= 3);
}"""


def photo(seed=1, size=(640, 480)):
    """A photo of coloured fields, 39.8° north and 116.5° east, as a camera writes it."""
    from PIL import ExifTags, Image

    small = Image.frombytes("RGB", (9, 8), bytes((seed * 37 + step * 89) % 251 for step in range(9 * 8 * 3)))
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2020:10:31 09:30:05"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[1], gps[2], gps[3], gps[4] = "N", (39.0, 48.0, 0.0), "E", (116.0, 30.0, 0.0)
    out = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).save(out, "JPEG", exif=exif)
    return out.getvalue()


def file(name="IMG_1.jpg", data=None, **said):
    return {"name": name, "mimeType": "image/jpeg", "buffer": photo(**said) if data is None else data}


@pytest.fixture
def phone(undone, browse):
    """A page in a phone's browser of its own, on today's list with the worker at work."""
    pages = []

    def _phone(path="/field/", who=WHO, *, ready=True, **options):
        page = browse("/account/logout/", who, width=390, geolocation=HERE, permissions=["geolocation"], has_touch=True, **options)
        pages.append(page)
        page.goto(path)
        if ready:
            kept(page)
        return page

    yield _phone
    for page in pages:
        page.context.close()


def kept(page):
    """Wait until the phone has what it needs without a network."""
    for _ in range(100):
        if page.evaluate(READY):
            return
        page.wait_for_timeout(100)
    pytest.fail("the phone kept nothing")



def cases():
    from gongjian.cases.models import Case

    return list(Case.objects.order_by("pk"))


def write(page, words, *, files=None, sort="other:general"):
    """A draft on the form that is open, as a person fills it; the queue afterwards."""
    page.locator("[data-place]", has_text="已定位").wait_for()
    page.locator("[name=photos]").set_input_files(files if files is not None else [file()])
    page.locator(".field-shots img").first.wait_for()
    page.get_by_label("类型与程度").select_option(sort)
    page.get_by_label("看到了什么").fill(words)
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/field/outbox/")


def states(page):
    """The queue: the state of each draft, the newest first."""
    page.locator("[data-queue] .errand").first.wait_for()
    return page.locator("[data-queue] .errand").evaluate_all("cards => cards.map((card) => card.dataset.state)")


def wait_for(page, *wanted):
    for _ in range(100):
        if states(page) == list(wanted):
            return
        page.wait_for_timeout(100)
    assert states(page) == list(wanted), page.locator("[data-queue]").inner_text()


def test_today_is_ordered_by_nearness_in_the_phone_as_on_the_server(phone):
    page = phone(ready=False)
    page.get_by_text("按离您的远近排列").wait_for()
    titles = ".errand-title"
    by_phone = page.locator(titles).all_inner_texts()
    assert len(by_phone) > 20
    assert re.match(r"[东西南北]{1,2} \d+ 米|[东西南北]{1,2} \d\.\d 公里", page.locator(".errand-far").first.inner_text())
    page.goto(f"/field/?at={HERE['longitude']},{HERE['latitude']}")
    server = phone(f"/field/?at={HERE['longitude']},{HERE['latitude']}", ready=False, java_script_enabled=False)
    assert server.locator(titles).all_inner_texts() == by_phone


def test_two_drafts_without_a_network_are_sent_once_each_when_it_is_back(phone):
    """The whole day: the list, a thing, no network, two drafts with photos, a reload, the network again."""
    page = phone()
    page.get_by_text("按离您的远近排列").wait_for()
    name = page.locator(".errand-title").first.inner_text()
    page.locator(".errand-main").first.click()
    page.wait_for_url("**/field/things/*/")
    thing = page.url
    page.context.set_offline(True)
    page.reload()
    assert page.get_by_text("离线 · 数据为 2020-10-31").is_visible()
    assert page.get_by_role("heading", level=1).inner_text() == name
    page.get_by_role("link", name="发现问题").first.click()
    assert page.locator("[data-thing]").inner_text() == name
    options = page.locator("[name=sort] optgroup:not([disabled])").evaluate_all("groups => groups.map((one) => one.label)")
    assert "限行违法" in options
    assert "机械冒黑烟与禁用区违规" not in options
    write(page, "行驶在限行区内。", sort="restricted-zone:general", files=[file(), file("IMG_2.jpg", seed=2)])
    assert states(page) == ["waiting"]
    page.get_by_role("link", name="发现问题").first.click()
    write(page, "路边裸土未苫盖。", files=[file("IMG_3.jpg", seed=3)])
    assert states(page) == ["waiting", "waiting"]
    assert page.locator("[data-count]").inner_text() == "2"
    assert page.get_by_text("没有网络：联网后自动发送。").is_visible()
    page.reload()
    assert states(page) == ["waiting", "waiting"]
    assert cases() == []
    page.goto(thing)  # what was opened before is still there
    page.goto("/field/outbox/")
    page.context.set_offline(False)
    wait_for(page, "arrived", "arrived")
    first, second = cases()
    assert (first.title, second.title) == ("行驶在限行区内", "路边裸土未苫盖")
    assert (first.label, first.evidence.count(), second.evidence.count()) == (name, 2, 1)
    assert (round(second.lon, 4), round(second.lat, 4)) == (HERE["longitude"], HERE["latitude"])
    assert second.found_at <= second.entered_at
    assert [(round(piece.lon, 4), piece.taken_at is not None) for piece in second.evidence.all()] == [(116.5, True)]
    page.reload()
    page.wait_for_timeout(500)
    assert len(cases()) == 2
    assert page.locator("[data-count]").is_hidden()
