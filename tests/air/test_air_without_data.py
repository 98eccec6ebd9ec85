"""Before any data is there."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from gongjian.air import views
from gongjian.air.actions import prepare_stations
from gongjian.air.indicators import INDICATORS
from gongjian.indicators.periods import parse_period
from gongjian.indicators.queries import values

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("registered", [False, True])
@pytest.mark.parametrize("name", ["air:glance", "air:trend", "air:months", "air:profiles", "air:days-csv"])
def test_the_page_says_what_would_be_here_and_how_to_begin(client, monkeypatch, name, registered):
    monkeypatch.setattr(views, "today", lambda: date(2020, 10, 31))
    if registered:
        prepare_stations(by=None, at=datetime(2020, 1, 1, tzinfo=UTC))
    text = client.get(reverse(name)).content.decode()
    assert "还没有空气监测数据" in text
    assert "gongjian air import" in text


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.code)
def test_without_a_station_there_is_no_value_and_a_reason(indicator):
    period = parse_period("3y:2020" if indicator.code.endswith("3y") else "2020")
    reading = values.value(indicator, period)
    assert reading.value is None
    assert reading.reasons
