"""How a measure stands by its monthly progress reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongjian.plans.facts import ReportFact, ReportState, Standing
from gongjian.plans.lights import Light, Verdict

RESUBMIT_DAYS = 3  # working days a returned report may take; the caller turns them into ``ReportFact.resubmit_by``

_CLAIM = {Standing.ON_COURSE: Light.GREEN, Standing.AT_RISK: Light.AMBER, Standing.BEHIND: Light.RED, Standing.DONE: Light.BLUE}
_WORDS = {Standing.ON_COURSE: "按计划推进", Standing.AT_RISK: "有风险", Standing.BEHIND: "已滞后", Standing.DONE: "已完成"}
_SILENT = (ReportState.MISSING, ReportState.DRAFT)


def report_standing(reports: Sequence[ReportFact], on: date) -> Verdict:
    """The verdict of the reports, given in order of month, as of day ``on``.

    The latest month whose due day has come speaks, unless a newer one was already handed in. An accepted "done" closes the
    reporting: months left silent after it are not missing.
    """
    for at in range(len(reports) - 1, -1, -1):
        report = reports[at]
        silent = report.state in _SILENT
        if silent and report.due_on >= on:  # in time through the due day itself
            continue
        if not silent:
            return _spoken(report, on)
        if closing := _closing(reports[:at]):
            return _spoken(closing, on)
        return _missing(report, on)
    return Verdict(Light.GREY, (_first_due(reports),))


def latest_accepted(reports: Sequence[ReportFact]) -> ReportFact | None:
    """The newest accepted report, given in order of month; None when there is none."""
    return next((report for report in reversed(reports) if report.state is ReportState.ACCEPTED), None)


def _closing(reports: Sequence[ReportFact]) -> ReportFact | None:
    """The accepted "done" that nothing handed in later takes back."""
    last = next((report for report in reversed(reports) if report.state not in _SILENT), None)
    return last if last and last.state is ReportState.ACCEPTED and last.standing is Standing.DONE else None


def accepted_light(report: ReportFact | None) -> Verdict:
    """What an accepted report says; grey without one."""
    if report is None or report.state is not ReportState.ACCEPTED or report.standing is None:
        return Verdict(Light.GREY, ("尚无审核采用的进展报告",))
    return Verdict(_CLAIM[report.standing], (f"{report.month.month}月进展报告自评“{_WORDS[report.standing]}”，已审核采用",))


def _spoken(report: ReportFact, on: date) -> Verdict:
    if report.state is ReportState.RETURNED:
        return _returned(report, on)
    if report.state is ReportState.ACCEPTED:
        return accepted_light(report)
    if report.standing is None:
        msg = f"a submitted report claims something: {report.month}"
        raise ValueError(msg)
    light = _CLAIM[report.standing]
    claimed = Light.GREEN if light is Light.BLUE else light  # done only once somebody else agrees
    return Verdict(claimed, (f"{report.month.month}月进展报告自评“{_WORDS[report.standing]}”，待审核",))


def _returned(report: ReportFact, on: date) -> Verdict:
    """Amber while there is time to hand it in again: until ``resubmit_by``, and in any case until the month itself is due."""
    why = f"（{report.returned_why}）" if report.returned_why else ""
    back = f"{report.month.month}月进展报告{_day(report.returned_on)}被退回{why}"
    last = max(report.due_on, report.resubmit_by or report.due_on)
    if (late := (on - last).days) > 0:
        return Verdict(Light.RED, (f"{back}，应于{_day(last)}前重报，已逾期{late}天",))
    return Verdict(Light.AMBER, (f"{back}，请于{_day(last)}前重报",))


def _missing(report: ReportFact, on: date) -> Verdict:
    late = (on - report.due_on).days
    return Verdict(Light.RED, (f"{report.month.month}月进展报告应于{_day(report.due_on)}报送，尚未报送，已逾期{late}天",))


def _first_due(reports: Sequence[ReportFact]) -> str:
    if not reports:
        return "尚无应报的进展报告"
    return f"首次进展报告（{reports[0].month.month}月）{_day(reports[0].due_on)}到期"


def _day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""
