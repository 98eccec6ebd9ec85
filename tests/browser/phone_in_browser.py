"""A phone in a browser: what a person does with it, and what the tests look at."""

from __future__ import annotations

import io
import re

import pytest
from django.db.models import Max

WHO = "zhifa"
BEFORE = {"case": 0}
HERE = {"longitude": 116.5052, "latitude": 39.7951, "accuracy": 21}
AXE = {"preload": False, "resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
OUTBOX, FRONT = re.compile(r"//[^/]+/field/outbox/$"), re.compile(r"//[^/]+/$")
READY = """async () => {
    const drawer = (await caches.keys()).find((name) => name.startsWith("gongjian-pages:"));
    return Boolean(navigator.serviceWorker.controller && drawer && (await (await caches.open(drawer)).keys()).length >= 3);
}"""

PATHS = ["/field/", "/field/things/?at=116.505,39.795", "{thing}", "/field/find/", "/field/outbox/", "/field/me/", "/field/offline/"]
TOUCHED = "main .btn, .errand-main, main input:not([type=hidden], .visually-hidden), main select, main textarea, nav.bottom a"
SMALL = f"""() => [...document.querySelectorAll("{TOUCHED}")]
    .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 44 && !["radio", "checkbox"].includes(node.type))
    .map((node) => node.outerHTML.slice(0, 120))"""


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


def kept(page):
    """Wait until the phone has what it needs without a network."""
    for _ in range(100):
        if page.evaluate(READY):
            return
        page.wait_for_timeout(100)
    pytest.fail("the phone kept nothing")


def opened_ahead(page, address):
    """Wait until the phone has kept a page nobody opened."""
    for _ in range(150):
        if page.evaluate("async (address) => Boolean(await caches.match(address))", address):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{address} was not kept ahead")


def begin():
    """From here on a case counts as the test's own: the demonstration has some."""
    from gongjian.cases.models import Case

    BEFORE["case"] = Case.objects.aggregate(last=Max("pk"))["last"] or 0


def cases():
    """The cases a test made, in order."""
    from gongjian.cases.models import Case

    return list(Case.objects.filter(pk__gt=BEFORE["case"]).order_by("pk"))


def write(page, words, *, files=None, sort="other:general"):
    """A draft on the form that is open, as a person fills it; the queue afterwards."""
    page.locator("[data-place]", has_text="已定位").wait_for()
    page.locator("[name=photos]").set_input_files(files if files is not None else [file()])
    page.locator(".field-shots img").first.wait_for()
    page.get_by_label("类型与程度").select_option(sort)
    page.get_by_label("看到了什么").fill(words)
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(OUTBOX)


def states(page):
    """The queue: the state of each draft, the newest first."""
    page.locator("[data-queue] .errand").first.wait_for()
    return page.locator("[data-queue] .errand").evaluate_all("cards => cards.map((card) => card.dataset.state)")


def wait_for(page, *wanted):
    """Wait until the drafts stand so, the newest first; what a busy server did not take is sent once more by hand."""
    for step in range(200):
        if states(page) == list(wanted):
            return
        page.wait_for_timeout(100)
        if step % 40 == 39 and "arrived" in wanted and "waiting" in states(page):
            page.get_by_role("button", name="现在发送").click()
    assert states(page) == list(wanted), page.locator("[data-queue]").inner_text()
