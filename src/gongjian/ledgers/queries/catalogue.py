"""All ledgers at a glance: what is in each, how fresh it is, what was recorded this year. A fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import connection
from django.db.models import Count, Max, Q

from gongjian.ledgers.declaration import Ledger, RecordKind, Table
from gongjian.ledgers.models import Entry, Membership, Touch
from gongjian.ledgers.registers import DerivedRegister, derived_registers
from gongjian.ledgers.registry import ledgers, record_kinds

ELSEWHERE = "其他"


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of record: how many of this year stand, and when one was last entered."""

    kind: RecordKind
    this_year: int
    touched: date | None


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A ledger: how many entries are in force, when it was last written to or looked through, and its kinds of record."""

    ledger: Ledger
    inside: int
    touched: date | None
    stale: bool
    kinds: tuple[KindLine, ...]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A derived register: how many are in it, and when it was last worked out."""

    register: DerivedRegister
    inside: int
    touched: date | None


@dataclass(frozen=True, slots=True)
class Group:
    """A field of work."""

    title: str
    ledgers: tuple[LedgerLine, ...]
    registers: tuple[RegisterLine, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every group, in the order its first ledger was named."""

    groups: tuple[Group, ...]

    @property
    def lines(self) -> list[LedgerLine]:
        """Every ledger."""
        return [line for group in self.groups for line in group.ledgers]

    @property
    def stale(self) -> list[LedgerLine]:
        """Those that have rested too long."""
        return [line for line in self.lines if line.stale]


def catalogue(on: date) -> Catalogue:
    """The catalogue on a day; at most four queries."""
    touched = dict(Touch.objects.filter(day__lte=on).values_list("table").annotate(last=Max("day")).order_by())
    standing = Entry.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)
    inside = dict(standing.values_list("kind").annotate(number=Count("id")).order_by())
    noted = _noted(record_kinds(), on)
    lines = [_line(ledger, inside.get(ledger.slug, 0), touched, noted, on) for ledger in ledgers()]
    registers = _registers(on, touched)
    titles = dict.fromkeys(_group(line.ledger) for line in lines) | dict.fromkeys(_group(line.register) for line in registers)
    by_ledger = {
        title: tuple(found)
        for title, found in groupby(
            sorted(lines, key=lambda line: [*titles].index(_group(line.ledger))), key=lambda line: _group(line.ledger)
        )
    }
    return Catalogue(
        tuple(Group(title, by_ledger.get(title, ()), tuple(one for one in registers if _group(one.register) == title)) for title in titles)
    )


def _group(table: Table | DerivedRegister) -> str:
    return table.group or ELSEWHERE


def _line(ledger: Ledger, inside: int, touched: dict[str, date], noted: dict[str, int], on: date) -> LedgerLine:
    last = touched.get(ledger.slug)
    kinds = tuple(KindLine(kind, noted[kind.slug], touched.get(kind.slug)) for kind in record_kinds(ledger.slug))
    return LedgerLine(ledger, inside, last, last is None or (on - last).days > ledger.period_days, kinds)


def _noted(kinds: list[RecordKind], on: date) -> dict[str, int]:
    """How many records of each kind stand from the first of January to the day: all kinds in one statement."""
    if not kinds:
        return {}
    quote = connection.ops.quote_name
    part = 'SELECT %s AS slug, COUNT(*) FROM {} WHERE "on" BETWEEN %s AND %s AND replaced_at IS NULL'
    parts = [part.format(quote(kind.model._meta.db_table)) for kind in kinds]  # noqa: SLF001 - Django's public name
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [value for kind in kinds for value in (kind.slug, date(on.year, 1, 1), on)])
        return dict(cursor.fetchall())


def _registers(on: date, touched: dict[str, date]) -> list[RegisterLine]:
    found = derived_registers()
    if not found:
        return []
    inside = Membership.objects.filter(Q(until=None) | Q(until__gt=on), replaced_at=None, since__lte=on)
    counts = dict(inside.values_list("register").annotate(number=Count("id")).order_by())
    return [RegisterLine(one, counts.get(one.slug, 0), touched.get(one.slug)) for one in found]
