"""From the live store to observations: hourly and daily values of devices that belong to a station, by cursor, not while received.

Of a factor the judged value is kept (``telemetry.judged``): an observation is what an alarm of that hour went by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from gongjian.telemetry.judged import spoken
from gongjian.telemetry.live.packing import MICRO
from gongjian.telemetry.live.port import NO_FLAG, Heard, Stream
from gongjian.telemetry.models import DeviceFactor
from gongjian.telemetry.moments import from_seconds
from gongjian.telemetry.queries import live, store
from gongjian.telemetry.store import Claim, Period, SeriesKey, Written

SWEEP: Final = "observations"
AT_ONCE: Final = 5_000  # uploads of a transaction
PERIODS: Final = {Stream.HOUR: (Period.HOUR, 3600), Stream.DAY: (Period.DAY, 86_400)}  # and their length in seconds
SOURCE: Final = "联网接收"
_Meaning = tuple[str, str, float]  # station, factor, scale


def fold(*, now: datetime, at_once: int = AT_ONCE) -> Written:
    """Write what was heard since the last time. Run again after a crash it writes the same once more, which changes nothing.

    ``now`` bounds the moment a value may claim to have been received at.
    """
    source, total = live(), Written()
    meanings = _meanings()
    while True:
        cursor, found = source.since(source.cursor(SWEEP), at_once, list(PERIODS))
        if not found:
            return total
        total += _write(found, meanings, now)
        source.move_cursor(SWEEP, cursor)


def _write(found: list[Heard], meanings: Mapping[tuple[int, str], _Meaning], now: datetime) -> Written:
    batch: dict[SeriesKey, list[Claim]] = defaultdict(list)
    for heard in found:
        period, length = PERIODS[Stream(heard.stream)]
        entered = min(from_seconds(heard.received // MICRO), now)
        for code, said in spoken(heard).items():
            if (meaning := meanings.get((heard.device, code))) is None:
                continue
            station, factor, scale = meaning
            known = None if said.value is None else said.value * scale
            batch[SeriesKey(station, factor, period)].append(Claim(from_seconds(heard.moment + length), known, entered, _flag(said.flag)))
    return store().write_many(batch, source=SOURCE) if batch else Written()


def _flag(flag: int) -> str:
    """The flag as observations keep it: of 2005 and of devices that send none, what says nothing against a value is normal."""
    return "N" if flag in {NO_FLAG, ord("3")} else chr(flag)


def _meanings() -> dict[tuple[int, str], _Meaning]:
    rows = DeviceFactor.objects.filter(factor__isnull=False, device__station__isnull=False)
    named = rows.values_list("device_id", "code", "device__station__code", "factor__code", "scale")
    return {(device, code): (station, factor, scale) for device, code, station, factor, scale in named}
