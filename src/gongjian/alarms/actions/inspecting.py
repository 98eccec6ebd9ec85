"""Looking through the data of outlets for what is wrong with them, and what inspectors do with what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from django.db import transaction

from gongjian.alarms.actions.filing import case_of_finding
from gongjian.alarms.engine.limits import LimitLine, limits_at
from gongjian.alarms.flow import FINDING, LONGEST
from gongjian.alarms.models import FindingStep, Outlet, QualityFinding
from gongjian.alarms.queries.standing import limit_lines
from gongjian.alarms.registry import sources
from gongjian.alarms.source import Source
from gongjian.alarms.states import FindingState
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.standards.quality.catalogue import detector, look
from gongjian.standards.quality.copies import DAYS_BACK
from gongjian.standards.quality.findings import Detector, Finding, Subject
from gongjian.standards.quality.parameters import parameters_on
from gongjian.standards.quality.series import Series
from gongjian.telemetry.models import Factor
from gongjian.telemetry.moments import begin, end, from_seconds
from gongjian.telemetry.store import Period, SeriesKey
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

REPEATS = "replay"  # the detector that looks at days before
LOOKED_AT = Period.HOUR  # the period findings are made of: what permits bind


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding where it was seen."""

    outlet: Outlet
    factor: Factor
    key: SeriesKey
    detector: Detector
    finding: Finding

    @property
    def cause(self) -> str:
        """What keeps it one however often it is found: where it begins, for what is seen of a whole window the window's beginning."""
        return f"{self.detector.slug}:{self.outlet.pk}:{self.key.factor}:{self.key.period}:{self.finding.first}"


def look_through(first: date, last: date, *, now: datetime, among: Sequence[Source] | None = None) -> int:
    """Run every detector over the hourly values of every outlet from a day to another; how many findings are new.

    Run again it finds the same: what is known is brought up to date, what somebody has looked at is left as it was looked at.
    """
    outlets = {one.station.code: one for one in Outlet.objects.filter(active=True).select_related("station", "department")}
    factors = {factor.code: factor for factor in Factor.objects.all()}
    lines = limit_lines(outlets)
    new = 0
    for source in sources() if among is None else among:
        wanted = [key for key in source.keys(outlets.keys()) if key.period is LOOKED_AT and key.factor in factors]
        read = {key: source.window(key, begin(first - timedelta(DAYS_BACK)), end(last)) for key in wanted}
        table = Table(outlets, factors, read, lines)
        seen = [Seen(outlets[key.station], factors[key.factor], key, *one) for key in wanted for one in _looked(key, table, first, last)]
        new += _keep_all(seen, now=now)
    return new


@transaction.atomic
def decide(
    found: QualityFinding, name: str, words: str, *, by: User | None, at: datetime, version: int | None = None, token: str = ""
) -> QualityFinding:
    """What an inspector does with a finding: nothing wrong, a case, look again. Refusals and Forbidden as for an alarm."""
    rows = QualityFinding.objects.select_for_update(of=("self",)).select_related(
        "outlet__station", "outlet__department", "outlet__entry", "factor"
    )
    found = rows.get(pk=found.pk)
    if token and FindingStep.objects.filter(finding=found, step=name, token=token).exists():
        return found
    if version is not None and version != found.version:
        msg = f"这条疑点在您打开之后有了变动，现在是“{FindingState(found.state).label}”。您的操作没有执行，请看过最新情况后再办。"
        raise Refusal(msg)
    arrow, text, before = FINDING.step(FindingState(found.state), name), words.strip(), found.state
    require(by, Permission(arrow.permission), departments=[found.outlet.department_id], on=local_day(at))
    if len(text) > LONGEST:
        msg = f"“查看情况”有 {len(text)} 个字，最多 {LONGEST} 个字，请精简。"
        raise Refusal(msg)
    state = FINDING.take(FindingState(found.state), name, {"words": text})
    if state is FindingState.CASED:
        found.case = case_of_finding(found, f"\n查看情况：{text}", at=at)
    found.state, found.version = state, found.version + 1
    found.save()
    record(f"finding.{name}", found, by=by, at=at, before={"state": before}, after={"state": state}, note=text)
    label = str(by) if by else "系统"
    FindingStep.objects.create(finding=found, step=name, state=state, words=text, at=at, by=by, by_label=label, token=token)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What a source says of every outlet, with their limits: what one series is looked at beside."""

    outlets: Mapping[str, Outlet]
    factors: Mapping[str, Factor]
    read: Mapping[SeriesKey, Series]
    lines: Mapping[tuple[str, str, str], list[LimitLine]]

    def subject(self, key: SeriesKey, first: int, last: int) -> Subject:
        """A series from one moment to another, beside those of the same factor at outlets of the same kind."""
        series, kind = self.read[key].within(first, last), self.outlets[key.station].station.kind
        upper = limits_at(self.lines.get((key.station, key.factor, key.period.value), []), series.moments)[1]
        others = {
            str(self.outlets[other.station]): known.within(first, last)
            for other, known in self.read.items()
            if other.factor == key.factor and other != key and self.outlets[other.station].station.kind == kind
        }
        unit = self.factors[key.factor].unit
        return Subject(key.factor, unit, series, first, last, parameters_on(from_seconds(last).date()), upper, others)


def _looked(key: SeriesKey, table: Table, first: date, last: date) -> list[tuple[Detector, Finding]]:
    """What detectors see in one series. The days before the first are there for what repeats them, and told of by nobody else."""
    subject = table.subject(key, begin(first), end(last))
    earlier = table.read[key]
    repeats = detector(REPEATS)
    found = [(one, finding) for one, finding in look(subject) if one is not repeats]
    whole = replace(subject, series=earlier, upper=np.full(len(earlier), np.nan))
    return found + [(repeats, finding) for finding in repeats.look(whole)]


@transaction.atomic
def _keep_all(seen: Sequence[Seen], *, now: datetime) -> int:
    known = {one.cause: one for one in QualityFinding.objects.filter(cause__in=[one.cause for one in seen])}
    new = 0
    for one in seen:
        new += _keep(one, known.get(one.cause), now)
    return new


def _keep(seen: Seen, known: QualityFinding | None, now: datetime) -> bool:
    finding = seen.finding
    row = known or QualityFinding(
        outlet=seen.outlet,
        factor=seen.factor,
        period=seen.key.period.value,
        detector=seen.detector.slug,
        cause=seen.cause,
        first=from_seconds(finding.first),
        found_at=now,
    )
    if known is not None and known.state != FindingState.FRESH:
        return False
    row.last, row.words, row.figures, row.seen_at = from_seconds(finding.last), finding.words, dict(finding.figures), now
    row.save()
    if known is None:
        record("finding.found", row, by=None, at=now, after={"detector": row.detector, "first": row.first}, note=row.words)
    return known is None
