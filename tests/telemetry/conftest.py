"""Stations and factors to write for, and every implementation of the store."""

from datetime import UTC, datetime

import pytest

from gongjian.telemetry.actions import StationCard, ensure_factors, ensure_station
from gongjian.telemetry.stores import DatabaseStore, MemoryStore

AT = datetime(2018, 1, 1, tzinfo=UTC)
STATIONS = ("east", "west")
FACTORS = ("PM2.5", "O3")


@pytest.fixture
def registered(db):
    for code in STATIONS:
        ensure_station(StationCard(code, f"{code}站"), by=None, at=AT)
    ensure_factors([(code, code, "µg/m³") for code in FACTORS], by=None, at=AT)


@pytest.fixture(params=[lambda: MemoryStore(STATIONS, FACTORS), DatabaseStore], ids=["memory", "database"])
def store(request, registered):
    return request.param()
