"""The demonstration's lorries that report by themselves: some of the ledger with a terminal, and their days as the nights kept them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from gongjian.live.demonstration.fleet import HABITS, Habit, Lorry, shifts
from gongjian.mobile.actions.remote_days import mark_days, summarise_days
from gongjian.mobile.actions.remote_links import note_silences
from gongjian.mobile.models import RemoteTerminal
from gongjian.telemetry.actions import ensure_device
from gongjian.telemetry.live.port import Batch, Condition, Row
from gongjian.telemetry.models import Device, Protocol
from gongjian.telemetry.queries import live
from gongjian.trail.office_day import start_of

DAYS: Final = 4  # before the demonstration's
SILENT_SINCE: Final = 19  # days
NIGHT: Final = timedelta(minutes=40)  # after midnight, when the timetable works out what is over
PEER: Final = "127.0.0.1"


def make_remote(until: date) -> int:
    """Register them and let them have said what they said up to the night before ``until``; how many seconds."""
    lorries = _lorries(until - timedelta(SILENT_SINCE))
    if not lorries:
        return 0
    rows = [row for lorry in lorries for on in _days(lorry, until) for row in shifts(lorry, on)]
    rows.sort(key=lambda row: row.received)
    kept = live().append(Batch(rows, conditions=_conditions(rows)))
    mark_days()
    for back in range(DAYS - 1, -1, -1):
        summarise_days(at=start_of(until - timedelta(back)) + NIGHT)
    note_silences(at=start_of(until) + NIGHT)
    return kept


def _lorries(at: date) -> list[Lorry]:
    """The first vehicles with a terminal of the newer stages, each with its habit."""
    terminals = RemoteTerminal.objects.filter(valid_to=None, connected_on__lte=at, vehicle__valid_to=None, vehicle__stage__gte=5)
    found = list(terminals.exclude(vehicle__vin="").select_related("vehicle").order_by("code")[: len(HABITS)])
    return [
        Lorry(terminal.vehicle.vin, _number(terminal, at), place, habit)
        for place, (terminal, habit) in enumerate(zip(found, HABITS, strict=False))
    ]


def _number(terminal: RemoteTerminal, at: date) -> int:
    device = Device(protocol=Protocol.GB17691, code=terminal.vehicle.vin, name=f"{terminal.vehicle.code}（模拟）")
    return ensure_device(device, "", [], by=None, at=start_of(at)).pk


def _days(lorry: Lorry, until: date) -> list[date]:
    if lorry.habit is Habit.SILENT:
        return [until - timedelta(SILENT_SINCE)]
    return [until - timedelta(back) for back in range(DAYS, 0, -1)]


def _conditions(rows: list[Row]) -> list[Condition]:
    found: dict[int, Condition] = {}
    for row in rows:
        known = found.get(row.device) or Condition(row.device, row.received, row.received, 300, 0, 0, 0, PEER)
        found[row.device] = known._replace(last_seen=row.received, packets=known.packets + 1)
    return list(found.values())
