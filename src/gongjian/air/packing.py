"""Years of one station's hours in a small file that still is text: gzipped JSON, one string of comma-separated values a pollutant. Pure."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from gongjian.air.feeds.rows import HourValue
from gongjian.standards.air.pollutants import Pollutant

FORMAT = "gongjian-air-hours/1"
HOUR = timedelta(hours=1)


def pack(values: Iterable[HourValue], origin: str, licence: str) -> bytes:
    """The hours of one station as a file; the same values give the same bytes. ValueError for several stations or none."""
    rows = list(values)
    if len(stations := {row.station for row in rows}) != 1:
        msg = f"one station a file, not {sorted(stations)}"
        raise ValueError(msg)
    first, last = min(row.at for row in rows), max(row.at for row in rows)
    found = {(row.pollutant, row.at): row.value for row in rows}
    content: dict[str, Any] = {
        "format": FORMAT,
        "origin": origin,
        "licence": licence,
        "station": rows[0].station,
        "first": first.isoformat(),
    }
    labels = [first + HOUR * step for step in range((last - first) // HOUR + 1)]
    content["values"] = {p.value: ",".join(_written(found.get((p, at))) for at in labels) for p in Pollutant}
    return gzip.compress(json.dumps(content, ensure_ascii=False, indent=0).encode(), mtime=0)


def unpack(data: bytes) -> Iterator[HourValue]:
    """The hours in a file made by ``pack``; ValueError when it is not one."""
    content = json.loads(gzip.decompress(data))
    if content.get("format") != FORMAT:
        msg = f"not {FORMAT}"
        raise ValueError(msg)
    first = datetime.fromisoformat(content["first"])
    for name, written in content["values"].items():
        pollutant = Pollutant(name)
        for step, value in enumerate(written.split(",")):
            if value:
                yield HourValue(content["station"], pollutant, first + HOUR * step, float(value))


def _written(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
