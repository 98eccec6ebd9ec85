"""The phone at 390 pixels: near things first, problems and checklists with a network and without."""

from __future__ import annotations

import re

import pytest
from phone_in_browser import AXE, HERE, OUTBOX, PATHS, SMALL, cases, file, kept, opened_ahead, photo, states, wait_for, write

pytestmark = pytest.mark.usefixtures("undone")


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
    card = page.locator(".errand", has_text="先查谁").first
    name = card.locator(".errand-title").inner_text()
    opened_ahead(page, page.locator(".errand-main").first.get_attribute("href"))  # the nearest are kept before anybody opens them
    card.locator(".errand-main").click()
    page.wait_for_url("**/field/things/*/")
    page.locator("[data-far]", has_text="方向").wait_for()
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
    page.context.set_offline(True)
    page.goto(thing)
    assert page.locator("[data-kept]").is_visible()
    page.context.set_offline(False)
    page.locator("[data-kept]").wait_for(state="hidden")  # what was kept gives way to what the server says now


def test_a_photo_of_sixty_megapixels_is_made_smaller_and_keeps_its_time_and_place(phone):
    from PIL import Image

    from gongjian.cases.keeping import SHELF
    from gongjian.fieldwork.models import Sending

    page = phone("/field/find/")
    huge = photo(size=(9000, 6700))
    page.set_default_timeout(30_000)
    write(page, "很大的照片。", files=[file("IMG_60MP.jpg", huge)])
    wait_for(page, "arrived")
    (piece,) = cases()[0].evidence.all()
    assert Image.open(SHELF.path_of(piece.path)).size == (2560, 1906)
    assert (round(piece.lon, 4), round(piece.lat, 4)) == (116.5, 39.8)
    told = Sending.objects.get().photos[0]
    assert (told["width"], told["height"], told["size"], told["by"]) == (9000, 6700, len(huge), "camera")
    assert told["taken_at"] == "2020-10-31T09:30:05+08:00"


def test_what_is_no_photo_is_told_at_once_and_words_are_words(phone):
    page = phone("/field/find/")
    page.locator("[name=photos]").set_input_files([file("照片.jpg", b"<html><script>alert(1)</script>"), file()])
    page.get_by_text("“照片.jpg”不是照片，或者这部手机打不开，没有加入。").wait_for()
    page.locator(".field-shots img").wait_for()
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
    page.locator(".errand", has_text="北门停车场").locator(".errand-do").click()
    page.locator("[data-place]", has_text="已定位").wait_for()
    page.context.set_offline(True)
    page.reload()
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
    done = Task.objects.get(label="北门停车场")
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
