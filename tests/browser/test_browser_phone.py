"""The phone at 390 pixels: near things first, drafts without a network, each sent exactly once whatever the network does."""

from __future__ import annotations

import io
import re

import pytest

pytestmark = pytest.mark.usefixtures("undone")
WHO = "zhifa"
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
    page.wait_for_url(OUTBOX)


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


def test_a_draft_whose_answer_was_lost_is_not_registered_twice(phone):
    """The server had it and answered; the answer never came. The phone sends again and is told what it became the first time."""
    page = phone("/field/find/")
    lost = []

    def lose_the_answer(route):
        answer = route.fetch()
        lost.append(answer.status)
        route.abort("connectionreset") if len(lost) == 1 else route.fulfill(response=answer)

    page.context.route("**/field/drafts/", lose_the_answer)
    write(page, "井盖缺失。")
    wait_for(page, "waiting")
    page.get_by_text("没有连上，稍后自动再发。").wait_for()
    assert (lost, len(cases())) == ([200], 1)
    page.get_by_role("button", name="现在发送").click()
    wait_for(page, "arrived")
    assert (lost, len(cases())) == ([200, 200], 1)
    assert page.locator(".errand-sort").inner_text() == f"已送达 · 问题 {cases()[0].number}"


def test_two_tabs_do_not_send_a_draft_twice_and_both_show_what_became_of_it(phone):
    page = phone("/field/find/")
    page.context.set_offline(True)
    write(page, "第一份。")
    page.get_by_role("link", name="发现问题").first.click()
    write(page, "第二份。")
    other = page.context.new_page()
    other.goto("/field/outbox/")
    posts = []
    page.context.on("request", lambda asked: asked.method == "POST" and posts.append(asked.url))
    page.context.set_offline(False)
    wait_for(page, "arrived", "arrived")
    wait_for(other, "arrived", "arrived")
    assert len(cases()) == len(posts) == 2


def test_a_refused_draft_says_why_does_not_hold_up_the_others_and_can_be_mended(phone):
    from gongjian.cases.general import GENERAL

    page = phone("/field/find/")
    page.context.set_offline(True)
    write(page, "先写的一份。")
    page.evaluate(
        """async () => {
            const db = await new Promise((done) => (indexedDB.open("gongjian-field").onsuccess = (event) => done(event.target.result)));
            const store = db.transaction("drafts", "readwrite").objectStore("drafts");
            const spoil = (draft) => store.put({ ...draft, said: { ...draft.said, sort: "gone:general" } });
            store.getAll().onsuccess = ({ target }) => spoil(target.result[0]);
            db.close();
        }"""
    )
    page.get_by_role("link", name="发现问题").first.click()
    write(page, "后写的一份。")
    page.context.set_offline(False)
    wait_for(page, "arrived", "refused")
    assert "类型与程度" in page.locator(".errand-wrong").inner_text()
    assert [case.title for case in cases()] == ["后写的一份"]
    page.get_by_role("link", name=re.compile("^修改")).click()
    page.wait_for_url("**/find/?draft=*")
    assert page.get_by_label("看到了什么").input_value() == "先写的一份。"
    assert page.locator(".field-shots img").count() == 1
    page.get_by_label("类型与程度").select_option(f"{GENERAL.slug}:serious")
    page.get_by_role("button", name="保存并发送").click()
    page.wait_for_url(OUTBOX)
    wait_for(page, "arrived", "arrived")
    assert [(case.title, case.level) for case in cases()] == [("后写的一份", "general"), ("先写的一份", "serious")]


def test_an_expired_session_keeps_the_drafts_and_asks_to_sign_in(phone):
    page = phone("/field/find/")
    page.context.set_offline(True)
    write(page, "登录过期前写的。")
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.get_by_text("登录已过期：草稿都还在").wait_for()
    assert states(page) == ["waiting"]
    page.get_by_role("link", name="登录", exact=True).last.click()
    page.wait_for_url("**/account/login/**")
    page.get_by_label("用户名").fill(WHO)
    page.get_by_label("密码").fill("Gongjian-2020")
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(OUTBOX)
    wait_for(page, "arrived")
    assert len(cases()) == 1


def test_signing_out_forgets_what_was_kept_and_another_person_neither_sees_nor_sends_the_drafts(phone, sign_in):
    page = phone("/field/find/")
    page.context.set_offline(True)
    write(page, "综合执法局写的。")
    page.context.set_offline(False)
    page.context.route("**/field/drafts/", lambda route: route.abort())  # a network that lets nothing out
    page.goto("/account/logout/")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url(FRONT)
    assert [name for name in page.evaluate("caches.keys()") if "pages" in name] == []
    page.context.set_offline(True)
    page.goto("/field/")
    assert page.get_by_role("heading", name="没有网络").is_visible()
    page.context.set_offline(False)
    page.context.unroute("**/field/drafts/")
    sign_in(page, "chengyun")
    page.goto("/field/outbox/")
    page.get_by_text("没有待发送的草稿").wait_for()
    page.wait_for_timeout(800)
    assert cases() == []
    page.goto("/account/logout/")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url(FRONT)
    sign_in(page, WHO)
    page.goto("/field/outbox/")
    wait_for(page, "arrived")
    assert [case.entered_by.username for case in cases()] == [WHO]


def test_a_photo_of_sixty_megapixels_is_made_smaller_and_keeps_its_time_and_place(phone):
    from PIL import Image

    from gongjian.cases.evidence.keeping import path_of
    from gongjian.fieldwork.models import Sending

    page = phone("/field/find/")
    huge = photo(size=(9000, 6700))
    page.set_default_timeout(30_000)
    write(page, "很大的照片。", files=[file("IMG_60MP.jpg", huge)])
    wait_for(page, "arrived")
    (piece,) = cases()[0].evidence.all()
    assert Image.open(path_of(piece.path)).size == (2560, 1906)
    assert (round(piece.lon, 4), round(piece.lat, 4)) == (116.5, 39.8)
    told = Sending.objects.get().photos[0]
    assert (told["width"], told["height"], told["size"], told["by"]) == (9000, 6700, len(huge), "camera")
    assert told["taken_at"] == "2020-10-31T09:30:05+08:00"


def test_what_is_no_photo_is_told_at_once_and_words_are_words(phone):
    page = phone("/field/find/")
    page.locator("[name=photos]").set_input_files([file("照片.jpg", b"<html><script>alert(1)</script>"), file()])
    page.get_by_text("“照片.jpg”不是照片，或者这部手机打不开，没有加入。").wait_for()
    assert page.locator(".field-shots img").count() == 1
    write(page, "<img src=x onerror=alert(1)><b>粗</b>")
    wait_for(page, "arrived")
    assert page.locator(".errand-title").inner_text() == "<img src=x onerror=alert(1)><b>粗</b>"
    assert cases()[0].title == "<img src=x onerror=alert(1)><b>粗</b>"


def test_a_second_tap_makes_no_second_draft_and_what_is_missing_is_said_at_the_button(phone):
    page = phone("/field/find/")
    page.locator("[data-place]", has_text="已定位").wait_for()
    button = page.get_by_role("button", name="提交")
    button.click()
    assert page.locator("[data-wrong]").inner_text() == "请选择类型与程度。"
    page.get_by_label("类型与程度").select_option("other:general")
    button.click()
    assert page.locator("[data-wrong]").inner_text() == "请写看到了什么。"
    page.get_by_label("看到了什么").fill("按了两下。")
    button.dblclick()
    page.wait_for_url(OUTBOX)
    wait_for(page, "arrived")
    assert len(cases()) == 1


def test_what_was_begun_survives_a_page_the_camera_cost_its_memory(phone):
    page = phone("/field/find/")
    page.get_by_label("看到了什么").fill("写到一半。")
    page.locator("[name=photos]").set_input_files([file()])
    page.locator(".field-shots img").wait_for()
    page.wait_for_timeout(300)
    page.reload()
    page.get_by_role("button", name="接着写没写完的那一份").click()
    assert page.get_by_label("看到了什么").input_value() == "写到一半。"
    assert page.locator(".field-shots img").count() == 1


def test_without_a_script_the_form_is_sent_as_it_is(phone):
    page = phone("/field/find/", ready=False, java_script_enabled=False)
    page.get_by_label("类型与程度").select_option("other:general")
    page.get_by_label("看到了什么").fill("没有脚本。")
    page.locator("[name=photos]").set_input_files([file()])
    page.get_by_role("button", name="提交").click()
    assert "照片须重新选择" in page.get_by_role("alert").inner_text()  # no place yet
    page.get_by_text("地点说明、街道").click()
    page.locator("[name=address]").fill("东门")
    page.locator("[name=photos]").set_input_files([file()])
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/field/")
    assert page.get_by_text(f"已送达：问题 {cases()[0].number}。").is_visible()


def test_a_checklist_is_answered_without_a_network_and_reported_when_it_is_back(phone, demonstration):
    """The task's page was kept before anybody opened it."""
    from datetime import date

    from gongjian.inspections.actions.keeping import Asked, enter_duty
    from gongjian.inspections.actions.opening import open_turns
    from gongjian.inspections.models import Filling, Task
    from gongjian.people.models import Department
    from gongjian.trail.clock import now

    told = {"code": "visits", "title": "场所检查", "department": Department.objects.get(name="综合执法局"), "every": "month"}
    enter_duty(Asked(**told, checklist="general", since=date(2020, 10, 1), places=("北门停车场",)), by=None, at=now())
    open_turns(at=now())
    page = phone()
    card = page.locator(".errand", has_text="北门停车场")
    for _ in range(100):
        if page.evaluate("async (url) => Boolean(await caches.match(url))", card.locator(".errand-do").get_attribute("href")):
            break
        page.wait_for_timeout(100)
    page.context.set_offline(True)
    card.locator(".errand-do").click()
    page.wait_for_url("**/field/tasks/*/")
    page.locator("[data-place]", has_text="已定位").wait_for()
    page.get_by_role("button", name="完成上报").click()
    assert page.locator("[data-wrong]").inner_text().startswith("还没有填“对象正常经营或施工”")
    for name in ("open", "facilities", "records"):
        page.locator(f"[name=item-{name}][value=yes]").check()
    page.locator("[name=item-photo]").set_input_files([file(seed=4)])
    page.locator(".field-shots img").wait_for()
    page.get_by_label("检查情况").fill("正常。")
    page.get_by_role("button", name="完成上报").click()
    page.wait_for_url(OUTBOX)
    assert states(page) == ["waiting"]
    page.get_by_role("link", name=re.compile("^修改")).click()
    page.wait_for_url("**/field/tasks/*/?draft=*")
    assert page.locator("[name=item-open][value=yes]").is_checked()
    page.get_by_label("检查情况").fill("正常，改过一次。")
    page.get_by_role("button", name="完成上报").click()
    page.wait_for_url(OUTBOX)
    page.context.set_offline(False)
    wait_for(page, "arrived")
    done = Task.objects.get()
    assert (done.state, Filling.objects.get(task=done).answers["account"]) == ("done", "正常，改过一次。")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_the_phone_is_readable_by_everyone_and_big_enough_for_a_thumb(phone, path):
    from axe_playwright_python.sync_playwright import Axe

    from gongjian.mobile.models import Vehicle

    page = phone(path.format(thing=f"/field/things/{Vehicle.objects.first().pk}/"), ready=False)
    if path == "/field/outbox/":
        kept(page)
        page.goto("/field/find/")
        page.context.set_offline(True)
        write(page, "排队的一份。")
    page.wait_for_timeout(500)
    found = Axe().run(page, options=AXE)
    assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(SMALL) == []
