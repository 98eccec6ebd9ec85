"""The whole loop: an over-limit truck from a phone's photo to publication, and what becomes of the measure's light and the assessment."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from phone_in_browser import file, states, wait_for, write
from stage import at

KIND, LOOP, BUREAU, INDUSTRY = "over-limit-penalty", "超标排放处罚", "综合执法局", "城市运行局"
FOUND, LATE, CLOSED, RIPE = date(2020, 10, 31), date(2020, 11, 12), date(2020, 11, 13), date(2020, 11, 30)
DECISION = {"name": "决定书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 decision"}


@pytest.fixture
def settled(undone):
    """Earlier problems of the kind are paused or closed, so that the light tells of this one alone."""
    from gongjian.cases.actions.adding import do_extra
    from gongjian.cases.actions.stepping import take
    from gongjian.cases.models import OPEN, Case
    from gongjian.people.models import Department

    industry, moment = Department.objects.get(name=INDUSTRY), at(10, 30, 18)

    def go_on(case, name, **carried):
        return take(case, name, carried, by=None, at=moment)

    for found in Case.objects.filter(kind=KIND, state__in=OPEN):
        case = found  # as it goes on
        if case.state == "found":
            case = go_on(case, "hand_over", department=Department.objects.get(name=BUREAU))
        if case.state == "handed_over":
            case = go_on(case, "sign")
        if case.state in {"signed", "handling"}:
            go_on(case, "suspend", reason="等待检测报告", until=date(2020, 12, 31))
        if case.state == "fed_back":
            case = go_on(case, "verify", finding="属实")
        if case.state == "verified":
            if not case.extras.filter(extra="tell-industry", round=case.round).exists():
                do_extra(case, "tell-industry", "已抄送。", by=None, at=moment, department=industry)
            go_on(case, "close")


@pytest.fixture
def measure(settled):
    from gongjian.plans.models import Commitment

    return Commitment.objects.get(cases=LOOP, replaced_at=None).measure


def promise(wall, measure):
    """The light of the loop on the measure's page, and its reason."""
    wall.goto(f"/measure/{measure.pk}/")
    line = wall.locator(".promise", has_text=LOOP)
    return line.locator(".light").first.inner_text().strip(), line.inner_text()


def counted(text):
    return tuple(map(int, re.search(r"未结(\d+)件，已结(\d+)件", text).groups()))


def score(leader, department):
    leader.goto(f"/assessment/live/2020-11/{department}/")
    return leader.locator("main").inner_text()


def step(page, case, name, button, **typed):
    page.goto(f"/cases/{case.pk}/step/{name}/")
    for label, words in typed.items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(f"**/cases/{case.pk}/")


def send_by_phone(pocket, truck):
    """A photo and a sentence on the truck's own page, sent from the phone."""
    write(pocket, "尾气检测超标，光吸收系数 1.62。", sort=f"{KIND}:general", files=[file()])
    wait_for(pocket, "arrived")
    assert states(pocket) == ["arrived"]


def sent(page, case):
    page.locator("form.form button.btn-primary").click()
    page.wait_for_url(f"**/cases/{case.pk}/")


def deal_with(officer, case):
    """Signed, a fine, repair and retest, fed back with the decision."""
    step(officer, case, "sign", "签收")
    step(officer, case, "begin", "开始办理", 拟采取的措施="责令维修并复检，立案处罚。")
    officer.goto(f"/cases/{case.pk}/sanction/")
    officer.get_by_label("惩戒措施").select_option("fine")
    officer.get_by_label("日期").fill(f"{LATE}")
    officer.get_by_label("文书").fill("京开环罚〔2020〕88号")
    officer.get_by_label("数额").fill("200")
    sent(officer, case)
    officer.goto(f"/cases/{case.pk}/extra/retest/")
    officer.locator("form.form textarea").first.fill("维修后复检合格。")
    sent(officer, case)
    officer.goto(f"/cases/{case.pk}/step/feed_back/")
    officer.get_by_label("办理结果").fill("罚款二百元，已维修，复检合格。")
    officer.get_by_label("处罚决定书").set_input_files(DECISION)
    officer.get_by_label("复检光吸收系数").fill("0.41")
    officer.get_by_role("button", name="反馈办理结果", exact=True).click()
    officer.wait_for_url(f"**/cases/{case.pk}/")


def close(officer, inspector, office, case):
    """Verified by another person, told to the department of the industry, closed by a third."""
    officer.goto(f"/cases/{case.pk}/")
    assert officer.locator(".next-steps").get_by_role("link", name="核验通过", exact=True).count() == 0
    step(inspector, case, "verify", "核验通过", 现场核验情况="复检报告与决定书一致。")
    officer.goto(f"/cases/{case.pk}/extra/tell-industry/")
    officer.locator("form.form textarea").first.fill("请列入企业信用管理。")
    officer.locator("form.form select").first.select_option(label=INDUSTRY)
    sent(officer, case)
    step(office, case, "close", "结案")


def publish(office, case):
    office.goto(f"/cases/{case.pk}/")
    office.get_by_role("button", name="公开", exact=True).click()


def test_an_over_limit_truck_goes_from_a_photo_to_publication_and_the_light_and_the_assessment_follow(phone, measure, visit, settings):
    from gongjian.cases.models import Case, CaseStep
    from gongjian.mobile.models import Vehicle
    from gongjian.people.models import Department

    bureau = Department.objects.get(name=BUREAU)
    truck = Vehicle.objects.filter(fuel="diesel", valid_to=None).latest("pk")
    wall = visit()
    leader, officer, inspector, office = (visit("/", who) for who in ("lingdao", "zhifa", "jiancha", "tongchou"))
    light, reason = promise(wall, measure)
    assert light == "正常"
    still_open, closed = counted(reason)

    send_by_phone(phone(f"/field/find/?entry={truck.pk}", "jiancha", ready=False), truck)
    case = Case.objects.latest("pk")
    assert (case.entry_id, case.state, case.department, case.evidence.count()) == (truck.pk, "handed_over", bureau, 1)
    assert counted(promise(wall, measure)[1]) == (still_open + 1, closed)

    settings.GONGJIAN_DEMONSTRATION_DAY = LATE  # nobody signs: the light turns
    light, reason = promise(wall, measure)
    assert light == "滞后"
    assert "其中1件超期未结" in reason
    unsettled = score(leader, bureau.pk)
    assert case.number in unsettled

    deal_with(officer, case)
    settings.GONGJIAN_DEMONSTRATION_DAY = CLOSED
    close(officer, inspector, office, case)
    light, reason = promise(wall, measure)
    assert light == "正常"
    assert counted(reason) == (still_open, closed + 1)
    settled = score(leader, bureau.pk)
    assert case.number in settled  # closed, and it was late
    assert settled != unsettled

    publish(office, case)
    assert "按规定结案满" in office.get_by_role("alert").inner_text()
    settings.GONGJIAN_DEMONSTRATION_DAY = RIPE
    publish(office, case)
    office.wait_for_url(f"**/cases/{case.pk}/")
    case.refresh_from_db()
    assert isinstance(case.published_at, datetime)
    taken = list(CaseStep.objects.filter(case=case).values_list("step", flat=True))
    assert taken == ["find", "hand_over", "sign", "begin", "feed_back", "verify", "close"]
