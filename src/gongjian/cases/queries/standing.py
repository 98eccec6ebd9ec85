"""How the cases of many kinds stood on many days: open, overdue, closed, as known by the end of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from gongjian.cases.models import OPEN, Case, CaseStep
from gongjian.trail.office_day import end_of

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
    changes = _changes(steps.filter(open_change__isnull=False, on__lte=days[-1]), days, since)
    ended = _by_kind(_overdue_then(steps.filter(due_at__lt=_last(ends)), ends))
    standing = _by_kind(_overdue_now(Case.objects.filter(kind__in=found, state__in=OPEN, due_at__lt=_last(ends)), ends))
    for kind, by_day in found.items():
        for number, day in enumerate(days):
            overdue = sum(rows.get(kind, {}).get(f"d{number}") or 0 for rows in (ended, standing))
            still, over = changes.get((kind, day), (0, 0))
            by_day[day] = Standing(still, overdue, over)


def _changes(steps: QuerySet[CaseStep], days: Sequence[date], since: date | None) -> dict[tuple[str, date], tuple[int, int]]:
    """Open and closed by the end of each day: the changes of every day, added up as the days go by."""
    by_day = steps.order_by("kind", "on").values_list("kind", "on").annotate(Sum("open_change"), Sum("closed_change"))
    found: dict[tuple[str, date], tuple[int, int]] = {}
    for kind, rows in groupby(by_day, key=itemgetter(0)):
        changed = list(rows)
        for day in days:
            past = [row for row in changed if row[1] <= day]
            closed = sum(row[3] for row in past if since is None or row[1] >= since)
            found[kind, day] = (sum(row[2] for row in past), closed)
    return found


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
