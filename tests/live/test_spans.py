"""Which span an address asks for."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gongjian.live.spans import LONGEST, span_asked
from gongjian.telemetry.store import Period

AT = datetime(2020, 10, 31, 10, 15, 42, tzinfo=ZoneInfo("Asia/Shanghai"))
ALL = list(Period)


@pytest.mark.parametrize(
    ("key", "days", "period"), [("day", 1, Period.MINUTE), ("week", 7, Period.HOUR), ("month", 31, Period.HOUR), ("year", 366, Period.DAY)]
)
def test_a_named_span_ends_now_in_the_period_that_suits_it(key, days, period):
    span = span_asked({"span": key}, ALL, AT)
    assert (span.key, span.period) == (key, period)
    assert span.last == AT.replace(minute=16, second=0), "the minute that is running belongs to it"
    assert span.last - span.first == timedelta(days=days)


def test_on_the_minute_a_named_span_ends_with_it():
    assert span_asked({}, ALL, AT.replace(second=0)).last == AT.replace(second=0)


def test_nothing_asked_for_is_the_last_day_in_the_nearest_period_there_is():
    assert span_asked({}, [Period.HOUR, Period.DAY], AT).period is Period.HOUR
    assert span_asked({"span": "year"}, [Period.HOUR], AT).period is Period.HOUR
    assert span_asked({}, [], AT).period is Period.MINUTE


def test_a_chosen_span_is_kept_as_it_is_and_can_be_asked_for_again():
    span = span_asked({"first": "2020-10-01T00:00", "last": "2020-10-02T12:00", "period": "minute"}, ALL, AT)
    assert (span.key, span.first.isoformat(), span.last.isoformat()) == ("", "2020-10-01T00:00:00+08:00", "2020-10-02T12:00:00+08:00")
    from django.http import QueryDict

    assert span_asked(QueryDict(span.query), ALL, AT) == span


def test_a_span_too_long_for_its_period_is_cut_at_its_beginning_and_says_so():
    span = span_asked({"first": "2015-01-01T00:00", "last": "2020-10-01T00:00", "period": "minute"}, ALL, AT)
    assert span.last - span.first == LONGEST[Period.MINUTE]
    assert "366 天" in span.note


@pytest.mark.parametrize(
    "asked",
    [
        {"first": "nonsense", "last": "2020-10-01T00:00"},
        {"first": "2020-10-02T00:00", "last": "2020-10-01T00:00"},
        {"first": "0001-01-01T00:00", "last": "0001-02-01T00:00"},
        {"first": "9999-12-31T23:59+00:00", "last": "9999-12-31T23:59-12:00"},
        {"span": "century", "period": "fortnight"},
    ],
)
def test_what_is_asked_for_wrongly_is_the_last_day(asked):
    assert span_asked(asked, ALL, AT).key == "day"
