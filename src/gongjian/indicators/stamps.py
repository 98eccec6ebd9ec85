"""Whether what a figure is computed from has been written to since: a number for each table, and a stamp made of those a figure reads.

Rooms that can tell cheaply how often their tables were written to provide a gauge; the house connects them. A figure all of whose tables
have one is kept with its stamp, and as long as the stamp is the same it stands as it is, today's too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

from gongjian.indicators.formulas import Computed, Coverage
from gongjian.indicators.grammar import Indicator

EVERYTHING = "*"
Gauges = Mapping[str, int]  # by "app.Model"; any number that changes with every write


class Gauge(NamedTuple):
    """A room's gauge: which tables it can tell of, and their numbers now, in one query."""

    tables: Callable[[], Collection[str]]
    read: Callable[[], Gauges]


_PROVIDED: list[Gauge] = []


def provide(gauge: Gauge) -> None:
    """Take a room's gauge; the same again changes nothing."""
    if gauge not in _PROVIDED:
        _PROVIDED.append(gauge)


def read_gauges(indicators: Iterable[Indicator]) -> Gauges:
    """The numbers of the tables these indicators read; a gauge nobody needs is not asked."""
    names = {name for indicator in indicators for name in reads(indicator)}
    needed = [gauge for gauge in _PROVIDED if any(_named(table, name) for name in names for table in gauge.tables())]
    return {table: number for gauge in needed for table, number in gauge.read().items()}


def _named(table: str, name: str) -> bool:
    return name in (EVERYTHING, table, table.partition(".")[0])


def stamp(indicator: Indicator, gauges: Gauges) -> str:
    """The stamp of what the indicator reads; empty where some of it has no gauge, so that nothing may be kept."""
    found: dict[str, int] = {}
    for name in reads(indicator):
        mine = {table: number for table, number in gauges.items() if _named(table, name)}
        if not mine:
            return ""
        found |= mine
    return blake2b(repr(sorted(found.items())).encode(), digest_size=8).hexdigest() if found else ""


def reads(indicator: Indicator) -> tuple[str, ...]:
    """What the indicator is computed from."""
    if isinstance(indicator.formula, Computed):
        return indicator.formula.reads
    covered = (indicator.formula.records.model,) if isinstance(indicator.formula, Coverage) else ()
    return (indicator.records.model, *covered) if indicator.records else ()
