"""The working calendar."""

from datetime import date

import pytest

from gongjian.kernel.refusal import Refusal
from gongjian.kernel.workdays import Calendar
from gongjian.people.actions import remove_calendar_day, save_calendar_day, seed_calendar
from gongjian.people.models import CalendarDay
from gongjian.people.permissions import Forbidden
from gongjian.people.queries import calendar_years, working_calendar
from gongjian.people.roles import Role
from gongjian.trail.models import Event

YEAR = (date(2020, 1, 1), date(2020, 12, 31))


def test_the_holidays_of_2020_are_as_the_state_council_announced_them(db, at):
    """国办发明电〔2019〕16号, with the spring holiday prolonged to 2 February by 国办发明电〔2020〕1号."""
    seed_calendar([2020], by=None, at=at)
    days = working_calendar(date(2020, 9, 25), date(2020, 10, 12))
    assert days == {
        date(2020, 9, 27): True,
        **{date(2020, 10, day): False for day in (1, 2, 5, 6, 7, 8)},
        date(2020, 10, 10): True,
    }
    assert working_calendar(date(2020, 1, 31), date(2020, 1, 31)) == {date(2020, 1, 31): False}
    names = dict(CalendarDay.objects.filter(day__range=YEAR).values_list("day", "name"))
    assert (names[date(2020, 9, 27)], names[date(2020, 10, 8)]) == ("国庆节调休上班", "国庆节")


def test_only_days_that_differ_from_their_weekday_are_kept(db, at):
    seed_calendar([2020, 2021], by=None, at=at)
    assert CalendarDay.objects.exists()
    assert all(day.working == (day.day.weekday() >= 5) for day in CalendarDay.objects.all())


def test_the_calendar_serves_the_kernels_reckoning(db, at):
    """251 announced, less 31 January and the make-up Saturday of 1 February that the prolonged holiday took."""
    seed_calendar([2020], by=None, at=at)
    calendar = Calendar(working_calendar(*YEAR))
    assert sum(calendar.is_working(date.fromordinal(n)) for n in range(YEAR[0].toordinal(), YEAR[1].toordinal() + 1)) == 249


def test_seeding_again_adds_nothing_and_leaves_an_administrators_word(db, at):
    added = seed_calendar([2020], by=None, at=at)
    day = CalendarDay.objects.get(day=date(2020, 10, 10))
    day.working, day.name = False, "本区另行安排"
    save_calendar_day(day, by=None, at=at)
    assert added > 20
    assert seed_calendar([2020], by=None, at=at) == 0
    assert working_calendar(day.day, day.day) == {day.day: False}


def test_one_event_for_each_year_seeded(db, at):
    seed_calendar(range(2018, 2027), by=None, at=at)
    assert [event.subject_label for event in Event.objects.filter(verb="calendar.seeded")] == [f"{year}年" for year in range(2018, 2027)]
    assert calendar_years() == list(range(2018, 2027))


def test_a_year_nobody_has_announced_is_refused_and_nothing_written(db, at):
    with pytest.raises(Refusal, match="没有2099年"):
        seed_calendar([2020, 2099], by=None, at=at)
    assert not CalendarDay.objects.exists()


def test_a_day_can_be_taken_back(db, at):
    day = save_calendar_day(CalendarDay(day=date(2020, 12, 11), working=False, name="停电"), by=None, at=at)
    remove_calendar_day(day, by=None, at=at)
    assert working_calendar(*YEAR) == {}
    assert [event.verb for event in Event.objects.all()] == ["calendarday.created", "calendarday.removed"]


def test_a_day_stands_once(db, at):
    save_calendar_day(CalendarDay(day=date(2020, 12, 11), working=False), by=None, at=at)
    with pytest.raises(Refusal, match="日期"):
        save_calendar_day(CalendarDay(day=date(2020, 12, 11), working=True), by=None, at=at)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.VISITOR}])
def test_only_the_administrator_edits_the_calendar(role, person, at):
    user = person(role)
    day = CalendarDay(day=date(2020, 12, 11), working=False)
    for door in (
        lambda: save_calendar_day(day, by=user, at=at),
        lambda: seed_calendar([2020], by=user, at=at),
        lambda: remove_calendar_day(day, by=user, at=at),
    ):
        with pytest.raises(Forbidden):
            door()
    assert not CalendarDay.objects.exists()
