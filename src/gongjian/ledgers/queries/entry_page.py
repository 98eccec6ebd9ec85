"""Everything the page of one entry shows, as known by the end of a day; the number of queries depends on the kinds of record alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q

from gongjian.ledgers.declaration import Ledger, RecordKind
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.ledgers.fields import spec
from gongjian.ledgers.happenings import Happening, from_above
from gongjian.ledgers.models import Entry, Membership
from gongjian.ledgers.queries.asking import asked
from gongjian.ledgers.queries.cells import Names, cell
from gongjian.ledgers.queries.facts import Fact, facts, learn
from gongjian.ledgers.queries.history import Step, entry_history
from gongjian.ledgers.queries.listing import newest
from gongjian.ledgers.queries.registers import of_entry
from gongjian.ledgers.registers import DerivedRegister, derived_registers
from gongjian.ledgers.registry import ledgers, record_kinds
from gongjian.trail.office_day import end_of

NEWEST = 20  # records of each kind
TOLD = 3  # fields of a record in its line


@dataclass(frozen=True, slots=True)
class KindShown:
    """A kind of record about the entry: how many lines are shown, and whether there are more."""

    kind: RecordKind
    shown: int
    more: bool


@dataclass(frozen=True, slots=True)
class EntryPage:
    """``state`` is the version that stood; None where the entry was not known yet by that day."""

    ledger: Ledger
    entry: Entry
    state: Any
    inside: bool
    facts: list[tuple[str, list[Fact]]]
    timeline: list[Happening]
    kinds: list[KindShown]
    history: list[Step]
    registers: list[tuple[DerivedRegister, Membership]]
    owned: list[tuple[Ledger, int]]

    @property
    def lacking(self) -> list[str]:
        """The titles of what is missing for the entry to be complete."""
        return [fact.title for _, group in self.facts for fact in group if fact.lacking]


def entry_page(ledger: Ledger, entry: Entry, on: date, *, past: bool) -> EntryPage:
    """The page of an entry of the ledger."""
    names = Names()
    state = _state_then(ledger, entry, on) if past else entry
    if state is not None:
        learn(ledger, [state], names)
    lines, kinds = _records(ledger, entry, on, past=past, names=names)
    stays = {stay.register: stay for stay in of_entry(entry.pk, on)}
    return EntryPage(
        ledger,
        entry,
        state,
        state is not None and state.valid_from <= on and (state.valid_to is None or state.valid_to > on),
        facts(ledger, state, names) if state is not None else [],
        sorted([*lines, *from_above(entry.pk, on)], key=lambda happening: happening.on, reverse=True),
        kinds,
        entry_history(ledger, entry, names),
        [(register, stays[register.slug]) for register in derived_registers() if register.slug in stays],
        _owned(entry, on) if ledger is ENTERPRISES else [],
    )


def _state_then(ledger: Ledger, entry: Entry, on: date) -> Any:
    over = end_of(on)
    versions = ledger.versions._default_manager  # noqa: SLF001 - Django's public name
    return versions.filter(Q(replaced_at=None) | Q(replaced_at__gte=over), entry=entry.pk, entered_at__lt=over).first()


def _records(ledger: Ledger, entry: Entry, on: date, *, past: bool, names: Names) -> tuple[list[Happening], list[KindShown]]:
    lines: list[Happening] = []
    kinds = []
    for kind in record_kinds(ledger.slug):
        columns = tuple(dict.fromkeys(("on", *filter(None, [kind.result]), *(name for name in kind.columns if name != "label"))))
        wanted = replace(asked(kind, {"entry": str(entry.pk)}, on, past=past), columns=columns)
        rows = newest(wanted, NEWEST + 1, names)
        lines += [_line(kind, columns, row, names) for row in rows[:NEWEST]]
        kinds.append(KindShown(kind, min(len(rows), NEWEST), len(rows) > NEWEST))
    return lines, kinds


def _line(kind: RecordKind, columns: tuple[str, ...], row: Mapping[str, Any], names: Names) -> Happening:
    shown = ((spec(kind, name), cell(spec(kind, name), row, names).words) for name in columns[1:])
    said = [f"{one.title} {words}{one.unit}" for one, words in shown if words][:TOLD]
    bad = bool(kind.result) and row.get(kind.result) in kind.bad
    return Happening(row["on"], kind.title, "，".join(said), "ledgers:record", (kind.slug, row["id"]), bad)


def _owned(entry: Entry, on: date) -> list[tuple[Ledger, int]]:
    """How many entries of each ledger are the enterprise's, in force on the day."""
    standing = Entry.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), enterprise=entry.pk, valid_from__lte=on)
    counts = dict(standing.values_list("kind").annotate(number=Count("id")).order_by())
    return [(ledger, counts[ledger.slug]) for ledger in ledgers() if ledger.slug in counts]
