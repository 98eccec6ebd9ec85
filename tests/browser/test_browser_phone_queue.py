"""Drafts in a phone's queue: sent exactly once whatever the network, the session or another person does."""

from __future__ import annotations

import re

import pytest
from phone_in_browser import FRONT, OUTBOX, WHO, cases, states, wait_for, write

pytestmark = pytest.mark.usefixtures("undone")


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
    taken = []
    page.context.on("response", lambda answer: answer.request.method == "POST" and answer.status == 200 and taken.append(answer.url))
    page.context.set_offline(False)
    wait_for(page, "arrived", "arrived")
    wait_for(other, "arrived", "arrived")
    assert len(cases()) == len(taken) == 2


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
    page.get_by_role("button", name="提交").click()
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
