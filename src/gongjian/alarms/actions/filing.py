"""Alarms and findings that become cases: found by the system, handed over to the department of the outlet, linked both ways, once."""

from __future__ import annotations

from datetime import datetime

from gongjian.alarms.models import Alarm, Outlet, QualityFinding
from gongjian.alarms.rules import find_rule
from gongjian.alarms.telling import told_alarm
from gongjian.cases.actions.finding import Finding, find_problem
from gongjian.cases.actions.stepping import take
from gongjian.cases.models import Case, Finder
from gongjian.standards.quality.catalogue import detector

ABNORMAL = "online-abnormal"
PERIOD_WORDS = 80  # characters of a case's title


def case_of_alarm(alarm: Alarm, why: str, *, at: datetime) -> Case:
    """The case an alarm becomes; the one it became where it did. Minor rules have no kind of case of their own: they are abnormal data."""
    rule = find_rule(alarm.rule)
    description = f"{told_alarm(alarm)}\n报警编号 {alarm.number}，{alarm.opened_at:%Y-%m-%d %H:%M} 报警。{why}"
    kind, level = rule.case_kind or ABNORMAL, rule.level
    return _filed(alarm.outlet, (kind, level), f"{alarm.outlet}：{alarm.title}", description, alarm.since, f"alarm-{alarm.pk}", at)


def case_of_finding(found: QualityFinding, why: str, *, at: datetime) -> Case:
    """The case a finding of data quality becomes."""
    title = f"{found.outlet}：{found.factor.name}{detector(found.detector).title}"
    description = f"{found.words}\n{detector(found.detector).why}{why}"
    return _filed(found.outlet, (ABNORMAL, "general"), title, description, found.last, f"finding-{found.pk}", at)


def _filed(outlet: Outlet, kind: tuple[str, str], title: str, description: str, found_at: datetime, token: str, at: datetime) -> Case:
    station = outlet.station
    finding = Finding(
        kind=kind[0],
        level=kind[1],
        title=title[:PERIOD_WORDS],
        description=description,
        found_at=min(found_at, at),
        finder=Finder.DEVICE,
        found_by=station.name,
        entry=outlet.entry,
        street=outlet.street,
        address=outlet.address,
        lon=station.longitude,
        lat=station.latitude,
    )
    case = find_problem(finding, by=None, at=at, token=token)
    return take(case, "hand_over", {"department": outlet.department}, by=None, at=at, token=token)
