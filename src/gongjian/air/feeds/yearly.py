"""One station, one line an hour: ``time,PM2.5,PM10,SO2,NO2,O3,CO,AQI``. The published AQI is not taken: ours is worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from gongjian.air.feeds.rows import BadLine, Feed, HourValue, NotAFeed, Refused, concentration, plausible
from gongjian.standards.air.pollutants import Pollutant
from gongjian.telemetry.moments import CLOCK

LAYOUT = "单站逐时"
_NAMES = {pollutant.value: pollutant for pollutant in Pollutant}
Columns = list[tuple[int, Pollutant]]


def recognised(heading: Sequence[str]) -> bool:
    """Whether a heading is of this layout."""
    return bool(heading) and heading[0] == "time"


def read(heading: Sequence[str], lines: Iterable[tuple[int, list[str]]], station: str) -> Feed:
    """The values of a file; ``lines`` are (number, cells). NotAFeed when no column is a pollutant, or one is there twice."""
    columns = [(place, _NAMES[name]) for place, name in enumerate(heading) if name in _NAMES]
    if not columns or len({pollutant for _, pollutant in columns}) < len(columns):
        msg = "表头里没有污染物栏，或同一污染物出现两次"
        raise NotAFeed(msg)
    feed = Feed(LAYOUT)
    seen: dict[datetime, tuple[int, tuple[float | None, ...]]] = {}
    for number, cells in lines:
        feed.lines += 1
        try:
            feed.values += _line(number, cells, columns, len(heading), station, seen)
        except BadLine as reason:
            feed.refused.append(Refused(number, str(reason)))
    return feed


def _line(
    number: int,
    cells: list[str],
    columns: Columns,
    width: int,
    station: str,
    seen: dict[datetime, tuple[int, tuple[float | None, ...]]],
) -> list[HourValue]:
    if len(cells) != width:
        msg = f"应有{width}栏，实有{len(cells)}栏"
        raise BadLine(msg)
    at = hour_label(cells[0])
    values = tuple(concentration(cells[place], pollutant) for place, pollutant in columns)
    first, known = seen.setdefault(at, (number, values))
    if known != values:
        msg = f"与第{first}行是同一小时，数值却不同"
        raise BadLine(msg)
    if first != number:
        return []
    return [HourValue(station, pollutant, at, value) for (_, pollutant), value in zip(columns, values, strict=True) if value is not None]


def hour_label(text: str) -> datetime:
    """The label of an hour, ISO 8601; without a zone it is on the monitoring clock. BadLine for what is no whole hour."""
    try:
        at = datetime.fromisoformat(text.strip())
        at = at if at.tzinfo else at.replace(tzinfo=CLOCK)
        whole = at.astimezone(CLOCK)
    except (ValueError, OverflowError):
        whole = None
    if whole is None or whole.minute or whole.second or whole.microsecond:
        msg = f"时间“{text[:30]}”不是整点"
        raise BadLine(msg)
    return plausible(whole, text)
