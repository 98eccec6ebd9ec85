"""Readings frozen when a period closes, checked every night; days remembered."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from declared import COMPUTED, COUNT, DISTINCT, RATIO, enter
from indicator_sample.models import Check

from gongjian.indicators import registry
from gongjian.indicators.actions.freezing import freeze, freeze_settled
from gongjian.indicators.actions.remembering import forget, remember
from gongjian.indicators.models import FrozenReading, Remembered
from gongjian.indicators.periods import month, parse_period, year
from gongjian.indicators.queries.frozen import reading
from gongjian.indicators.queries.rechecking import recheck
from gongjian.indicators.queries.values import value
from gongjian.indicators.recalling import standings
from gongjian.indicators.standing import Wish
from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
MARCH = month(Month(2020, 3))
APRIL = datetime(2020, 4, 11, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _catalogue(_bare_catalogue):
    registry.register(COUNT, RATIO, DISTINCT, COMPUTED)
    yield
    registry.forget(COUNT.code, RATIO.code, DISTINCT.code, COMPUTED.code)


@pytest.fixture
def _march():
    for step in range(10):
        enter(date(2020, 3, 1) + timedelta(step), passed=step > 0, use=["bus", "truck"][step % 2])


@pytest.mark.usefixtures("_march")
def test_a_period_that_runs_cannot_be_frozen():
    with pytest.raises(Refusal, match="尚未结束"):
        freeze(parse_period("2020-04"), now=APRIL)
    assert not FrozenReading.objects.exists()


@pytest.mark.usefixtures("_march")
def test_freezing_keeps_the_whole_and_every_part_with_provenance_once():
    assert freeze(MARCH, now=APRIL) == 4 + 3 * (2 + 1)  # four indicators, three of them by two uses and one street
    assert freeze(MARCH, now=APRIL + timedelta(30)) == 0
    kept = FrozenReading.objects.get(code=RATIO.code, split="")
    assert (kept.value, kept.valid, kept.as_of) == (90.0, True, date(2020, 4, 10))
    assert (kept.provenance["expected"], kept.provenance["present"], kept.provenance["numerator"]) == (10, 10, 9)
    assert kept.provenance["frozen_at"] == APRIL.isoformat()
    assert Event.objects.get(verb="readings.frozen").after == {"period": "2020-03", "readings": 13}


@pytest.mark.usefixtures("_march")
def test_what_comes_late_never_changes_a_frozen_reading_and_is_reported():
    freeze(MARCH, now=APRIL)
    assert recheck(APRIL + timedelta(1)) == []
    enter(date(2020, 3, 20), passed=False, entered=date(2020, 4, 20), use="truck")
    assert reading(RATIO, MARCH).value == 90
    assert reading(RATIO, MARCH).frozen_at == APRIL
    found = recheck(APRIL + timedelta(30))
    assert {(one.frozen.code, one.altered) for one in found} == {(COUNT.code, False), (RATIO.code, False), (DISTINCT.code, False)} - {
        (DISTINCT.code, False)
    }
    assert all("补录或更正" in one.words() for one in found)


@pytest.mark.usefixtures("_march")
def test_rows_changed_outside_the_rules_are_told_apart_from_late_ones():
    freeze(MARCH, now=APRIL)
    Check.objects.filter(passed=False).update(passed=True)
    found = recheck(APRIL + timedelta(1))
    assert found
    assert all(one.altered and "核查" in one.words() for one in found)


@pytest.mark.usefixtures("_march")
def test_the_night_freezes_what_has_settled_and_no_more():
    assert freeze_settled(now=APRIL - timedelta(1)) > 0  # February, the last quarter and the last year
    assert set(FrozenReading.objects.values_list("period", flat=True)) == {"2020-02", "2019Q4", "2019"}
    freeze_settled(now=APRIL + timedelta(1))
    assert "2020-03" in FrozenReading.objects.values_list("period", flat=True)
    assert "2020Q1" in FrozenReading.objects.values_list("period", flat=True)


def test_a_closed_period_without_a_frozen_reading_is_computed():
    enter(date(2020, 3, 1))
    assert reading(COUNT, year(2020)).value == 1
    assert reading(COUNT, year(2020)).frozen_at is None


@pytest.mark.usefixtures("_march")
def test_a_day_is_remembered_only_when_it_is_over_and_computed_anew_for_another_method():
    day = date(2020, 3, 10)
    with pytest.raises(Refusal, match="还没有过完"):
        remember([date(2020, 4, 11)], now=APRIL)
    remember([day], now=APRIL)
    Check.objects.all().delete()
    assert standings([Wish(RATIO)], [day])[RATIO.code, "", day].reading == replace(
        value(RATIO, parse_period("ytd:2020-03-10"), day), value=90.0, reasons=(), expected=10, present=10, numerator=9.0, denominator=10.0
    )
    assert standings([Wish(replace(RATIO, method="2"))], [day])[RATIO.code, "", day].reading.value is None


@pytest.mark.usefixtures("_march")
def test_an_importer_of_the_past_makes_days_forgotten_and_says_so():
    days = [date(2020, 3, 5), date(2020, 3, 10)]
    remember(days, now=APRIL)
    forget([RATIO.code], date(2020, 3, 6), why="导入历史记录", by=None, now=APRIL)
    assert set(Remembered.objects.filter(code=RATIO.code).values_list("day", flat=True)) == {days[0]}
    assert Event.objects.get(verb="readings.forgotten").note == "导入历史记录"
