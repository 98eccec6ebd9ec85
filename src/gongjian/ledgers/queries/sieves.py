"""What a list can be narrowed by, from the fields of its table, and the conditions that follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from django.db.models import F, Func, Q
from django.db.models.lookups import Exact, GreaterThanOrEqual, IsNull, LessThanOrEqual

from gongjian.ledgers.declaration import Ledger, Placed, Table
from gongjian.ledgers.fields import FieldSpec, Kind, spec
from gongjian.ledgers.models import Status
from gongjian.ledgers.queries.searching import words
from gongjian.people.models import Department
from gongjian.people.models import Kind as Body

EMPTY = "-"  # the value by which a filter asks for what is not filled in
ALL = "all"
PLACE = "lon"  # by which a list is narrowed to what has no place yet
YES_NO = (("1", "是"), ("0", "否"))
LIFE = (("", "在册（含停用）"), ("active", "在册，不含停用"), ("suspended", "停用"), ("withdrawn", "已退出"), (ALL, "全部"))


class Way(StrEnum):
    """How a field is narrowed."""

    CHOOSE = "choose"
    DAYS = "days"
    NUMBERS = "numbers"
    WORDS = "words"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Sieve:
    """One field to narrow by: by one parameter of its name, or as a range by two, ``name-from`` and ``name-to``.

    ``options`` are those of a select, without the empty first. ``whole`` says the first, which leaves everything in.
    """

    spec: FieldSpec
    way: Way
    options: tuple[tuple[str, str], ...] = ()
    whole: str = "全部"

    @property
    def name(self) -> str:
        """The field."""
        return self.spec.name

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of an address it reads."""
        return (f"{self.name}-from", f"{self.name}-to") if self.way in (Way.DAYS, Way.NUMBERS) else (self.name,)


@dataclass(frozen=True, slots=True)
class Term:
    """A condition, and where it has an index the same said so that SQLite does not go by it. ``few`` holds for few rows: go by that."""

    plain: Any
    beside: Any = None
    few: bool = False


class Unindexed(Func):
    """The field itself, said so that SQLite chooses no index for it; elsewhere the planner knows better than we."""

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """With a sign before it, which changes no value."""
        return super().as_sql(compiler, connection, template="+%(expressions)s", **more)


@cache
def sieves(table: Table) -> tuple[Sieve, ...]:
    """What the list of a table can be narrowed by; what only the database knows is added by ``with_options``."""
    first = "status" if isinstance(table, Ledger) else "on"
    last = (PLACE,) if isinstance(table, Ledger) and table.placed is not Placed.NOWHERE else ()
    return tuple(_sieve(table, name) for name in dict.fromkeys((first, *table.filters, *last)))


def of_kind(slug: str) -> Term:
    """That an entry is of a ledger."""
    return Term(Q(kind=slug), Exact(Unindexed(F("kind")), slug))


def with_options(found: Sequence[Sieve]) -> list[Sieve]:
    """The same with departments and streets filled in; at most one query."""
    if not any(sieve.spec.kind is Kind.DEPARTMENT or sieve.name == "street" for sieve in found):
        return list(found)
    departments = list(Department.objects.all())
    bodies = tuple((str(one.pk), one.label) for one in departments if one.active)
    streets = tuple((one.name, one.name) for one in departments if one.kind in (Body.STREET, Body.TOWN))
    own = {Kind.DEPARTMENT: bodies, Kind.TEXT: streets}
    return [
        replace(sieve, options=own[sieve.spec.kind] + sieve.options)
        if sieve.way is Way.CHOOSE and (sieve.name == "street" or sieve.spec.kind is Kind.DEPARTMENT)
        else sieve
        for sieve in found
    ]


def terms(table: Table, given: Mapping[str, str], on: date) -> Iterator[Term]:
    """The conditions that the parameters ask for; what makes no sense was taken out before (see ``sensible``)."""
    for sieve in sieves(table):
        values = [given.get(parameter, "") for parameter in sieve.parameters]
        if sieve.name == "status":
            yield from _life(values[0], on)
        elif any(values):
            yield from _terms(sieve, values)


def sensible(sieve: Sieve, value: str) -> bool:
    """Whether a parameter's value can be made a condition of."""
    if sieve.spec.name == "status":
        return value in dict(LIFE)
    if value == EMPTY and sieve.way in (Way.CHOOSE, Way.ENTRY):
        return not sieve.spec.required
    try:
        return _read(sieve, value) is not None
    except ValueError:
        return False


def _sieve(table: Table, name: str) -> Sieve:
    field = spec(table, name)
    if name == "status":
        return Sieve(field, Way.CHOOSE, LIFE[1:], LIFE[0][1])
    if name == PLACE:
        return Sieve(replace(field, title="位置"), Way.CHOOSE, ((EMPTY, "没有坐标"),))
    empty = () if field.required or field.kind is Kind.DEPARTMENT else ((EMPTY, "未填写"),)
    if field.kind is Kind.CHOICE:
        return Sieve(field, Way.CHOOSE, (*((str(stored), word) for stored, word in field.choices), *empty))
    if field.kind is Kind.BOOLEAN:
        return Sieve(field, Way.CHOOSE, (*YES_NO, *empty))
    if field.kind is Kind.DEPARTMENT or name == "street":
        return Sieve(field, Way.CHOOSE, empty)
    ways = {Kind.DATE: Way.DAYS, Kind.MOMENT: Way.DAYS, Kind.INTEGER: Way.NUMBERS, Kind.NUMBER: Way.NUMBERS, Kind.ENTRY: Way.ENTRY}
    return Sieve(field, ways.get(field.kind, Way.WORDS))


def _read(sieve: Sieve, value: str) -> Any:
    """The value as the field stores it; None or ValueError where it cannot."""
    kind = sieve.spec.kind
    if kind is Kind.CHOICE:
        return {str(stored): stored for stored, _ in sieve.spec.choices}.get(value)
    if kind is Kind.BOOLEAN:
        return {"1": True, "0": False}.get(value)
    if kind is Kind.DEPARTMENT:
        return int(value) if value.isdecimal() and len(value) < 12 else None  # noqa: PLR2004 - beyond any id
    if sieve.way is Way.DAYS:
        return date.fromisoformat(value)
    if sieve.way is Way.NUMBERS:
        number = float(value)
        return number if abs(number) < 1e15 else None  # noqa: PLR2004 - beyond what any column holds
    return value.strip() if value.strip() and "\x00" not in value else None


def _terms(sieve: Sieve, values: Sequence[str]) -> Iterator[Term]:
    name = sieve.name
    if values == [EMPTY] and sieve.way in (Way.CHOOSE, Way.ENTRY):
        yield _empty(sieve.spec)
    elif sieve.way is Way.CHOOSE:
        wanted = _read(sieve, values[0])
        yield Term(Q(**{name: wanted}), Exact(Unindexed(F(name)), wanted))
    elif sieve.way is Way.ENTRY:
        found = words(values[0])
        yield Term(found.of(name) if found else Q())
    elif sieve.way is Way.WORDS:
        yield Term(Q(**{f"{name}__icontains": values[0].strip()}))
    else:
        yield _between(sieve, values)


def _between(sieve: Sieve, values: Sequence[str]) -> Term:
    name = f"{sieve.name}__date" if sieve.spec.kind is Kind.MOMENT else sieve.name
    bounds = [(lookup, _read(sieve, value)) for lookup, value in zip((GreaterThanOrEqual, LessThanOrEqual), values, strict=True) if value]
    plain = Q(**{f"{name}__{lookup.lookup_name}": value for lookup, value in bounds})
    if sieve.spec.kind is not Kind.DATE:
        return Term(plain)
    return Term(plain, Q(*(lookup(Unindexed(F(name)), value) for lookup, value in bounds)))


def _empty(field: FieldSpec) -> Term:
    if field.longest is not None:
        return Term(Q(**{field.name: ""}), Exact(Unindexed(F(field.name)), ""))
    return Term(Q(**{field.name: None}), IsNull(Unindexed(F(field.name)), True))


def _life(value: str, on: date) -> Iterator[Term]:
    """Whether a thing is in its ledger on a day."""
    if value == ALL:
        return
    gone = Q(valid_to__lte=on)
    yield Term(gone if value == Status.WITHDRAWN else ~gone & Q(valid_from__lte=on))
    if value in (Status.ACTIVE, Status.SUSPENDED):
        yield Term(Q(status=value))
