"""How a measure stands by its monthly reports."""

import timeit
from datetime import date
from itertools import pairwise, product

import pytest

from gongjian.kernel.months import Month
from gongjian.plans.facts import ReportFact, ReportState, Standing
from gongjian.plans.lights import Light
from gongjian.plans.standing import accepted_light, latest_accepted, report_standing

DUE = {7: date(2020, 8, 5), 8: date(2020, 9, 3), 9: date(2020, 10, 12), 10: date(2020, 11, 4)}


def fact(month, state="missing", standing=None, **rest):
    return ReportFact(Month(2020, month), DUE[month], ReportState(state), Standing(standing) if standing else None, **rest)


def said(reports, on):
    verdict = report_standing(tuple(reports), on)
    return verdict.light, "；".join(verdict.reasons)


def test_before_the_first_report_is_due_it_is_grey_and_says_when_it_will_be():
    assert said([fact(8), fact(9)], date(2020, 9, 2)) == (Light.GREY, "首次进展报告（8月）9月3日到期")
    assert said([], date(2020, 9, 2)) == (Light.GREY, "尚无应报的进展报告")


@pytest.mark.parametrize("state", ["missing", "draft"])
def test_a_report_not_handed_in_by_its_due_day_is_red_with_the_days_it_is_late(state):
    reports = [fact(8, "accepted", "on_course"), fact(9, state)]
    assert said(reports, date(2020, 10, 12))[0] is Light.GREEN  # in time through the due day itself
    assert said(reports, date(2020, 10, 31)) == (Light.RED, "9月进展报告应于10月12日报送，尚未报送，已逾期19天")


@pytest.mark.parametrize(
    ("standing", "submitted", "accepted"),
    [
        ("on_course", Light.GREEN, Light.GREEN),
        ("at_risk", Light.AMBER, Light.AMBER),
        ("behind", Light.RED, Light.RED),
        ("done", Light.GREEN, Light.BLUE),
    ],
)
def test_a_report_says_what_it_claims_but_done_only_once_accepted(standing, submitted, accepted):
    on = date(2020, 10, 31)
    light, reason = said([fact(9, "submitted", standing)], on)
    assert light is submitted
    assert reason.endswith("待审核")
    light, reason = said([fact(9, "accepted", standing)], on)
    assert light is accepted
    assert reason.endswith("已审核采用")


def test_a_returned_report_is_amber_until_its_new_day_has_passed_and_red_after():
    returned = fact(9, "returned", "on_course", returned_on=date(2020, 10, 14), returned_why="缺数据", resubmit_by=date(2020, 10, 19))
    assert said([returned], date(2020, 10, 19)) == (Light.AMBER, "9月进展报告10月14日被退回（缺数据），请于10月19日前重报")
    assert said([returned], date(2020, 10, 21)) == (Light.RED, "9月进展报告10月14日被退回（缺数据），应于10月19日前重报，已逾期2天")


def test_a_report_returned_before_its_month_is_due_is_not_red_before_that_day():
    returned = fact(10, "returned", "on_course", returned_on=date(2020, 10, 26), resubmit_by=date(2020, 10, 29))
    assert said([fact(9, "accepted", "on_course"), returned], date(2020, 11, 4))[0] is Light.AMBER
    assert said([fact(9, "accepted", "on_course"), returned], date(2020, 11, 5))[0] is Light.RED


@pytest.mark.parametrize("state", ["submitted", "accepted"])
def test_a_newer_report_handed_in_before_it_is_due_takes_over(state):
    assert said([fact(9), fact(10, state, "at_risk")], date(2020, 10, 31))[0] is Light.AMBER


def test_a_newer_draft_does_not_take_over():
    assert said([fact(9, "accepted", "at_risk"), fact(10, "draft", "on_course")], date(2020, 10, 31))[0] is Light.AMBER


def test_an_accepted_done_closes_the_reporting():
    reports = [fact(7, "accepted", "done"), fact(8), fact(9, "draft")]
    assert said(reports, date(2020, 10, 31)) == (Light.BLUE, "7月进展报告自评“已完成”，已审核采用")


@pytest.mark.parametrize("state", ["submitted", "returned", "accepted"])
def test_a_later_report_takes_an_accepted_done_back(state):
    reports = [fact(7, "accepted", "done"), fact(8, state, "on_course"), fact(9)]
    assert said(reports, date(2020, 10, 31))[0] is Light.RED


def test_a_submitted_report_without_a_claim_is_refused():
    with pytest.raises(ValueError, match="2020-09"):
        report_standing((fact(9, "submitted"),), date(2020, 10, 31))


def test_the_latest_accepted_report_is_found_behind_newer_ones():
    accepted = fact(8, "accepted", "behind")
    assert latest_accepted([fact(7, "accepted", "done"), accepted, fact(9, "submitted", "done")]) is accepted
    assert latest_accepted([fact(9)]) is None
    assert accepted_light(accepted).light is Light.RED
    assert accepted_light(None).light is accepted_light(fact(9, "submitted", "done")).light is Light.GREY


def test_a_worse_claim_never_makes_the_standing_better():
    order = ["done", "on_course", "at_risk", "behind"]
    for state, (better, worse) in product(("submitted", "accepted"), pairwise(order)):
        one, other = (report_standing((fact(9, state, claim),), date(2020, 10, 31)).light.severity for claim in (better, worse))
        assert one <= other


def test_a_whole_wall_of_standings_is_cheap():
    """10,000 measures of twelve reports stay far under a second; the bound is loose so that a slow machine does not fail it."""
    year = tuple(ReportFact(Month(2020, m), Month(2020, m).last, ReportState.ACCEPTED, Standing.ON_COURSE) for m in range(1, 13))
    assert min(timeit.repeat(lambda: report_standing(year, date(2020, 12, 31)), number=10_000, repeat=3)) < 0.5
