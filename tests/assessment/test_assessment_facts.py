"""Where the rows come from: the very commitments, reports, cases and orders, as they stood by the end of the period."""

from datetime import date
from types import SimpleNamespace

import pytest
from stage import at

from gongjian.assessment.freezing import terms_of
from gongjian.assessment.models import Scheme
from gongjian.assessment.queries.grading import gathered, term_of
from gongjian.assessment.queries.schemes import frozen, scheme_for
from gongjian.assessment.registry import ItemKind, Term, forget, kind_called, register, sources_of
from gongjian.assessment.scoring import Outcome, Row
from gongjian.indicators.periods import parse_period
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department
from gongjian.plans.actions import reporting

pytestmark = pytest.mark.django_db


def told(office, item, period="2020-09", day=date(2020, 10, 31)):
    """Outcome and sentence by department and title."""
    terms = terms_of(frozen(scheme_for(date(2020, 9, 1))))
    found = gathered(term_of(parse_period(period), day), terms)
    names = {one.pk: one.name for one in Department.objects.all()}
    return {(names[dept], row.title, row.helps): (row.outcome, row.told) for dept, of in found.items() for row in of.get(item, ())}


def test_a_report_counts_in_the_period_its_due_day_falls_in_for_the_first_who_leads(office):
    reports = told(office, "reports")
    assert reports["城建局", "A1.2 2020年8月月报", False] == (Outcome.PARTLY, "应于9月3日前报送，9月7日10:00报送，迟4天")
    assert reports["水务局", "W1.1 2020年8月月报", False] == (Outcome.KEPT, "应于9月3日前报送，9月3日23:59报送，按时")
    assert reports["交通局", "A1.1 2020年8月月报", False] == (Outcome.BROKEN, "应于9月3日前报送，未报送")
    assert not [key for key in reports if "9月月报" in key[1]], "September's report is due in October"
    assert ("滨河街道", "A2.1 2020年8月月报", False) not in reports, "only named second"
    both = {key[0] for key in reports if key[1] == "A2.2 2020年8月月报"}
    assert both == {"公安分局", "水务局"}, "a collective name in front is all its departments"


def test_a_report_taken_back_was_not_handed_in(office):
    town = office.town
    report = town.submitted("A2.1", 8, "chengjian", at(9, 2))
    assert told(office, "reports")["城建局", "A2.1 2020年8月月报", False][0] is Outcome.KEPT
    report = reporting.recall(report, by=town.user("chengjian"), at=at(9, 2, 12))
    assert told(office, "reports")["城建局", "A2.1 2020年8月月报", False][0] is Outcome.BROKEN
    reporting.submit(report, by=town.user("chengjian"), at=at(9, 8))
    assert told(office, "reports")["城建局", "A2.1 2020年8月月报", False][1].endswith("迟5天")


def test_a_report_that_was_returned_had_been_handed_in(office):
    office.town.returned("A2.1", 8, "chengjian", at(9, 2))
    assert told(office, "reports")["城建局", "A2.1 2020年8月月报", False][0] is Outcome.KEPT


def test_what_is_confirmed_as_done_owes_no_further_report(office):
    office.town.accepted("A2.1", 7, "chengjian", at(8, 4), standing="done")
    reports = told(office, "reports")
    assert ("城建局", "A2.1 2020年8月月报", False) not in reports
    assert ("城建局", "A2.1 2020年7月月报", False) in told(office, "reports", "2020-08")


def test_what_is_entered_after_the_period_is_not_known_in_it(office):
    office.town.submitted("A1.1", 8, "jiaotong", at(10, 1))
    assert told(office, "reports")["交通局", "A1.1 2020年8月月报", False][0] is Outcome.BROKEN
    assert told(office, "reports", "2020Q4", date(2020, 10, 2)) == {}


def test_promises_come_out_by_their_light_for_who_leads_and_for_who_assists(office):
    milestones = told(office, "commitment-milestone")
    assert milestones["城建局", "A1.2 扬尘视频监控平台建成", False][0] is Outcome.BROKEN
    assert milestones["水务局", "W1.1 河道断面水质达标率百分之九十五", False][0] is Outcome.KEPT
    assert milestones["滨河街道", "W1.1 河道断面水质达标率百分之九十五", True][0] is Outcome.KEPT
    assert told(office, "commitment-target")["交通局", "A1.1 重型柴油车检查不少于一万辆次", False][0] is Outcome.UNJUDGED


def test_who_leads_a_measure_does_not_also_assist_with_it_through_a_collective_name(office):
    for dept, title, helps in told(office, "commitment-narrative"):
        if title.startswith("A2.1"):
            assert helps is (dept in {"公安分局", "水务局"}), dept


def test_a_case_is_a_row_for_punctuality_and_for_lasting(office, monkeypatch):
    """Which cases there are is the closed loop's to say; see ``tests/cases/test_case_dealt.py``."""
    from gongjian.assessment.gathering import cases
    from gongjian.cases.queries.dealt import Dealt

    found = [
        Dealt(1, "2020-000001", "裸土", 7, closed_on=date(2020, 9, 5)),
        Dealt(2, "2020-000002", "裸土", 7, closed_on=date(2020, 9, 6), late=True),
        Dealt(3, "2020-000003", "裸土", 7, due_on=date(2020, 9, 7)),
        Dealt(4, "2020-000004", "裸土", 7, reopened_on=date(2020, 9, 8)),
    ]
    monkeypatch.setattr(cases, "dealt_with", lambda *_: found)
    rows = cases.of_cases(Term(date(2020, 9, 1), date(2020, 9, 30), date(2020, 9, 30)))
    said = {item: [(row.about, row.outcome.value, row.told) for row in of[7]] for item, of in rows.items()}
    assert said == {
        "cases-in-time": [
            ("case:1", "kept", "9月5日结案，办理各环节按时"),
            ("case:2", "partly", "9月6日结案，办理有环节超时"),
            ("case:3", "broken", "办理时限9月7日，超时未办结"),
        ],
        "cases-lasting": [
            ("case:1", "kept", "9月5日结案，未重开"),
            ("case:2", "kept", "9月6日结案，未重开"),
            ("case:4", "broken", "9月8日回头看重开"),
        ],
    }


def test_orders_come_out_by_what_supervision_counts(office, monkeypatch):
    from gongjian.assessment.gathering import orders
    from gongjian.supervision.queries.counted import OrderCount

    count = OrderCount(issued=(1, 2, 3, 4, 5, 6), red=(2, 4, 6), cleared_in_time=(1, 2), cleared_late=(3, 4), overdue=(5,))
    monkeypatch.setattr(orders, "orders_of", lambda *_: {7: count})

    named = [SimpleNamespace(pk=pk) for pk in count.issued]
    monkeypatch.setattr(orders.Order.objects, "filter", lambda **_: SimpleNamespace(only=lambda *_: named))
    rows = orders.of_orders(Term(date(2020, 9, 1), date(2020, 9, 30), date(2020, 9, 30)))["orders"][7]
    expected = ["kept", "kept", "partly", "broken", "broken", "unjudged"]
    assert [row.outcome.value for row in rows] == expected
    assert [row.about for row in rows] == [f"order:{pk}" for pk in range(1, 7)]


def test_another_room_adds_a_kind_and_it_is_scored_like_any_other(office):
    kind = ItemKind("made", "新设的考核项", "一行一件")
    register("made", lambda _: {"made": {office.department("交通局").pk: [Row("1", "一件", "未做到", Outcome.BROKEN, "measure:1")]}}, kind)
    try:
        scheme = Scheme.objects.get()
        scheme.items.create(kind="made", weight=100, order=99)
        scored = office.score(office.drafted(), "交通局")
        assert next(item for item in scored.items if item["kind"] == "made")["points"] == "0.00"
        with pytest.raises(ValueError, match="registered twice"):
            register("other", lambda _: {}, kind)
    finally:
        forget("made")
    with pytest.raises(Refusal, match="“made”没有数据来源"):
        kind_called("made")
    with pytest.raises(Refusal, match="没有数据来源"):
        list(sources_of(["made"]))
