"""Every page, at the widths of a wall, a desk and a phone: readable by everyone, steady, within the window, and of this house alone."""

from __future__ import annotations

from dataclasses import dataclass

import county_plan
import pytest

AXE = {
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
}
AXE_WIDTHS = (1366, 390)
STILL = 0.02  # cumulative layout shift
INK = "rgb(27, 36, 48)"
SHIFTS = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 150);
})"""
OFFICE, OFFICER, ENFORCER, LEADER, ADMINISTRATOR = "tongchou", "chengyun", "zhifa", "lingdao", "admin"
EVERY, BOTH, DESK, PHONE = (1920, 1366, 390), (1366, 390), (1366,), (390,)
PLACES = {  # name: who looks, where (braces are filled from ``paths``), at which widths
    "map": (LEADER, "/", EVERY),
    "map-past": (None, "/?on=2020-06-30", PHONE),
    "map-filtered": (OFFICE, "/?light=red&text=柴油", DESK),
    "map-nothing-found": (OFFICE, "/?text=没有这样的措施", PHONE),
    "measure": (OFFICE, "{measure}", EVERY),
    "measure-visitor": (None, "{measure}", DESK),
    "report-form": (OFFICER, "{form}", EVERY),
    "report-returned": (OFFICER, "{returned}", PHONE),
    "report-review": (OFFICE, "{review}", DESK),
    "month": (OFFICE, "/reports/2020-09/", EVERY),
    "month-frozen": (LEADER, "/reports/2020-04/", PHONE),
    "milestone": (OFFICER, "{milestone}", DESK),
    "adjustment": (OFFICE, "{measure}adjust/deadline/", PHONE),
    "work-officer": (OFFICER, "/work/", EVERY),
    "work-office": (OFFICE, "/work/", EVERY),
    "work-leader": (LEADER, "/work/", DESK),
    "inbox": (OFFICER, "/inbox/", EVERY),
    "notice-settings": (OFFICER, "/me/notices/", EVERY),
    "ledgers": (OFFICER, "/ledgers/", EVERY),
    "ledger-list": (OFFICER, "/ledgers/vehicles/", EVERY),
    "ledger-map": (OFFICER, "/ledgers/map/", EVERY),
    "entry": (OFFICER, "{vehicle}", BOTH),
    "entry-form": (ENFORCER, "{vehicle}edit/", BOTH),
    "records": (OFFICER, "/ledgers/records/road-checks/", BOTH),
    "record": (OFFICER, "{check}", BOTH),
    "register": (OFFICER, "{register}", BOTH),
    "import": (ENFORCER, "/ledgers/road-checks/import/", BOTH),
    "precision": (ENFORCER, "/mobile/precision/", EVERY),
    "cases": (ENFORCER, "/cases/", EVERY),
    "case-list": (OFFICE, "/cases/list/?state=all", BOTH),
    "case-columns": (OFFICE, "/cases/columns/", EVERY),
    "case-statistics": (OFFICE, "/cases/statistics/", BOTH),
    "case-rules": (OFFICE, "/cases/rules/", BOTH),
    "case": (ENFORCER, "{case}", EVERY),
    "case-step": (ENFORCER, "{case}step/feed_back/", BOTH),
    "case-new": (ENFORCER, "/cases/new/?kind=machine-smoke&entry={machine}", BOTH),
    "indicators": (LEADER, "/indicators/", EVERY),
    "indicator": (LEADER, "/indicators/mobile.heavy_diesel.road_checks/", EVERY),
    "air": (LEADER, "/air/", EVERY),
    "live": (ENFORCER, "/live/", EVERY),
    "live-station": (OFFICE, "{boiler}", EVERY),
    "live-dust": (LEADER, "{dust}?span=month&factor=a34001&factor=a01007", BOTH),
    "live-vehicles": (ENFORCER, "/live/vehicles/", BOTH),
    "live-vehicle": (ENFORCER, "/live/vehicles/LSIMDEMA000000002/?span=week", BOTH),
    "live-vehicle-days": (ENFORCER, "/live/vehicles/LSIMDEMA000000002/days/", BOTH),
    "live-devices": (OFFICE, "/live/devices/", BOTH),
    "live-talk": (OFFICE, "/live/devices/hj212/SIMDEMO00000000000000004/", BOTH),
    "orders": (OFFICE, "/orders/", EVERY),
    "order-rules": (OFFICE, "/orders/rules/", BOTH),
    "order": (OFFICE, "{order}", EVERY),
    "order-paper": (OFFICE, "{order}paper/", BOTH),
    "assessments": (OFFICE, "/assessment/", BOTH),
    "assessment": (OFFICE, "{assessment}", EVERY),
    "assessment-score": (OFFICE, "{score}", BOTH),
    "assessment-objections": (OFFICE, "{assessment}objections/", BOTH),
    "assessment-bulletin": (LEADER, "{assessment}bulletin/", BOTH),
    "tasks": (ENFORCER, "/inspections/", BOTH),
    "task-list": (OFFICE, "/inspections/list/?state=all", BOTH),
    "task": (OFFICE, "{task}", EVERY),
    "duties": (OFFICE, "/inspections/duties/", BOTH),
    "duty": (OFFICE, "{duty}", BOTH),
    "draws": (OFFICE, "/inspections/draws/", BOTH),
    "draw": (OFFICE, "{draw}", BOTH),
    "documents": (OFFICE, "/documents/", EVERY),
    "intake": (OFFICE, "{intake}", EVERY),
    "correction": (OFFICE, "{intake}correct/A2.2/", EVERY),
    "trail": (OFFICE, "/trail/?verify=1", EVERY),
    "sign-in": (None, "/account/login/", EVERY),
    "password": (OFFICER, "/account/password/change/", DESK),
    "sign-out": (OFFICER, "/account/logout/", PHONE),
    "forbidden": (OFFICER, "/documents/", EVERY),
    "not-found": (OFFICER, "/nowhere/", EVERY),
}
BACK_ROOM = {"back-room": (ADMINISTRATOR, "/backroom/", (1366, 390)), "back-room-people": (ADMINISTRATOR, "/backroom/people/user/", DESK)}


@dataclass(frozen=True)
class Look:
    """What there is to say of a page after one look at a width (CSS pixels)."""

    width: int
    wide: int
    shift: float  # cumulative layout shift
    complaints: list[str]
    hosts: set[str]
    headings: int
    violations: list[tuple[str, list[str]]]
    ink: str


@pytest.fixture(scope="module")
def paths(live_server):
    """Addresses of the pages that show one thing: a measure, reports in several states, a document on its way in."""
    from gongjian.people.models import User
    from gongjian.plans.actions import intakes, reporting
    from gongjian.plans.models import Commitment, Report, Responsibility
    from gongjian.telemetry.models import Station
    from gongjian.trail.clock import now

    office = User.objects.get(username=OFFICE)
    led = Responsibility.objects.filter(department__name="城市运行局", role="lead").values("wording__measure")
    mine = Report.objects.filter(measure__in=led).select_related("measure")
    review = mine.filter(state="submitted").first()
    returned = reporting.send_back(mine.filter(state="accepted").first(), "缺少数量，请补充。", by=office, at=now())
    open_milestone = Commitment.objects.filter(measure__in=led, kind="milestone", replaced_at=None, achievements=None).first()
    upload = intakes.open_intake(county_plan.PRINTED.encode(), "春山县方案.txt", by=office, at=now())
    return {
        "boiler": f"/live/{Station.objects.get(code='DEMO-DA001').pk}/",
        "dust": f"/live/{Station.objects.get(code='DEMO-YC001').pk}/",
        "measure": f"/measure/{returned.measure_id}/",
        "form": f"/measure/{returned.measure_id}/report/2020-10/",
        "returned": f"/measure/{returned.measure_id}/report/{returned.month:%Y-%m}/",
        "review": f"/measure/{review.measure_id}/report/{review.month:%Y-%m}/",
        "milestone": f"/measure/{open_milestone.measure_id}/milestone/{open_milestone.pk}/",
        "intake": f"/documents/{upload.pk}/",
        **ledger_paths(),
        **office_paths(),
    }


def office_paths():
    """An order, an assessment with a department's score, a task, a duty and a draw of the demonstration."""
    from gongjian.assessment.models import Assessment
    from gongjian.inspections.models import DrawPlan, Duty, Task
    from gongjian.supervision.models import Order

    assessment = Assessment.objects.filter(state="published").latest("pk")
    return {
        "order": f"/orders/{Order.objects.latest('pk').pk}/",
        "assessment": f"/assessment/{assessment.pk}/",
        "score": f"/assessment/{assessment.pk}/{assessment.scores.first().department_id}/",
        "task": f"/inspections/{Task.objects.latest('pk').pk}/",
        "duty": f"/inspections/duties/{Duty.objects.latest('pk').pk}/",
        "draw": f"/inspections/draws/{DrawPlan.objects.latest('pk').pk}/",
    }


def ledger_paths():
    """One thing of each kind that rests on ledgers: with records behind it, in the middle of its way, in a list by rule."""
    from gongjian.cases.models import Case
    from gongjian.ledgers.registers import derived_registers
    from gongjian.mobile.models import Machine, RoadCheck

    check = RoadCheck.objects.filter(passed=False, replaced_at=None).exclude(entry=None).latest("on")
    case = Case.objects.filter(state="handling", kind="over-limit-penalty").latest("found_at")
    return {
        "vehicle": f"/ledgers/vehicles/{check.entry_id}/",
        "check": f"/ledgers/records/road-checks/{check.pk}/",
        "register": f"/ledgers/registers/{derived_registers()[0].slug}/",
        "case": f"/cases/{case.pk}/",
        "machine": Machine.objects.latest("pk").pk,
    }


def still(page, address):
    """How far things move while a page arrives, of two looks where the first was not calm.

    What moves by itself does so every time; a machine that has no time for a moment does not.
    """
    for _ in range(2):
        page.goto(address)
        page.evaluate("document.fonts.ready.then(() => true)")
        if (shift := page.evaluate(SHIFTS)) < STILL:
            break
    return shift


def _looks(places, widths=(1920, 1366, 390)):
    return [
        pytest.param(who, where, width, id=f"{name}-{width}")
        for name, (who, where, wanted) in places.items()
        for width in wanted
        if width in widths
    ]


@pytest.fixture(scope="module")
def look_at(browse, paths):
    """Look at a page once for all that is asked of it. One browser for each person, so that style sheets are fetched once."""
    from axe_playwright_python.sync_playwright import Axe

    seen, windows = {}, {}

    def _look_at(who, where, width):
        page = windows.get(who) or windows.setdefault(who, browse("/account/logout/", who))
        page.watch.forget()
        page.set_viewport_size({"width": width, "height": 900})
        while page.evaluate("innerWidth") != width:  # a window still changing its size is no page that moves
            page.wait_for_timeout(20)
        shift = still(page, where.format(**paths))
        found = Axe().run(page, options=AXE).response["violations"] if width in AXE_WIDTHS and "backroom" not in where else []
        return Look(
            width=width,
            wide=page.evaluate("document.documentElement.scrollWidth"),
            shift=shift,
            complaints=page.watch.complaints,
            hosts={host.split(":")[0] for host in page.watch.hosts},
            headings=page.locator("h1").count(),
            violations=[(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found],
            ink=page.evaluate("getComputedStyle(document.body).color"),
        )

    def remembered(*place):
        if place not in seen:
            seen[place] = _look_at(*place)
        return seen[place]

    return remembered


@pytest.mark.parametrize(("who", "where", "width"), _looks(PLACES))
def test_a_page_fits_its_window_stays_still_and_complains_of_nothing(look_at, who, where, width):
    look = look_at(who, where, width)
    assert look.wide == width
    assert look.shift < STILL
    assert look.complaints == []
    assert look.hosts == {"127.0.0.1"}
    assert look.headings == 1


@pytest.mark.parametrize(("who", "where", "width"), _looks(PLACES, AXE_WIDTHS))
def test_axe_finds_nothing_against_wcag_aa_and_good_practice(look_at, who, where, width):
    assert look_at(who, where, width).violations == []


@pytest.mark.parametrize(("who", "where", "width"), _looks(BACK_ROOM))
def test_the_back_room_stands_under_the_content_policy_in_our_type_and_colours(look_at, who, where, width):
    look = look_at(who, where, width)
    assert look.complaints == []
    assert look.hosts == {"127.0.0.1"}
    assert look.wide == width
    assert look.ink == INK
