"""What no page may do: write when it is read, believe a foreign form, run what people typed, or break on nonsense."""

import re
from urllib.parse import quote

import pytest
import stage
from django.apps import apps
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from stage import at, load, plan

from gongjian.people import actions as people
from gongjian.people.models import Department
from gongjian.plans.actions.adjusting import Ground, adjust_deadline
from gongjian.plans.models import Report

pytestmark = pytest.mark.django_db
EVIL = "<script>alert('坏')</script>\"><img src=x onerror=alert(1)>&amp;{{ 7|add:7 }}"
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def addresses(town):
    a12 = town.measure("A1.2").pk
    return [
        "/",
        f"/map/{stage.SLUG}/",
        f"/measure/{a12}/",
        f"/measure/{a12}/report/2020-09/",
        f"/measure/{a12}/milestone/{town.commitment('A1.2', what='工地全部接入').pk}/",
        f"/measure/{a12}/adjust/deadline/",
        f"/measure/{a12}/adjust/lead/",
        f"/measure/{a12}/adjust/support/",
        f"/measure/{town.measure('W1.1').pk}/adjust/target-{town.commitment('W1.1', kind='target').pk}/",
        "/work/",
        "/documents/",
        "/trail/",
        "/trail/?verify",
        "/inbox/",
        "/me/notices/",
    ]


def everything():
    """Every row of our own rooms."""
    rooms = ("trail", "people", "notices", "plans")
    models = [model for model in apps.get_models() if model._meta.app_label in rooms]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("person", ["tongchou", "chengjian", None])
def test_reading_pages_writes_nothing(busy, sign_in, person):
    client = sign_in(person)
    before = everything()
    for address in addresses(busy):
        client.get(address)
    assert everything() == before


def posts(town):
    a12, w11 = town.measure("A1.2").pk, town.measure("W1.1").pk
    return [
        (f"/measure/{a12}/report/2020-09/", {"standing": "on_course", "progress": "x", "version": town.report("A1.2", 9).version}),
        (f"/measure/{w11}/report/2020-09/accept/", {}),
        (f"/measure/{w11}/report/2020-09/return/", {"reason": "x"}),
        (f"/measure/{a12}/adjust/deadline/", {"printed": "8月底前", "document": "x", "reason": "x"}),
        (
            f"/measure/{a12}/milestone/{town.commitment('A1.2', what='工地全部接入').pk}/",
            {"done_on": "2020-06-01", "document": "x", "evidence": "x"},
        ),
        ("/documents/", {}),
        ("/inbox/read/", {"through": "9"}),
        ("/me/notices/", {"email-rhythm": "never", "email-at": "08:30"}),
    ]


def test_a_form_from_elsewhere_is_refused_and_writes_nothing(busy, db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(busy.user("tongchou"), backend="allauth.account.auth_backends.AuthenticationBackend")
    before = everything()
    for address, typed in posts(busy):
        answer = client.post(address, typed)
        assert answer.status_code == 403
        assert "这张表单已过期或不是从本系统打开的" in answer.content.decode()
    assert everything() == before


@pytest.mark.parametrize("step", ["accept", "return", "recall"])
def test_a_step_is_not_taken_by_opening_its_address(busy, sign_in, step):
    assert sign_in("tongchou").get(f"/measure/{busy.measure('W1.1').pk}/report/2020-09/{step}/").status_code == 405
    assert busy.report("W1.1", 9).state == "submitted"


def test_whatever_people_and_documents_write_is_shown_as_text(busy, sign_in):
    """The same evil words in a document, a report, a reason, a department, a person, an adjustment and a search."""
    document = plan(printed=True)
    for key in ("A1.2", "A2.1"):
        document = stage.changed(document, key, text=EVIL + stage.WORDS[key][1], task=EVIL[:60], section=EVIL[:60], damage=EVIL)
    load(document, moment=at(10, 20), slug=stage.SLUG)
    department = Department.objects.get(name="城建局")
    department.short, department.name = "<b>城</b>", "<i>城建局</i>"
    people.save_department(department, by=None, at=at(10, 20))
    writer = busy.user("chengjian")
    writer.display_name = EVIL[:40]
    people.save_user(writer, by=None, at=at(10, 20))
    busy.submitted("A1.2", 9, "chengjian", at(10, 21), progress=EVIL)
    busy.returned("A2.1", 9, "chengjian", at(10, 21), reason=EVIL, progress=EVIL)
    adjust_deadline(busy.measure("A1.2"), "8月底前", Ground(EVIL, EVIL), by=busy.user("tongchou"), at=at(10, 22))
    for person in ("tongchou", "chengjian"):
        client = sign_in(person)
        for address in [*addresses(busy), f"/?text={quote(EVIL)}", f"/measure/{busy.measure('A2.1').pk}/report/2020-09/"]:
            page = client.get(address).content.decode()
            assert "<script>alert" not in page, address
            assert "<img src=x" not in page, address
            assert "<i>城建局" not in page, address
            assert "<b>城</b>" not in page, address
            assert "&lt;script&gt;alert" in page or "alert(" not in page, address
            assert "{{ 7|add:7 }}" in page or "|add" not in page, address


NONSENSE = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.dates().map(str),
    st.sampled_from(["2020-02-30", "0001-01-01", "9999-12-31", "٢٠٢٠-١٠-٣١", "²", "\x00", "1" * 400, "-1", "../..", "'", "%", "red", "A"]),
)
NAMES = st.sampled_from(
    ["on", "department", "light", "text", "due", "plan", "turned", "before", "verify", "programme", "next", "page", "subject", "only"]
)
QUERIES = st.lists(st.tuples(NAMES, NONSENSE), max_size=6)


@QUICK
@given(st.integers(0, 14), QUERIES)
@example(9, [("programme", "no-such-plan")])
@example(9, [("programme", "\x00")])
@example(11, [("before", "9" * 30)])
@example(11, [("before", "²")])
@example(0, [("department", "²")])
@example(0, [("department", "٣")])
def test_nonsense_in_an_address_never_breaks_a_page(busy, sign_in, which, query):
    address = addresses(busy)[which].partition("?")[0]
    asked = "&".join(f"{name}={quote(value.encode('utf-8', 'replace'))}" for name, value in query)
    assert sign_in("tongchou").get(f"{address}?{asked}").status_code in (200, 404)


@pytest.mark.parametrize(
    "address",
    [
        "/measure/99999999999999999999999999/",
        "/measure/0/",
        "/map/no-such-plan/",
        "/measure/{a12}/report/2020-13/",
        "/measure/{a12}/report/0000-00/",
        "/measure/{a12}/report/2020-03/",
        "/measure/{a12}/report/2021-01/",
        "/measure/{a12}/milestone/99999999999999999999999999/",
        "/measure/{a12}/milestone/{other}/",
        "/measure/{a12}/adjust/title/",
        "/measure/{a12}/adjust/target/",
        "/measure/{a12}/adjust/target-{other}/",
        "/documents/99999999999999999999999999/",
        "/no/such/page/",
    ],
)
def test_an_address_of_nothing_is_a_404_in_words(busy, sign_in, words, address):
    other = busy.commitment("W1.1", kind="milestone").pk
    answer = sign_in("tongchou").get(address.format(a12=busy.measure("A1.2").pk, other=other))
    assert answer.status_code == 404
    assert "没有这一页" in words(answer)


@pytest.mark.parametrize("field", ["progress", "difficulties", "next_steps", "standing", "version"])
@pytest.mark.parametrize("value", ["\x00", "9" * 30, "长" * 5000, "<b>", ""])
def test_nonsense_in_a_report_is_refused_beside_what_was_typed(busy, sign_in, field, value):
    typed = {"standing": "on_course", "progress": "正文", "version": busy.report("A1.2", 9).version, field: value}
    before = list(Report.objects.values())
    answer = sign_in("chengjian").post(f"/measure/{busy.measure('A1.2').pk}/report/2020-09/", typed)
    assert answer.status_code in (200, 302, 409)
    if answer.status_code != 302:
        assert list(Report.objects.values()) == before


@pytest.mark.parametrize("reason", ["\x00", "长" * 5000, "  "])
def test_nonsense_as_a_reason_is_refused_and_nothing_moves(busy, sign_in, reason):
    answer = sign_in("tongchou").post(f"/measure/{busy.measure('W1.1').pk}/report/2020-09/return/", {"reason": reason})
    assert answer.status_code == 409
    assert busy.report("W1.1", 9).state == "submitted"


def test_no_page_carries_script_or_style_of_its_own_and_the_browser_is_told_to_run_none(busy, sign_in):
    for person in ("tongchou", "chengjian", None):
        client = sign_in(person)
        for address in [*addresses(busy), "/account/login/", "/no/such/page/"]:
            answer = client.get(address, follow=True)
            page, policy = answer.content.decode(), answer.headers["Content-Security-Policy"]
            assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son\w+=|javascript:", page), address
            assert "unsafe-inline" not in policy
            assert "unsafe-eval" not in policy
            assert {"default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"} <= {
                part.strip() for part in policy.split(";")
            }
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_page_of_the_demonstration_says_that_its_data_are_made_up(busy, sign_in, words):
    for person in ("tongchou", None):
        client = sign_in(person)
        for address in [*addresses(busy), "/account/login/", "/account/signup/", "/account/logout/", "/no/such/page/"]:
            assert "演示数据（模拟）" in words(client.get(address, follow=True)), address
    for address in ("/backroom/", "/backroom/people/user/"):
        assert "演示数据（模拟）" in words(sign_in("guanli").get(address)), address
