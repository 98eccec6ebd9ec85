"""Every write of this room. People do not write what stations measured: ``by`` must be None, the system itself."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from django.db import transaction

from gongjian.air.built_in import data, packed_files
from gongjian.air.days import refresh_days
from gongjian.air.feeds.opening import LIMIT_BYTES, read_feed
from gongjian.air.feeds.rows import NotAFeed
from gongjian.air.importing import Imported, batch_of, source_label, write
from gongjian.air.packing import unpack
from gongjian.people.models import User
from gongjian.standards.air.pollutants import Pollutant
from gongjian.telemetry.actions import StationCard, ensure_factors, ensure_station
from gongjian.telemetry.asking import require_system
from gongjian.telemetry.models import Kind
from gongjian.telemetry.queries import names_of, source_known
from gongjian.trail.actions import record
from gongjian.trail.subjects import Subject

__all__ = ["import_file", "load_built_in", "prepare_stations", "refresh_days"]


@transaction.atomic
def prepare_stations(*, by: User | None, at: datetime) -> None:
    """Register the built-in stations and the six pollutants; changes nothing when they are there."""
    with data("stations.toml").open("rb") as file:
        for card in tomllib.load(file)["station"]:
            ensure_station(StationCard(**{**card, "kind": Kind.AIR, "names": tuple(card["names"])}), by=by, at=at)
    ensure_factors(((p.value, p.label, p.unit) for p in Pollutant), by=by, at=at)


def import_file(path: Path, *, by: User | None, at: datetime) -> Imported:
    """Import one file of hourly values, all of it or nothing; NotAFeed (a Refusal) when it cannot be read.

    What is there already stays as it is; a different value is a correction entered at ``at``. Call ``refresh_days`` when all files are in.
    """
    require_system(by)
    content = _bytes(path)
    names = names_of(Kind.AIR)
    feed = read_feed(content, path.name, names)
    label = source_label(path.name, content)
    with transaction.atomic():
        written = write(batch_of(feed.values, names, at), label)
        if written.new or written.corrected:
            told = {"new": written.new, "corrected": written.corrected, "unchanged": written.unchanged, "refused": len(feed.refused)}
            record("air.imported", Subject("air.file", label, path.name), by=by, at=at, after=told)
    return Imported(path.name, feed, written)


def load_built_in(*, by: User | None, at: datetime) -> int:
    """Load the hours shipped inside the package, each entered when its hour was over; how many were new.

    Quick when they are there already. Registers the station and works out its days.
    """
    prepare_stations(by=by, at=at)
    new = sum(_load(file.name, file.read_bytes(), by, at) for file in packed_files())
    refresh_days()
    return new


def _load(name: str, content: bytes, by: User | None, at: datetime) -> int:
    label = source_label(f"内置数据 {name}", content)
    if source_known(label):
        return 0
    with transaction.atomic():
        written = write(batch_of(unpack(content), names_of(Kind.AIR), None), label)
        record("air.imported", Subject("air.file", label, f"内置数据 {name}"), by=by, at=at, after={"new": written.new})
    return written.new


def _bytes(path: Path) -> bytes:
    """What is in a file; NotAFeed when it cannot be had, or there is too much of it."""
    try:
        if path.stat().st_size > LIMIT_BYTES:
            msg = f"文件“{path.name}”超过{LIMIT_BYTES // 1024 // 1024} MB，请按年或按日分开后再导入。"
            raise NotAFeed(msg)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        msg = f"打不开文件“{path}”，请检查路径和读取权限。"
        raise NotAFeed(msg) from error
