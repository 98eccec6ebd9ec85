"""The board: what waits for this person's departments today, what is late, what is about to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from gongjian.cases.flow import AWAITED, LOOP
from gongjian.cases.models import Assistance, Case, Postponement, State
from gongjian.cases.queries.sifting import soon_until
from gongjian.people.models import User
from gongjian.people.permissions import Reach, reach
from gongjian.people.roles import Permission
from gongjian.trail.clock import local_day
from gongjian.trail.office_day import start_of

SHOWN = 10  # of each list


@dataclass(frozen=True, slots=True)
class Board:
    """``counts`` are the cases whose turn it is, by state; ``overdue``, ``soon`` and ``fresh`` the most pressing of them."""

    counts: dict[str, int]
    late: int
    pressing: int
    came_today: int
    overdue: list[Case]
    soon: list[Case]
    fresh: list[Case]
    help_asked: list[Assistance]
    time_asked: list[Postponement]

    @property
    def total(self) -> int:
        """How many wait in all."""
        return sum(self.counts.values())


def board(user: User, at: datetime) -> Board:
    """What waits for ``user`` at a moment; seven queries, however many cases there are."""
    mine = Case.objects.filter(my_turn(user, at))
    soon, today = soon_until(at), start_of(local_day(at))
    rows = mine.values("state").annotate(
        total=Count("pk"),
        late=Count("pk", filter=Q(due_at__lt=at)),
        pressing=Count("pk", filter=Q(due_at__gte=at, due_at__lte=soon)),
        came=Count("pk", filter=Q(since__gte=today)),
    )
    found = {row["state"]: row for row in rows.order_by()}
    listed = mine.select_related("department", "origin")
    return Board(
        counts={state: found[state]["total"] for state in AWAITED if state in found},
        late=sum(row["late"] for row in found.values()),
        pressing=sum(row["pressing"] for row in found.values()),
        came_today=sum(row["came"] for row in found.values()),
        overdue=list(listed.filter(due_at__lt=at).order_by("due_at", "id")[:SHOWN]),
        soon=list(listed.filter(due_at__gte=at, due_at__lte=soon).order_by("due_at", "id")[:SHOWN]),
        fresh=list(listed.filter(since__gte=today).exclude(due_at__lte=soon).order_by("-since", "-id")[:SHOWN]),
        help_asked=list(_help_asked(user, at)[:SHOWN]),
        time_asked=list(_time_asked(user, at)[:SHOWN]),
    )


def my_turn(user: User, at: datetime) -> Q:
    """The cases whose awaited step this person may take; nothing for somebody who may take none."""
    day = local_day(at)
    turn = Q()
    for permission in (Permission.CASE_HAND_OVER, Permission.CASE_HANDLE, Permission.CASE_VERIFY):
        states = [state for state, step in AWAITED.items() if LOOP.step(state, step).permission == permission]
        field = "department" if permission is Permission.CASE_HANDLE else "origin"
        turn |= _of(reach(user, permission, on=day), field, states)
    return turn


def _of(found: Reach, field: str, states: list[State]) -> Q:
    if not found:
        return Q(pk__in=[])  # which a database is never asked about
    return Q(state__in=states) if found.everywhere else Q(state__in=states, **{f"{field}__in": found.departments})


def _help_asked(user: User, at: datetime) -> QuerySet[Assistance]:
    own = reach(user, Permission.CASE_HANDLE, on=local_day(at)).departments
    return Assistance.objects.filter(answered_at=None, department__in=own).prefetch_related("case").order_by("asked_at")


def _time_asked(user: User, at: datetime) -> QuerySet[Postponement]:
    found = reach(user, Permission.CASE_VERIFY, on=local_day(at))
    asked = Postponement.objects.filter(answered_at=None).exclude(by=user)
    waiting = asked.prefetch_related("case").order_by("at")  # joined, SQLite would begin with all cases
    if found.everywhere:
        return waiting
    return waiting.filter(case__origin__in=found.departments)
