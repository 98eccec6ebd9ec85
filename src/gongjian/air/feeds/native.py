"""Beijing's daily files: ``date,hour,type`` and a column for each station; ``type`` names a pollutant or something derived.

Two layouts of one form: ``beijing_all`` has PM2.5, PM10 and the AQI, ``beijing_extra`` SO2, NO2, O3 and CO. From 2021 the stations are
headed by longer names. Sliding 24 h means and the AQI are not taken: ours are worked out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from gongjian.air.feeds.rows import BadLine, Feed, HourValue, NotAFeed, Refused, concentration, plausible
from gongjian.standards.air.pollutants import Pollutant
from gongjian.telemetry.moments import CLOCK

LAYOUT = "全市逐时"
HEADING = ("date", "hour", "type")
_NAMES = {pollutant.value: pollutant for pollutant in Pollutant}
_DERIVED = {"AQI", *(f"{name}_24h" for name in _NAMES), "O3_8h", "O3_8h_24h"}
_DAY = re.compile(r"\d{8}", re.ASCII)
_HOUR = re.compile(r"\d{1,2}", re.ASCII)
Key = tuple[Pollutant, datetime]


def recognised(heading: Sequence[str]) -> bool:
    """Whether a heading is of this layout."""
    return tuple(heading[: len(HEADING)]) == HEADING


def read(heading: Sequence[str], lines: Iterable[tuple[int, list[str]]], wanted: Collection[str]) -> Feed:
    """The values of the stations ``wanted`` (names as printed); ``lines`` are (number, cells). NotAFeed when none is in the heading."""
    columns = [(place, name) for place, name in enumerate(heading) if place >= len(HEADING) and name in wanted]
    if not columns or len({name for _, name in columns}) < len(columns):
        msg = "表头里没有已登记的监测站点，或同一站点出现两次"
        raise NotAFeed(msg)
    feed = Feed(LAYOUT)
    seen: dict[Key, tuple[int, list[str]]] = {}
    for number, cells in lines:
        feed.lines += 1
        try:
            feed.values += _line(number, cells, columns, len(heading), seen)
        except BadLine as reason:
            feed.refused.append(Refused(number, str(reason)))
    return feed


def _line(
    number: int, cells: list[str], columns: list[tuple[int, str]], width: int, seen: dict[Key, tuple[int, list[str]]]
) -> list[HourValue]:
    if len(cells) != width:
        msg = f"应有{width}栏，实有{len(cells)}栏"
        raise BadLine(msg)
    at = hour_label(cells[0], cells[1])
    kind = cells[2].strip()
    if kind in _DERIVED:
        return []
    if kind not in _NAMES:
        msg = f"不认识的项目“{kind[:20]}”"
        raise BadLine(msg)
    values = [(name, concentration(cells[place], name)) for place, name in columns]
    first, known = seen.setdefault((_NAMES[kind], at), (number, cells))
    if known != cells:
        msg = f"与第{first}行是同一小时的{kind}，数值却不同"
        raise BadLine(msg)
    return [] if first != number else [HourValue(name, _NAMES[kind], at, value) for name, value in values if value is not None]


def hour_label(day: str, hour: str) -> datetime:
    """The label ``20180101``, ``23``; BadLine for what is none."""
    day, hour = day.strip(), hour.strip()
    try:
        if _DAY.fullmatch(day) and _HOUR.fullmatch(hour):
            return plausible(datetime(int(day[:4]), int(day[4:6]), int(day[6:]), int(hour), tzinfo=CLOCK), day)
    except ValueError:
        pass
    msg = f"“{day[:20]}”日“{hour[:20]}”时不是一个小时"
    raise BadLine(msg)
