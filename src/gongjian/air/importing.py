"""Bringing files of hours into ``telemetry``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gongjian.air.feeds.rows import Feed, HourValue
from gongjian.telemetry.queries import store
from gongjian.telemetry.store import Claim, Period, SeriesKey, Written

Batch = dict[SeriesKey, list[Claim]]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file."""

    name: str
    feed: Feed
    written: Written

    def words(self) -> str:
        """In one Chinese sentence."""
        did = f"新增 {self.written.new} 个、更正 {self.written.corrected} 个、原已有 {self.written.unchanged} 个小时值"
        refused = f"，未采用 {len(self.feed.refused)} 行" if self.feed.refused else ""
        return f"{self.name}：{self.feed.layout}数据 {self.feed.lines} 行，{did}{refused}。"


def batch_of(values: Iterable[HourValue], names: Mapping[str, str], at: datetime | None) -> Batch:
    """The claims that hourly values make, by series. ``names`` gives the station's code for what a feed prints.

    They are entered at ``at``, but none before its hour was over; ``at`` None: each when its hour was over.
    """
    batch: Batch = {}
    series: dict[tuple[str, str], list[Claim]] = {}
    for station, pollutant, label, value in values:
        claims = series.get((station, pollutant))
        if claims is None:
            key = SeriesKey(names[station], pollutant.value, Period.HOUR)
            claims = series[station, pollutant] = batch.setdefault(key, [])
        claims.append(Claim(label, value, label if at is None or at < label else at))
    return batch


def write(batch: Batch, source: str) -> Written:
    """Write the claims, all or nothing."""
    return store().write_many(batch, source=source)


def source_label(name: str, data: bytes) -> str:
    """How the log and every observation call a file: its name and what was in it."""
    return f"{name[:120]} sha256:{hashlib.sha256(data).hexdigest()[:16]}"
