"""When a gateway listened, and from when on a silence is one of the device."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.telemetry.actions import note_listening
from gongjian.telemetry.listening import Watch, joined, silent_from
from gongjian.telemetry.queries import watches_since

NINE = datetime(2020, 10, 31, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
spans = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 50)), max_size=8)


def watch(first, last):
    return Watch(NINE + first * HOUR, NINE + last * HOUR)


@pytest.mark.parametrize(
    ("watches", "heard", "hours"),
    [
        ([watch(0, 10)], 1, 3),  # listened all the time
        ([watch(0, 3)], 1, None),  # exactly so long is not yet too long
        ([watch(0, 2), watch(5, 9)], 1, 6),  # an hour before the gateway went, an hour after it came
        ([watch(5, 9)], 1, 7),  # down since before the last word: all of the patience begins anew
        ([watch(5, 6)], 1, None),
        ([], 1, None),
        ([watch(0, 4)], 5, None),  # heard after it was noted last
    ],
)
def test_only_listening_counts_as_silence(watches, heard, hours):
    assert silent_from(watches, NINE + heard * HOUR, 2 * HOUR) == (None if hours is None else NINE + hours * HOUR)


@given(spans, st.integers(0, 200), st.integers(1, 60))
def test_it_is_the_moment_when_the_time_listened_adds_up(made, heard, silence):
    """Counted minute by minute of a plain set of hours."""
    watches = joined(watch(first, first + length) for first, length in made)
    listened = sorted({hour for first, length in made for hour in range(first, first + length) if hour >= heard})
    found = silent_from(watches, NINE + heard * HOUR, silence * HOUR)
    if len(listened) > silence:
        assert NINE + listened[silence - 1] * HOUR < found <= NINE + listened[silence] * HOUR
    else:
        assert found is None


def test_of_gateways_that_never_told_nothing_is_known(db):
    assert watches_since(NINE) is None
    note_listening(NINE, now=NINE)
    note_listening(NINE, now=NINE + HOUR)
    note_listening(NINE + HOUR / 2, now=NINE + 2 * HOUR)  # a second gateway
    note_listening(NINE + 5 * HOUR, now=NINE + 6 * HOUR)
    assert watches_since(NINE) == [watch(0, 2), watch(5, 6)]
    assert watches_since(NINE + 3 * HOUR) == [watch(5, 6)]
    assert watches_since(NINE + 9 * HOUR) == [], "known, and none: nobody listens"


def test_old_runs_are_forgotten(db):
    note_listening(NINE, now=NINE + HOUR)
    note_listening(NINE + timedelta(days=61), now=NINE + timedelta(days=61))
    assert watches_since(NINE) == [Watch(NINE + timedelta(days=61), NINE + timedelta(days=61))]
