"""The latest value of each thing within a period: records as plain rows, the newest chosen here. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from gongjian.indicators.tallies import Tally


class Said(NamedTuple):
    """One record: the day it belongs to, when it was entered, its number, what it is of, what it says."""

    day: date
    entered: datetime
    row: int
    per: str
    value: float | None


def latest_tally(said: Iterable[Said]) -> Tally:
    """The latest of each thing: on one day the last entered speaks."""
    newest: dict[str, Said] = {}
    rows = 0
    for record in said:
        rows += 1
        held = newest.get(record.per)
        if held is None or record[:3] > held[:3]:
            newest[record.per] = record
    values = [record.value for record in newest.values() if record.value is not None]
    return Tally(rows, len(newest), len(values), sum(values), float(len(values)))
