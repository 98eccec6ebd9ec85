"""Before any data is there."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from gongjian.air import views
from gongjian.air.actions import prepare_stations

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
