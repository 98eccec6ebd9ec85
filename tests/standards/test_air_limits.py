"""Air limits: the day measured decides which edition speaks."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.refusal import Refusal
from gongjian.standards.air.editions import EDITIONS, edition_on
from gongjian.standards.air.limits import limit
from gongjian.standards.air.pollutants import Period, Pollutant

P, T = Pollutant, Period
OLD, FIRST, LATE = date(2020, 12, 31), date(2026, 12, 31), date(2031, 1, 1)


def pairs(pollutant, period):
    return [tuple(limit(pollutant, period, on, cls).value for cls in (1, 2)) for on in (OLD, FIRST, LATE)]


@pytest.mark.parametrize(
    ("pollutant", "period", "expected"),
    [
        (P.SO2, T.YEAR, [(20, 60), (20, 60), (20, 20)]),
        (P.SO2, T.DAY, [(50, 150), (50, 150), (50, 50)]),
        (P.SO2, T.HOUR, [(150, 500), (150, 500), (150, 150)]),
        (P.NO2, T.YEAR, [(40, 40), (40, 40), (30, 30)]),
        (P.NO2, T.DAY, [(80, 80), (80, 80), (50, 50)]),
        (P.NO2, T.HOUR, [(200, 200), (200, 200), (200, 200)]),
        (P.CO, T.DAY, [(4, 4)] * 3),
        (P.CO, T.HOUR, [(10, 10)] * 3),
        (P.O3, T.MAX_8H, [(100, 160)] * 3),
        (P.O3, T.HOUR, [(160, 200)] * 3),
        (P.PM10, T.YEAR, [(40, 70), (40, 60), (20, 50)]),
        (P.PM10, T.DAY, [(50, 150), (50, 120), (50, 100)]),
        (P.PM25, T.YEAR, [(15, 35), (15, 30), (10, 25)]),
        (P.PM25, T.DAY, [(35, 75), (35, 60), (25, 50)]),
    ],
)
def test_each_limit_of_each_edition(pollutant, period, expected):
    assert pairs(pollutant, period) == expected


@pytest.mark.parametrize(
    ("on", "value"),
    [(date(2026, 2, 28), 75), (date(2026, 3, 1), 60), (date(2030, 12, 31), 60), (date(2031, 1, 1), 50), (date(2012, 2, 29), 75)],
)
def test_a_limit_changes_on_its_day_and_not_before(on, value):
    assert limit(P.PM25, T.DAY, on).value == value


def test_where_the_standard_is_silent_there_is_no_limit():
    assert limit(P.CO, T.YEAR, OLD) is None
    assert limit(P.O3, T.DAY, OLD) is None
    assert limit(P.PM25, T.HOUR, OLD) is None
    assert limit(P.PM25, T.DAY, date(2012, 2, 28)) is None


def test_a_third_class_of_area_is_refused():
    with pytest.raises(ValueError, match="class"):
        limit(P.PM25, T.DAY, OLD, 3)


def test_a_limit_names_its_unit_and_where_it_stands():
    found = limit(P.CO, T.DAY, FIRST)
    assert (found.unit, found.method) == ("mg/m³", "GB 3095-2026 表1 二级浓度限值（过渡阶段）")
    assert limit(P.PM25, T.DAY, OLD, 1).method == "GB 3095-2012 表1 一级浓度限值"


def test_a_concentration_is_compared_as_it_is_published():
    """75.5 is written 76 and exceeds 75; 75.49 and the tie 74.5 are not over; CO keeps one decimal."""
    day = limit(P.PM25, T.DAY, OLD)
    assert [day.exceeded_by(value) for value in (75, 75.49, 75.5, 74.5)] == [False, False, True, False]
    assert [limit(P.CO, T.DAY, OLD).exceeded_by(value) for value in (4, 4.04, 4.06)] == [False, False, True]


def test_editions_follow_one_another_without_a_gap():
    for one, following in pairwise(EDITIONS):
        assert (following.first - one.last).days == 1


def test_a_day_before_every_edition_is_refused_in_a_sentence():
    with pytest.raises(Refusal, match=r"^2010-01-01早于GB 3095-2012的发布之日.*请选择之后的日期。$"):
        edition_on(date(2010, 1, 1))


@given(st.sampled_from(Pollutant), st.sampled_from(Period), st.dates(date(2012, 2, 29)))
def test_class_one_is_never_laxer_than_class_two(pollutant, period, on):
    strict, lax = limit(pollutant, period, on, 1), limit(pollutant, period, on, 2)
    assert (strict is None) == (lax is None)
    assert strict is None or strict.value <= lax.value


@given(st.sampled_from(Pollutant), st.sampled_from(Period), st.dates(date(2012, 2, 29)), st.dates(date(2012, 2, 29)))
def test_limits_only_tighten(pollutant, period, one, other):
    early, late = (limit(pollutant, period, on) for on in sorted((one, other)))
    assert early is None or late.value <= early.value
