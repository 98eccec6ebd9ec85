"""When what goes to whom: laws that hold for every reader, habit and hour."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.workdays import Calendar
from gongjian.notices.channels import SHARED, Channel, Rhythm
from gongjian.notices.leases import LONGEST_PAUSE, MOST_ATTEMPTS, pause_after
from gongjian.notices.planning import EVERYBODY, FLOOD, HOUR, Habit, Office, Reader, plan_deliveries

HERE = ZoneInfo("Asia/Shanghai")
GOLDEN_WEEK = {date(2020, 10, day): False for day in range(1, 9)} | {date(2020, 9, 27): True, date(2020, 10, 10): True}
OFFICE = Office(calendar=Calendar(GOLDEN_WEEK))
OUTSIDE = [channel for channel in Channel if channel is not Channel.INBOX]


def moment(day, hour=10, minute=0, *, month=10):
    return datetime(2020, month, day, hour, minute, tzinfo=HERE)


MOMENTS = st.integers(0, 121 * 24 * 3600).map(lambda seconds: datetime(2020, 9, 1, tzinfo=HERE) + timedelta(seconds=seconds))
HABITS = st.builds(Habit, st.sampled_from(list(Rhythm)), st.times(), st.booleans())
READERS = st.lists(
    st.builds(
        Reader,
        st.integers(1, 99) | st.sampled_from(["a@example.org", "b@example.org"]),
        st.dictionaries(st.sampled_from(OUTSIDE), HABITS, max_size=4),
    ),
    max_size=6,
    unique_by=lambda reader: reader.who,
)
LATELY = st.dictionaries(
    st.tuples(st.sampled_from(OUTSIDE), st.integers(1, 99) | st.just(EVERYBODY)), st.integers(0, 3 * FLOOD), max_size=8
)


def plan(readers, urgent, at, lately):
    return plan_deliveries(readers, urgent=urgent, at=at, office=OFFICE, lately=lately)


@given(READERS, st.booleans(), MOMENTS, LATELY)
def test_everybody_is_told_once_by_every_channel_that_is_not_shut(readers, urgent, at, lately):
    """Neither flood nor night nor digest loses anything: what is put off is put off, never dropped."""
    planned = sorted((str(one.who), one.channel) for one in plan(readers, urgent, at, lately))
    assert planned == sorted(
        (str(reader.who), channel) for reader in readers for channel, habit in reader.habits.items() if habit.rhythm is not Rhythm.NEVER
    )


@given(READERS, st.booleans(), MOMENTS, LATELY)
def test_nothing_is_due_before_it_happened_nor_weeks_after(readers, urgent, at, lately):
    assert all(at <= one.due <= at + timedelta(days=11) for one in plan(readers, urgent, at, lately))


@given(READERS, MOMENTS, LATELY)
def test_what_is_urgent_goes_at_once_and_alone_at_any_hour(readers, at, lately):
    assert all((one.due, one.alone, one.in_hours) == (at, True, False) for one in plan(readers, True, at, lately))


@given(READERS, MOMENTS, LATELY)
def test_whoever_wants_quiet_has_it_out_of_office_hours(readers, at, lately):
    habits = {(reader.who, channel): habit for reader in readers for channel, habit in reader.habits.items()}
    for one in plan(readers, False, at, lately):
        habit = habits[one.who, one.channel]
        if habit.rhythm is Rhythm.AT_ONCE and habit.quiet:
            assert OFFICE.is_open(one.due)
            assert one.in_hours


@given(READERS, MOMENTS, LATELY)
def test_a_digest_comes_at_its_hour_within_a_day_and_for_some_on_working_days_only(readers, at, lately):
    habits = {(reader.who, channel): habit for reader in readers for channel, habit in reader.habits.items()}
    for one in plan(readers, False, at, lately):
        habit = habits[one.who, one.channel]
        if habit.rhythm is Rhythm.DAILY:
            assert one.due.time() == habit.at
            assert one.due - at <= timedelta(days=1)
        if habit.rhythm is Rhythm.WORKING_DAYS:
            assert one.due.time() == habit.at
            assert OFFICE.calendar.is_working(one.due.date())


@given(READERS, MOMENTS, LATELY)
def test_only_what_goes_at_once_goes_alone(readers, at, lately):
    """Put off by anything, it is folded: else the morning after would be the flood the night was spared."""
    assert all(one.alone == (one.due == at) or one.due == at for one in plan(readers, False, at, lately))
    assert all(one.due == at for one in plan(readers, False, at, lately) if one.alone)


@given(st.lists(st.integers(0, 120), min_size=1, max_size=60), st.sampled_from([Channel.EMAIL, Channel.WECOM]), st.booleans())
def test_however_many_come_no_hour_brings_more_than_a_few_letters(minutes, channel, quiet):
    """Any sixty minutes hold at most FLOOD letters of their own, and each full hour one more with the rest."""
    alone, folded = [], set()
    where = (channel, EVERYBODY if channel in SHARED else 7)
    for minute in sorted(minutes):
        at = moment(30) + timedelta(minutes=minute)
        lately = {where: sum(at - HOUR < earlier for earlier in alone)}
        (one,) = plan([Reader(7, {channel: Habit(quiet=quiet)})], False, at, lately)
        if one.alone:
            alone.append(at)
        else:
            folded.add(one.due)
    for at in alone:
        assert sum(at - HOUR < earlier <= at for earlier in alone) <= FLOOD
    assert all((due.minute, due.second) == (0, 0) for due in folded)
    assert len(folded) <= 4


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (moment(30, 10), moment(30, 10)),  # a Friday morning
        (moment(30, 7, 59), moment(30, 8)),
        (moment(30, 20), moment(2, 8, month=11)),  # the evening before a weekend
        (moment(30, 19, 59), moment(30, 19, 59)),
        (moment(31, 12), moment(2, 8, month=11)),
        (moment(27, 12, month=9), moment(27, 12, month=9)),  # a Sunday that is worked
        (moment(30, 21, month=9), moment(9, 8)),  # before the golden week
        (moment(9, 21), moment(10, 8)),  # before a Saturday that is worked
    ],
    ids=str,
)
def test_quiet_ends_when_the_office_opens(at, due):
    (one,) = plan([Reader(7, {Channel.EMAIL: Habit()})], False, at, {})
    assert (one.due, one.alone) == (due, due == at)


@pytest.mark.parametrize(
    ("rhythm", "at", "due"),
    [
        (Rhythm.DAILY, moment(30, 8), moment(30, 8, 30)),
        (Rhythm.DAILY, moment(30, 8, 30), moment(30, 8, 30)),
        (Rhythm.DAILY, moment(30, 9), moment(31, 8, 30)),
        (Rhythm.WORKING_DAYS, moment(30, 9), moment(2, 8, 30, month=11)),
        (Rhythm.WORKING_DAYS, moment(30, 9, month=9), moment(9, 8, 30)),
    ],
    ids=str,
)
def test_a_digest_waits_for_the_next_time_of_its_hour(rhythm, at, due):
    (one,) = plan([Reader(7, {Channel.EMAIL: Habit(rhythm, time(8, 30))})], False, at, {})
    assert (one.due, one.alone, one.in_hours) == (due, False, False)


def test_a_group_is_flooded_as_one_and_a_person_for_themselves():
    readers = [Reader(who, {Channel.WECOM: Habit(), Channel.EMAIL: Habit()}) for who in (1, 2)]
    lately = {(Channel.WECOM, EVERYBODY): FLOOD, (Channel.EMAIL, 1): FLOOD}
    alone = {(one.who, one.channel): one.alone for one in plan(readers, False, moment(30), lately)}
    assert alone == {(1, Channel.WECOM): False, (2, Channel.WECOM): False, (1, Channel.EMAIL): False, (2, Channel.EMAIL): True}


@given(st.integers(1, 1000))
def test_the_pauses_grow_and_stop_growing(attempts):
    assert timedelta(minutes=1) <= pause_after(attempts) <= pause_after(attempts + 1) <= LONGEST_PAUSE


def test_all_attempts_together_outlast_a_night():
    assert timedelta(hours=8) < sum((pause_after(number) for number in range(1, MOST_ATTEMPTS)), timedelta()) < timedelta(days=1)
