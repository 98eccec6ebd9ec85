"""Narrowing the list of cases: by kind, state, level, department, street, words; and the same cases as columns by state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet

from gongjian.cases.clocks import office
from gongjian.cases.models import OPEN, Case, State
from gongjian.cases.queries.concerning import within
from gongjian.people.permissions import Reach

SHOWN = 12  # cards of one column
LOOKS = {"": "在办的", "overdue": "已超时", "soon": "即将超时", "all": "全部"}  # besides the states themselves
LONGEST = 40  # characters of a search


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a list is narrowed to, as the address says it; empty is everything that is open."""

    kind: str = ""
    state: str = ""
    level: str = ""
    department: str = ""
    street: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def query(self, **changed: str) -> str:
        """The address's parameters, some said differently."""
        said = {field.name: getattr(self, field.name) for field in fields(self)} | changed
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True, slots=True)
class Column:
    """One state with how many cases it has and the most pressing of them."""

    state: State
    total: int
    cases: list[Case]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.cases)


def sieve_of(parameters: Mapping[str, str]) -> Sieve:
    """The narrowing an address asks for; what it asks for wrongly is ignored."""
    return Sieve(**{field.name: parameters.get(field.name, "").strip()[:LONGEST] for field in fields(Sieve)})


def sifted(reach: Reach, sieve: Sieve, at: datetime) -> QuerySet[Case]:
    """The cases somebody may see that the sieve lets through: the most pressing first, those that are over by when they were found."""
    found = Case.objects.filter(within(reach), _looked_for(sieve.state, at), **_plain(sieve)).select_related("department", "origin")
    if sieve.text:
        found = found.filter(_said(sieve.text))
    if sieve.state in {"", "overdue", "soon"} or sieve.state in OPEN:
        return found.order_by(F("due_at").asc(nulls_last=True), "id")
    return found.order_by("-found_at", "-id")


def fetched(keys: Sequence[int]) -> list[Case]:
    """The cases of these keys, in their order: a page is chosen and sorted within an index, and only then read."""
    found = Case.objects.select_related("department", "origin").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def soon_until(at: datetime) -> datetime:
    """Up to when a deadline is about to pass: the closing of the office on the next working day."""
    worktime = office(at)
    return worktime.closing(worktime.calendar.add_working_days(at.date(), 1), at)


def columns(reach: Reach, sieve: Sieve, at: datetime) -> list[Column]:
    """The open cases as columns: one query for the numbers, one for the cards of each state that has any."""
    base = sifted(reach, sieve, at).filter(state__in=OPEN)
    totals = dict(base.order_by().values_list("state").annotate(total=Count("pk")))
    return [Column(state, totals.get(state, 0), list(base.filter(state=state)[:SHOWN]) if totals.get(state) else []) for state in OPEN]


def _looked_for(state: str, at: datetime) -> Q:
    if state == "overdue":
        return Q(state__in=OPEN, due_at__lt=at)
    if state == "soon":
        return Q(state__in=OPEN, due_at__gte=at, due_at__lte=soon_until(at))
    if state in State.values:
        return Q(state=state)
    return Q() if state == "all" else Q(state__in=OPEN)


def _plain(sieve: Sieve) -> dict[str, str]:
    found = {"kind": sieve.kind, "level": sieve.level, "street": sieve.street}
    if sieve.department.isdecimal():
        found["department"] = sieve.department
    return {name: value for name, value in found.items() if value}


def _said(text: str) -> Q:
    """A number as people quote it, or words of the title, the thing or the place."""
    number = text.rpartition("-")[2]
    if number.isdecimal() and len(number) < len("9" * 18):
        return Q(pk=int(number)) | Q(label__contains=text)
    return Q(title__contains=text) | Q(label__contains=text) | Q(address__contains=text)
