"""Narrowing the lists of alarms and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from gongjian.alarms.models import Alarm, QualityFinding
from gongjian.alarms.queries.reaching import within
from gongjian.alarms.rules import RULES
from gongjian.alarms.severity import Severity
from gongjian.alarms.states import ALARM_OPEN, AlarmState, FindingState
from gongjian.people.permissions import Reach

LOOKS = {"": "待处理的", "lasting": "仍在持续", "all": "全部"}  # besides the states themselves
FINDING_LOOKS = {"": "待查看的", "all": "全部"}
LONGEST = 40  # characters of a search
LASTING = Q(ended=None, withdrawn_at=None)


@dataclass(frozen=True, slots=True)
class AlarmSieve:
    """What a list is narrowed to, as the address says it; empty: everything that still waits for somebody."""

    state: str = ""
    severity: str = ""
    sort: str = ""
    detector: str = ""
    outlet: str = ""
    factor: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def query(self, **changed: str) -> str:
        """The address's parameters, some said differently."""
        said = {field.name: getattr(self, field.name) for field in fields(self)} | changed
        return urlencode({name: value for name, value in said.items() if value})


def sieve_of(parameters: Mapping[str, str]) -> AlarmSieve:
    """The narrowing an address asks for; what it asks for wrongly is ignored."""
    return AlarmSieve(**{field.name: parameters.get(field.name, "").strip()[:LONGEST] for field in fields(AlarmSieve)})


def sifted(reach: Reach, sieve: AlarmSieve) -> QuerySet[Alarm]:
    """The alarms somebody may see that the sieve lets through: what waits first, the worst first, the latest first."""
    found = Alarm.objects.filter(within(reach), _state(sieve.state), **_plain(sieve))
    if sieve.severity in Severity.values:
        found = found.filter(severity=sieve.severity)
    if sieve.sort:
        found = found.filter(rule__in=[rule.slug for rule in RULES if rule.sort == sieve.sort])
    if sieve.text:
        found = found.filter(_said(sieve.text))
    order = ("severity", "-since", "-pk") if sieve.state in {"", "lasting"} or sieve.state in ALARM_OPEN else ("-since", "-pk")
    return found.select_related("outlet__station", "outlet__department", "factor", "case").order_by(*order)


def sifted_findings(reach: Reach, sieve: AlarmSieve) -> QuerySet[QualityFinding]:
    """The findings somebody may see that the sieve lets through, the latest first."""
    state = Q(state=sieve.state) if sieve.state in FindingState.values else Q() if sieve.state == "all" else Q(state=FindingState.FRESH)
    found = QualityFinding.objects.filter(within(reach), state, **_plain(sieve))
    if sieve.detector:
        found = found.filter(detector=sieve.detector)
    if sieve.text:
        found = found.filter(_said(sieve.text))
    return found.select_related("outlet__station", "outlet__department", "factor").order_by("-last", "-pk")


def counted(reach: Reach) -> dict[str, int]:
    """How many alarms wait for somebody, by state and by severity, and how many still last; one query."""
    rows = Alarm.objects.filter(within(reach), Q(state__in=ALARM_OPEN) | LASTING)
    grouped = rows.order_by().values_list("state", "severity").annotate(Count("pk"), lasting=Count("pk", filter=LASTING))
    counts: dict[str, int] = {"lasting": 0, "open": 0}
    for state, severity, number, still in grouped:
        counts["lasting"] += still
        if state in ALARM_OPEN:
            counts["open"] += number
            counts[f"state-{state}"] = counts.get(f"state-{state}", 0) + number
            counts[severity] = counts.get(severity, 0) + number
    return counts


def _state(state: str) -> Q:
    if state in AlarmState.values:
        return Q(state=state)
    if state == "lasting":
        return LASTING
    return Q() if state == "all" else Q(state__in=ALARM_OPEN)


def _plain(sieve: AlarmSieve) -> dict[str, str]:
    found = {"factor__code": sieve.factor} if sieve.factor else {}
    return found | ({"outlet": sieve.outlet} if sieve.outlet.isdecimal() and len(sieve.outlet) < len("9" * 18) else {})


def _said(text: str) -> Q:
    return Q(outlet__holder__contains=text) | Q(outlet__station__name__contains=text) | Q(outlet__address__contains=text)
