"""What follows from a declaration: values, series, parts, as-of."""

from collections import Counter
from datetime import date, timedelta
from math import isclose

import pytest
from declared import ADDS_UP, COMPUTED, COUNT, DISTINCT, EVERY, FROM_RECORDS, LATEST, MEAN, RATIO, SHARE, SUM, TRUCKS, declared, enter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indicator_sample.models import Check

from gongjian.indicators import measuring
from gongjian.indicators.conditions import Field
from gongjian.indicators.grammar import Count, Ratio
from gongjian.indicators.periods import month, parse_period, year, ytd
from gongjian.indicators.queries.values import by_split, series, value
from gongjian.indicators.tallies import Tally, reading_of, total
from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal

pytestmark = pytest.mark.django_db
Y2020 = year(2020)


def fill():
    enter(date(2020, 1, 5), passed=True, nox=2.0)
    enter(date(2020, 1, 6), passed=False, nox=4.0, plate="京B")
    enter(date(2020, 2, 1), passed=True, nox=None, use="bus")
    enter(date(2020, 2, 1), passed=None, nox=6.0, use="bus", street=None)
    enter(date(2020, 2, 2), passed=True, nox=8.0, fuel="电")
    enter(date(2020, 2, 3), passed=True, nox=99.0, replaced=date(2020, 2, 4))
    enter(date(2021, 1, 1), passed=False, nox=50.0)


@pytest.mark.parametrize(
    ("indicator", "expected", "inputs"),
    [
        (COUNT, 5, (5, 5)),
        (TRUCKS, 3, (3, 3)),
        (SUM, 20.0, (5, 4)),
        (MEAN, 4.0, (4, 3)),
        (RATIO, 200 / 3, (4, 3)),
        (SHARE, 70.0, (5, 4)),
        (DISTINCT, 3, (5, 5)),
        (LATEST, 8.0 + 4.0 + 6.0, (3, 3)),
        (COMPUTED, 5.0, (366, 4)),
    ],
    ids=lambda given: getattr(given, "code", None),
)
def test_each_kind_gives_its_worked_example(indicator, expected, inputs):
    fill()
    found = value(indicator, Y2020)
    assert found.valid
    assert isclose(found.value, expected)
    assert (found.expected, found.present) == inputs


def test_on_one_day_the_record_entered_last_speaks_and_one_without_a_value_is_not_passed_over():
    enter(date(2020, 1, 5), nox=1.0, entered=date(2020, 1, 9))
    enter(date(2020, 1, 5), nox=2.0, entered=date(2020, 1, 8))
    assert value(LATEST, Y2020).value == 1.0
    enter(date(2020, 1, 7), nox=None)
    found = value(LATEST, Y2020)
    assert (found.value, found.valid, found.expected, found.present) == (None, False, 1, 0)


@pytest.mark.parametrize("indicator", EVERY, ids=lambda given: given.code)
def test_nothing_entered_is_no_value_and_says_so(indicator):
    found = value(indicator, Y2020)
    assert found.value is None
    assert not found.valid
    assert found.reasons


def test_an_absence_is_zero_only_where_somebody_looked_or_silence_was_declared_to_mean_none():
    enter(date(2020, 1, 5), use="bus")
    assert value(TRUCKS, Y2020).value == 0
    assert value(TRUCKS, Y2020).valid
    assert value(TRUCKS, year(2019)).value is None
    quiet = declared("quiet", Count(), silence_is_zero=True)
    assert value(quiet, year(2019)).value == 0
    assert value(quiet, year(2019)).valid


def test_too_few_or_too_incomplete_records_withhold_validity_not_the_value():
    enter(date(2020, 1, 5), passed=True)
    enter(date(2020, 1, 6), passed=None)
    few = declared("few", Ratio(Field("passed") == True), "%", least=5)  # noqa: E712 - it declares
    thin = declared("thin", Ratio(Field("passed") == True), "%", enough=0.8)  # noqa: E712 - it declares
    for indicator, words in ((few, "应不少于5条"), (thin, "应不少于80%")):
        found = value(indicator, Y2020)
        assert found.value == 100
        assert not found.valid
        assert words in found.reasons[0]


@pytest.mark.parametrize("indicator", FROM_RECORDS, ids=lambda given: given.code)
def test_the_series_of_a_year_is_one_query_and_each_month_is_what_it_is_alone(indicator, django_assert_num_queries):
    fill()
    with django_assert_num_queries(1):
        found = series(indicator, Month(2020, 1), Month(2020, 12))
    assert [reading.value for reading in found] == [
        value(indicator, month(which)).value for which in Month(2020, 1).through(Month(2020, 12))
    ]
    assert found[5].value is None


@pytest.mark.parametrize("indicator", FROM_RECORDS, ids=lambda given: given.code)
def test_the_parts_of_a_split_are_one_query_and_named(indicator, django_assert_num_queries):
    fill()
    with django_assert_num_queries(1):
        found = dict(by_split(indicator, Y2020, "use"))
    assert set(found) == {"货运", "公交"}
    assert sum(reading.expected for reading in found.values()) == value(indicator, Y2020).expected or indicator is TRUCKS


def test_what_was_not_filled_in_is_a_part_of_its_own():
    fill()
    assert {key: reading.value for key, reading in by_split(COUNT, Y2020, "street")} == {"荣华": 4, "未填写": 1}
    with pytest.raises(Refusal, match="可用的分组是use"):
        by_split(COUNT, Y2020, "nothing")


RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "on": st.dates(date(2020, 1, 1), date(2020, 6, 30)),
            "entered": st.dates(date(2020, 1, 1), date(2020, 9, 30)),
            "use": st.sampled_from(["bus", "truck"]),
            "plate": st.sampled_from(["京A", "京B"]),
            "fuel": st.sampled_from(["柴油", "电", None]),
            "passed": st.sampled_from([True, False, None]),
            "nox": st.sampled_from([None, 0.0, 1.0, 2.5]),
        }
    ),
    max_size=8,
)
LAW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def refill(records):
    Check.objects.all().delete()
    for record in records:
        enter(**record)


def told(reading):
    return reading.value, reading.valid, reading.expected, reading.present


@LAW
@given(records=RECORDS, cut=st.dates(date(2020, 1, 1), date(2020, 6, 29)))
def test_a_period_split_and_recombined_is_the_whole(records, cut):
    refill(records)
    first, last = date(2020, 1, 1), date(2020, 6, 30)
    for indicator in ADDS_UP:
        halves = [measuring.by_day(indicator, *span) for span in ((first, cut), (cut + timedelta(1), last))]
        days = [tally for half in halves for tally in half.values()]
        assert told(reading_of(indicator, total(days), ytd(last))) == told(value(indicator, ytd(last)))
        months = [measuring.by_month(indicator, which, which) for which in Month(2020, 1).through(Month(2020, 6))]
        assert total([tally for one in months for tally in one.values()] or [Tally()]) == measuring.tally(indicator, ytd(last))
        parts = [reading for _, reading in by_split(indicator, ytd(last), "use")]
        assert sum(part.expected for part in parts) == value(indicator, ytd(last)).expected


@LAW
@given(records=RECORDS, late=RECORDS, as_of=st.dates(date(2020, 1, 1), date(2020, 9, 30)))
def test_a_late_record_changes_no_earlier_as_of(records, late, as_of):
    refill(records)
    before = {indicator.code: told(value(indicator, Y2020, as_of)) for indicator in FROM_RECORDS}
    for record in late:
        enter(**record | {"entered": as_of + timedelta(1)})
    for row in Check.objects.all()[:2]:
        row.replaced_at = max(row.entered_at, enter(as_of, entered=as_of + timedelta(1)).entered_at)
        row.save()
    assert {indicator.code: told(value(indicator, Y2020, as_of)) for indicator in FROM_RECORDS} == before


@LAW
@given(records=RECORDS, order=st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(records, order):
    records = [record | {"entered": record["entered"] + timedelta(index)} for index, record in enumerate(records)]
    refill(records)
    before = {indicator.code: told(value(indicator, Y2020)) for indicator in EVERY}
    shuffled = list(records)
    order.shuffle(shuffled)
    refill(shuffled)
    after = {indicator.code: told(value(indicator, Y2020)) for indicator in EVERY}
    assert {code: told for code, told in after.items() if told != before[code]} == {} or same_day_ties(records)


def same_day_ties(records):
    """Two versions of one vehicle on one day entered in the same moment: then their numbers decide, and only then."""
    moments = Counter((record["use"], record["plate"], record["on"], record["entered"]) for record in records)
    return any(count > 1 for count in moments.values())


def test_a_late_record_changes_the_value_of_today():
    enter(date(2020, 3, 1), passed=True)
    assert value(RATIO, Y2020).value == 100
    enter(date(2020, 3, 2), passed=False, entered=date(2020, 5, 1))
    assert value(RATIO, Y2020).value == 50
    assert value(RATIO, Y2020, date(2020, 4, 30)).value == 100
    assert value(RATIO, Y2020, date(2020, 5, 1)).value == 50


@pytest.mark.parametrize("text", ["2020", "2020-10", "2020Q3", "2020-10-31", "ytd:2020-10-31", "r12:2020-10", "3y:2020"])
def test_every_kind_of_period_has_a_value(text):
    fill()
    for indicator in EVERY:
        assert value(indicator, parse_period(text)).period.code == text
