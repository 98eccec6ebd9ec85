"""Whether terminals send: the weekly status of those connected to our gateway, and those that fell silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Max, Q, Sum

from gongjian.ledgers.actions import records
from gongjian.mobile.actions.remote_signs import AGAIN, Watched, note_sign
from gongjian.mobile.models import PremisesCheck, RemoteDay, RemoteTerminal, RoadCheck, Sampling, TerminalStatus, Vehicle
from gongjian.mobile.queries.remote import GATEWAY, gateway_source, vehicles_of
from gongjian.mobile.records.places import TERMINAL_STATUSES
from gongjian.mobile.remote.vocabulary import Sign
from gongjian.mobile.remote.weeks import WEEK, Came, Stood, stood
from gongjian.mobile.remote_limits import limits_on
from gongjian.telemetry.models import Device, Protocol
from gongjian.telemetry.moments import from_micros
from gongjian.telemetry.queries import live
from gongjian.trail.clock import local_day

WEEKS: Final = 2  # that are over and may still change without a day of theirs being worked out again
CHANGED: Final = "数据补传后重新统计"
FAR_BACK: Final = timedelta(92)  # a last day longer ago is not looked for: the work must not grow with history
SUMS: Final = ("vin", "last", "covered", "time")
BY_HAND: Final = "同一周已有人工核对，以人工核对为准"


def week_ends(days: Iterable[date], today: date) -> list[date]:
    """The Sundays of the weeks that are over and of which a status is due: the last ones, and those of ``days``."""
    last = today - timedelta(today.isoweekday())
    due = {last - timedelta(7 * back) for back in range(WEEKS)} | {day + timedelta(7 - day.isoweekday()) for day in days}
    return sorted(day for day in due if day < today)


@transaction.atomic
def state_terminals(sunday: date, *, at: datetime) -> int:
    """The status of the week that ends with ``sunday``, of every terminal connected to our gateway; how many records changed.

    A check by hand of the same terminal and week goes before it: none is written beside
    it, and one that was is struck.
    """
    devices = _connected()
    held = Q(valid_to=None) | Q(valid_to__gt=sunday)
    terminals = RemoteTerminal.objects.filter(held, vehicle__vin__in=list(devices), valid_from__lte=sunday)
    found = list(terminals.select_related("vehicle", "department").order_by("code"))
    rows = TerminalStatus.objects.filter(entry__in=[one.pk for one in found], on__gt=sunday - WEEK, on__lte=sunday, replaced_at=None)
    mine = {row.entry_id: row for row in rows if row.source.startswith(GATEWAY)}
    by_hand = {row.entry_id for row in rows if not row.source.startswith(GATEWAY)}
    came = _came({one.vehicle.vin: devices[one.vehicle.vin] for one in found}, sunday)
    done = 0
    for one in found:
        state = stood(came[one.vehicle.vin], sunday)
        if one.pk in by_hand:
            done += _give_way(mine.get(one.pk), at)
        elif state is not None:
            done += _state(one, mine.get(one.pk), state, sunday, at)
    return done


def _connected() -> dict[str, int]:
    """By VIN the devices (ids) in use of vehicles that report by themselves."""
    return dict(Device.objects.filter(protocol=Protocol.GB17691, active=True).values_list("code", "pk"))


def _came(devices: Mapping[str, int], sunday: date) -> dict[str, Came]:
    """By VIN what came until the end of a week; one query and one question to the live store."""
    heard = _heard(devices)
    days = (
        RemoteDay.objects.filter(vin__in=list(devices), on__gt=sunday - FAR_BACK, on__lte=sunday, replaced_at=None).order_by().values("vin")
    )
    ran = Q(on__gt=sunday - WEEK, complete__isnull=False)
    sums = days.annotate(last=Max("on"), covered=Sum(F("complete") * F("hours"), filter=ran), time=Sum("hours", filter=ran))
    rows = {vin: (last, round(covered / time, 1) if time else None) for vin, last, covered, time in sums.values_list(*SUMS)}
    found = {}
    for vin in devices:
        first_heard, last_heard = heard.get(vin, (None, None))
        last_kept, percent = rows.get(vin, (None, None))
        found[vin] = Came(first_heard, last_heard, last_kept, percent)
    return found


def _state(terminal: RemoteTerminal, standing: TerminalStatus | None, state: Stood, on: date, at: datetime) -> bool:
    values: dict[str, Any] = {
        "on": on,
        "label": terminal.code,
        "department": terminal.department,
        "online": state.online,
        "valid_percent": state.percent,
        "last_seen_on": state.last_seen,
        "number": f"ZT{on:%y%m%d}-{GATEWAY}-{terminal.code}",
        "note": "按网关一周内是否收到数据判定；有效率为运转期间的数据完整率",
    }
    if standing is not None and all(getattr(standing, name) == value for name, value in values.items()):
        return False
    if standing is not None:
        return records.correct(TERMINAL_STATUSES, standing, values, CHANGED, by=None, at=at, source=gateway_source()) != standing
    if TerminalStatus.objects.filter(number=values["number"]).exists():  # struck: by whoever checked by hand, or found it wrong
        return False
    records.note(TERMINAL_STATUSES, values, by=None, at=at, source=gateway_source())
    return True


def _give_way(standing: TerminalStatus | None, at: datetime) -> bool:
    if standing is not None:
        records.strike(TERMINAL_STATUSES, standing, BY_HAND, by=None, at=at)
    return standing is not None


def _heard(devices: Mapping[str, int]) -> dict[str, tuple[date, date]]:
    """By VIN the days a vehicle was heard first and last, of anything at all."""
    conditions = live().conditions(list(devices.values())) if devices else {}
    known = {vin: conditions[pk] for vin, pk in devices.items() if pk in conditions}
    moments = {vin: (from_micros(one.first_seen), from_micros(one.last_seen)) for vin, one in known.items()}
    return {vin: (local_day(first), local_day(last)) for vin, (first, last) in moments.items() if first and last}


def note_silences(*, at: datetime) -> int:
    """Note the vehicles in the ledger whose terminal has been silent for ``silent_days``, and again every ``AGAIN``; how many.

    A terminal that never sent is not silent but not connected: the list of vehicles says so.
    """
    on = local_day(at)
    least = limits_on(on).silent_days
    devices = _connected()
    silent = {vin: last for vin, (_, last) in _heard(devices).items() if (on - last).days >= least}
    vehicles = vehicles_of(silent, on)
    met = _met_since(vehicles.values(), min(silent.values(), default=on))
    return sum(_silent(vehicle, silent[vin], on, met.get(vehicle.pk), least, at) for vin, vehicle in sorted(vehicles.items()))


def _silent(vehicle: Vehicle, last: date, on: date, met: date | None, least: int, at: datetime) -> bool:
    watched = Watched(vehicle.vin, on, vehicle, vehicle.department)
    days = (on - last).days
    words = f"{last:%Y-%m-%d}之后{days}天没有收到数据" + (f"，其间{met:%Y-%m-%d}检查检测时见到该车" if met and met > last else "")
    number = f"JM·{vehicle.vin}·{last:%Y%m%d}·{(days - least) // AGAIN.days}"
    return note_sign(watched.values | {"sign": Sign.SILENT.value, "words": words, "value": float(days)}, at=at, number=number)


def _met_since(vehicles: Iterable[Vehicle], since: date) -> dict[int, date]:
    """The last day on which each vehicle was looked at, by any record of a check since a day; three queries."""
    numbers, found = [vehicle.pk for vehicle in vehicles], dict[int, date]()
    for model in (RoadCheck, PremisesCheck, Sampling) if numbers else ():
        rows = model._default_manager.filter(entry__in=numbers, on__gt=since, replaced_at=None).order_by()  # noqa: SLF001 - Django's public name
        for entry, last in rows.values("entry").annotate(last=Max("on")).values_list("entry", "last"):
            found[entry] = max(last, found.get(entry, last))
    return found
