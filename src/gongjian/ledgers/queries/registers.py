"""Who is in a derived register, since when and why; who was, and left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongjian.ledgers.models.registers import Membership, Touch
from gongjian.ledgers.queries.holding import touched_last
from gongjian.ledgers.registers import DerivedRegister
from gongjian.trail.office_day import end_of


@dataclass(frozen=True, slots=True)
class RegisterState:
    """A register on a day: how many are in, who of them does what it asks (None: it asks for nothing), when it was last worked out."""

    members: int
    keeping: int | None
    worked_out_on: date | None


def memberships(register: DerivedRegister, on: date) -> QuerySet[Membership]:
    """The stays in force on a day, as known by its end: the latest comers first."""
    return stays(register, on).filter(since__lte=on).filter(Q(until=None) | Q(until__gt=on)).order_by("-since", "entry__code")


def former(register: DerivedRegister, on: date) -> QuerySet[Membership]:
    """The stays that had ended by a day: the latest to leave first."""
    return stays(register, on).filter(until__lte=on).order_by("-until", "entry__code")


def stays(register: DerivedRegister, on: date) -> QuerySet[Membership]:
    """Every stay as known by the end of a day."""
    over = end_of(on)
    known = Q(entered_at__lt=over) & (Q(replaced_at=None) | Q(replaced_at__gte=over))
    return Membership.objects.filter(known, register=register.slug).select_related("entry")


def of_entry(entry: int, on: date) -> list[Membership]:
    """The registers an entry is in on a day."""
    return list(Membership.objects.filter(entry=entry, replaced_at=None, since__lte=on).filter(Q(until=None) | Q(until__gt=on)))


def insides(slug: str, days: Sequence[date]) -> list[set[int]]:
    """Who is in a register on each of ``days``, as known by the end of each; one query."""
    if not days:
        return []
    rows = Membership.objects.filter(register=slug, since__lte=max(days), entered_at__lt=end_of(max(days)))
    held = list(rows.values_list("entry_id", "since", "until", "entered_at", "replaced_at"))
    return [
        {
            entry
            for entry, since, until, entered, replaced in held
            if since <= day and (until is None or until > day) and entered < end_of(day) and (replaced is None or replaced >= end_of(day))
        }
        for day in days
    ]


def touched(first: date, last: date) -> dict[str, list[date]]:
    """The days from ``first`` to ``last`` on which each table was written to, ascending; one query."""
    found: dict[str, list[date]] = defaultdict(list)
    for table, day in Touch.objects.filter(day__range=(first, last)).order_by("day").values_list("table", "day"):
        found[table].append(day)
    return found


def state(register: DerivedRegister, on: date) -> RegisterState:
    """How the register stands on a day; two queries and what ``kept`` asks."""
    (inside,) = insides(register.slug, [on])
    keeping = len(inside.intersection(register.kept([on])[0])) if register.kept else None
    return RegisterState(len(inside), keeping, touched_last(register.slug, on))
