"""Statistics of cases by kind, department or street: how many, how punctually, how quickly, how lastingly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from gongjian.cases.models import OPEN, Case
from gongjian.cases.queries.concerning import within
from gongjian.cases.registry import kinds
from gongjian.people.models import Department
from gongjian.people.permissions import Reach
from gongjian.trail.office_day import end_of, start_of

BY: Mapping[str, str] = {"kind": "问题类型", "department": "办理部门", "street": "街道（镇）"}


@dataclass(frozen=True, slots=True)
class Tally:
    """One group in a period: found in it; closed in it, of these with every step in time; median days from finding to closing.

    ``reopened`` are those closed in it that had been reopened before; ``open`` are still open now, whenever found. ``on_time`` is a share
    (0 to 1); it and ``days`` are None where nothing was closed.
    """

    key: str
    title: str
    found: int
    closed: int
    on_time: float | None
    days: float | None
    reopened: int
    open: int


def statistics(reach: Reach, first: date, last: date, by: str) -> list[Tally]:
    """Every group with something to tell, the largest first, and the whole (key ``""``) at the end; four queries at most.

    The database counts by group and hours taken; only the median is found here, from those counts. ValueError for what cannot be
    grouped by.
    """
    if by not in BY:
        msg = f"cases are not counted by {by}"
        raise ValueError(msg)
    visible = Case.objects.filter(within(reach)).order_by()
    begin, end = start_of(first), end_of(last)
    found = dict(visible.filter(found_at__gte=begin, found_at__lt=end).values_list(by).annotate(n=Count("pk")))
    still = dict(visible.filter(state__in=OPEN).values_list(by).annotate(n=Count("pk")))
    closed = _closed(visible.filter(closed_at__gte=begin, closed_at__lt=end), by)
    titles = _titles(by)
    groups = [
        _tally(key, titles.get(key) or str(key or "（未填）"), found.get(key, 0), closed.get(key, []), still.get(key, 0))
        for key in {**found, **still, **closed}
    ]
    whole = _tally("", "合计", sum(found.values()), [row for rows in closed.values() for row in rows], sum(still.values()))
    return [*sorted(groups, key=lambda one: (-one.found, one.title)), whole] if groups else []


Closed = tuple[int, int, int, int]  # hours taken; how many took so long, of these in time, of these reopened before


def _closed(cases: QuerySet[Case], by: str) -> dict[str, list[Closed]]:
    counted = cases.values_list(by, "took_hours").annotate(
        n=Count("pk"), in_time=Count("pk", filter=Q(late=False)), again=Count("pk", filter=Q(reopened__gt=0))
    )
    rows: dict[str, list[Closed]] = defaultdict(list)
    for key, *row in counted:
        rows[key].append((row[0], row[1], row[2], row[3]))
    return rows


def _tally(key: object, title: str, found: int, closed: Sequence[Closed], still: int) -> Tally:
    number = sum(row[1] for row in closed)
    return Tally(
        key="" if key is None else str(key),
        title=title,
        found=found,
        closed=number,
        on_time=sum(row[2] for row in closed) / number if number else None,
        days=median_hours(closed) / 24 if number else None,
        reopened=sum(row[3] for row in closed),
        open=still,
    )


def median_hours(closed: Sequence[Closed]) -> float:
    """The median of hours taken, given how many took how long; ValueError for none."""
    ordered = sorted(closed)
    number = sum(row[1] for row in ordered)
    if not number:
        msg = "nothing has no median"
        raise ValueError(msg)
    wanted = ((number - 1) // 2, number // 2)
    middle, seen = [], 0
    for hours, count, *_ in ordered:
        middle += [hours for position in wanted if seen <= position < seen + count]
        seen += count
    return sum(middle) / 2


def _titles(by: str) -> dict[object, str]:
    if by == "department":
        return dict(Department.objects.annotate(key=F("pk")).values_list("key", "name"))
    if by == "kind":
        return {kind.slug: kind.title for kind in kinds()}
    return {}
