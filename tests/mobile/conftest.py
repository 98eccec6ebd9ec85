"""A live store with nothing in it, a lorry that reports to it, and its entry in the ledger."""

import pytest
from django.db import connection
from live.live_field import empty_live
from mobile.made_lorry import PLATE
from mobile.made_traffic import entered
from mobile.told_seconds import VIN
from stage import at

from gongjian.telemetry.actions import ensure_device
from gongjian.telemetry.models import Device, Protocol
from gongjian.telemetry.queries import live


@pytest.fixture
def store(settings, tmp_path):
    settings.HOME = tmp_path
    empty_live()
    yield live()
    empty_live()
    if connection.vendor == "postgresql":  # nobody may be at work in the database when it is dropped; the next use connects anew
        live().close()


@pytest.fixture
def device(store):
    return ensure_device(Device(protocol=Protocol.GB17691, code=VIN, name="一号车"), "", [], by=None, at=at(1, 2))


@pytest.fixture
def truck(device):
    return entered("vehicles", PLATE, vin=VIN, street="博兴街道")
