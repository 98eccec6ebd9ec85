"""Stations and factors to write for, and every implementation of the store."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from telemetry_live_made import emptied
from telemetry_months_made import fill, fill_little

from gongjian.telemetry.actions import StationCard, ensure_factors, ensure_station
from gongjian.telemetry.live.memory import MemoryLive
from gongjian.telemetry.live.opening import place
from gongjian.telemetry.live.postgres import PostgresLive
from gongjian.telemetry.live.sqlite import SqliteLive
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


@pytest.fixture(params=["memory", "database"])
def live(request, tmp_path):
    """Every live store there is; the one on tables is that of the database the tests run on."""
    if request.param == "memory":
        yield MemoryLive()
        return
    made = store_on_tables(request, tmp_path)
    yield made
    made.close()


@pytest.fixture
def on_tables(request, tmp_path):
    """The live store on tables alone."""
    made = store_on_tables(request, tmp_path)
    yield made
    made.close()


@pytest.fixture
def full(on_tables):
    """Three months of two devices and a vehicle."""
    return fill(on_tables)


@pytest.fixture
def small(on_tables):
    """Two months of few rows."""
    return fill_little(on_tables)


def store_on_tables(request, folder):
    """An empty live store in a file, or in the test database of PostgreSQL."""
    if connection.vendor != "postgresql":
        return SqliteLive(folder / "telemetry.sqlite3", folder / "archive")
    request.getfixturevalue("django_db_setup")
    made = PostgresLive(place(), folder / "archive")
    emptied(made)
    return made
