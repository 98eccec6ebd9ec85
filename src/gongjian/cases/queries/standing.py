"""How the cases of many kinds stood on many days: open, overdue, closed, as known by the end of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from gongjian.cases.models import OPEN, Case, CaseStep
from gongjian.trail.office_day import end_of, start_of

AT_ONCE = 60  # days asked of one statement: each is a column


@dataclass(frozen=True, slots=True)
class Standing:
    """Cases of one kind on a day: still open, of these past their time, and closed since the day asked for."""

    open: int = 0
    overdue: int = 0
    closed: int = 0


def standings(kinds: Collection[str], days: Collection[date], *, since: date | None = None) -> dict[str, dict[date, Standing]]:
    """Each kind on each day; three queries for every sixty days, however many kinds and cases there are.

    ``closed`` counts those closed from ``since`` on (None: ever) and not reopened. Open cases are those of any age. What is suspended is
    open and not overdue.
    """
    ordered = sorted(set(days))
    found: dict[str, dict[date, Standing]] = {kind: {} for kind in kinds}
    for start in range(0, len(ordered), AT_ONCE):
        _fill(found, ordered[start : start + AT_ONCE], since)
    return found


def _fill(found: dict[str, dict[date, Standing]], days: Sequence[date], since: date | None) -> None:
    ends = dict(enumerate(map(end_of, days)))
    steps = CaseStep.objects.filter(kind__in=found)
    changes = _by_kind(_changes(steps.exclude(open_change=0, closed_change=0), ends, since))
    ended = _by_kind(_overdue_then(steps.filter(due_at__lt=_last(ends)), ends))
    standing = _by_kind(_overdue_now(Case.objects.filter(kind__in=found, state__in=OPEN, due_at__lt=_last(ends)), ends))
    for kind, by_day in found.items():
        for number, day in enumerate(days):
            moved, then, now = (rows.get(kind, {}) for rows in (changes, ended, standing))
            overdue = (then.get(f"d{number}") or 0) + (now.get(f"d{number}") or 0)
            by_day[day] = Standing(moved.get(f"o{number}") or 0, overdue, moved.get(f"c{number}") or 0)


def _changes(steps: QuerySet[CaseStep], ends: Mapping[int, datetime], since: date | None) -> Any:
    """Open and closed by each end: every change until then added up."""
    closing = Q(at__gte=start_of(since)) if since else Q()
    opened = {f"o{number}": Sum("open_change", filter=Q(at__lt=end)) for number, end in ends.items()}
    closed = {f"c{number}": Sum("closed_change", filter=closing & Q(at__lt=end)) for number, end in ends.items()}
    return steps.order_by().values("kind").annotate(**opened, **closed)


def _overdue_then(steps: QuerySet[CaseStep], ends: Mapping[int, datetime]) -> Any:
    """Stretches that are over: overdue on a day that lies in them and after their time."""
    columns = {f"d{number}": Count("pk", filter=Q(since__lt=end, at__gte=end, due_at__lt=end)) for number, end in ends.items()}
    return steps.filter(late=True).order_by().values("kind").annotate(**columns)


def _overdue_now(cases: QuerySet[Case], ends: Mapping[int, datetime]) -> Any:
    """The stretches that still last."""
    columns = {f"d{number}": Count("pk", filter=Q(since__lt=end, due_at__lt=end)) for number, end in ends.items()}
    return cases.order_by().values("kind").annotate(**columns)


def _last(ends: Mapping[int, datetime]) -> datetime:
    return max(ends.values())


def _by_kind(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["kind"]: row for row in rows}
