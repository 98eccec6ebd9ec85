"""How an entry or a record came to be what it is: its versions, each with what it changed, who entered it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from gongjian.ledgers.declaration import Ledger, RecordKind, Table
from gongjian.ledgers.models import Entry, Record
from gongjian.ledgers.queries.cells import Names
from gongjian.ledgers.queries.facts import Changed, changes, learn
from gongjian.ledgers.verbs import VERBS
from gongjian.trail.models import Event
from gongjian.trail.queries import history as events_about

MOST = 50  # versions shown


@dataclass(frozen=True, slots=True)
class Step:
    """One version or event: when, what was done, by whom, from which source, why, and the fields it changed."""

    at: datetime
    words: str
    by: str
    source: str = ""
    why: str = ""
    changed: tuple[Changed, ...] = ()


def entry_history(ledger: Ledger, entry: Entry, names: Names) -> list[Step]:
    """The newest fifty steps of an entry, the latest on top; three queries and those for names."""
    versions = ledger.versions._default_manager  # noqa: SLF001 - Django's public name
    states = list(versions.filter(entry=entry.pk).select_related("entered_by").order_by("-entered_at", "-id")[: MOST + 1])
    return _steps(ledger, states, "entry.entered", events_about(entry, limit=MOST), names)


def record_history(kind: RecordKind, row: Record, names: Names) -> list[Step]:
    """The same of a record: its versions are the rows of its number."""
    rows = kind.model._default_manager.filter(number=row.number).select_related("entered_by")  # noqa: SLF001 - same
    states = list(rows.order_by("-entered_at", "-id")[: MOST + 1])
    return _steps(kind, states, "record.noted", events_about(*states, limit=MOST), names)


def _steps(table: Table, states: Sequence[Any], first: str, events: Sequence[Event], names: Names) -> list[Step]:
    """Versions and events of the same moment are one step."""
    learn(table, states, names)
    said = {event.at: event for event in events}
    found = [_step(table, new, old, said.pop(new.entered_at, None), first, names) for new, old in pairwise([*states, None])][:MOST]
    found += [Step(event.at, _words(event.verb), event.actor_label, why=event.note) for event in said.values()]
    return sorted(found, key=lambda step: step.at, reverse=True)


def _step(table: Table, new: Any, old: Any, event: Event | None, first: str, names: Names) -> Step:
    changed = tuple(changes(table, old, new, names)) if old is not None else ()
    verb = event.verb if event else _verb(new, old, first)
    by = str(new.entered_by or "系统")
    return Step(new.entered_at, _words(verb), by, new.source, event.note if event else "", changed)


def _verb(new: Any, old: Any, first: str) -> str:
    """What a version without an event of its own did: imports tell of many at once."""
    if old is None:
        return first
    if first == "record.noted":
        return "record.corrected"
    gone, was_gone = (getattr(state, "valid_to", None) is not None for state in (new, old))
    return "entry.withdrawn" if gone and not was_gone else "entry.restored" if was_gone and not gone else "entry.amended"


def _words(verb: str) -> str:
    return str(VERBS.get(verb, verb))
