"""Reminders: by the table, exactly once, made up for after a missed night, never a flood; and by hand, once a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_desk import APRIL, contributed, department
from stage import at

from gongjian.kernel.refusal import Refusal
from gongjian.kernel.workdays import Calendar
from gongjian.notices.models import Delivery, Dispatch
from gongjian.people.permissions import Forbidden
from gongjian.plans.actions.freezing import freeze
from gongjian.plans.actions.reminding import nudge, remind_due
from gongjian.plans.reminders import Reminder, Timetable, applicable, read_timetable, timetable
from gongjian.trail.models import Event

DUE = date(2020, 5, 8)
TABLE = (Reminder(-5), Reminder(-1), Reminder(0), Reminder(1, heads=True), Reminder(3, heads=True))


@given(st.integers(-30, 30), st.integers(1, 20))
def test_at_most_one_reminder_speaks_and_it_is_the_latest_that_has_come(days, catch_up):
    on, calendar = DUE + timedelta(days), Calendar()
    found = applicable(TABLE, DUE, on, calendar, catch_up)
    own = {one: calendar.add_working_days(DUE, one.days) for one in TABLE}
    come = [one for one in TABLE if own[one] <= on]
    if found is None:
        assert not come or on - own[come[-1]] > timedelta(catch_up)
    else:
        assert found == come[-1]
        assert on - own[found] <= timedelta(catch_up)


def test_the_table_that_is_built_in_reminds_before_on_and_after_the_day_and_heads_only_after():
    built_in = timetable()
    assert [(one.days, one.heads) for one in built_in.report] == [(-5, False), (-1, False), (0, False), (1, True), (3, True)]
    assert all(one.heads is (one.days > 0) for one in built_in.contribution)


WRITTEN = "catch_up = 3\ncontribution_days = 1\n[[report]]\ndays = -2\n[[report]]\ndays = -4\nheads = true\n[[contribution]]\ndays = 0\n"


def test_an_installation_s_own_table_is_read_in_order(settings, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    settings.GONGJIAN_REPORTING = str(path)
    assert timetable() == Timetable((Reminder(-4, heads=True), Reminder(-2)), (Reminder(0),), 3, 1)
    settings.GONGJIAN_REPORTING = str(tmp_path / "none.toml")
    with pytest.raises(Refusal, match="读不到催报时间表"):
        timetable()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("days = -2", "days = 'x'"),
        ("catch_up = 3", ""),
        ("days = -2", "days = -4"),
        ("days = 0", "days = 99"),
        ("= 3", "= true"),
        ("[[", "["),
    ],
)
def test_a_table_that_says_something_else_is_refused(old, new):
    with pytest.raises(Refusal, match="催报时间表有误"):
        read_timetable(WRITTEN.replace(old, new, 1))


def titles(name):
    return list(Delivery.objects.filter(user__username=name, channel="inbox").order_by("id").values_list("dispatch__title", flat=True))


def reports(name):
    return [title for title in titles(name) if "月报还有" in title]


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_the_officers_hear_before_and_on_the_day_and_heads_after_it():
    for day in (at(4, 27), at(4, 28), at(5, 7), at(5, 8), at(5, 9), at(5, 11), at(5, 12)):
        remind_due(at=day)
    before, the_day_before, today, after = reports("chengjian")[:4]
    assert before == "2020年4月月报还有 2 项未报，应于5月8日前报送"
    assert the_day_before == before
    assert today == "2020年4月月报还有 2 项未报，今天到期"
    assert after == "2020年4月月报还有 2 项未报，应于5月8日前报送，已逾期 1 天"
    assert reports("chengjian-zhang")[0] == after


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_asking_again_tells_nobody_again():
    assert remind_due(at=at(5, 8, 8)) > 0
    assert remind_due(at=at(5, 8, 9)) == 0
    assert len(reports("chengjian")) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_a_missed_night_is_made_up_for_on_the_next():
    remind_due(at=at(5, 7))
    remind_due(at=at(5, 10))  # nobody asked on the 8th and the 9th, a working Saturday
    assert reports("chengjian")[-1].endswith("已逾期 2 天")
    assert len(reports("chengjian")) == 2
    assert len(reports("chengjian-zhang")) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_a_week_of_missed_nights_brings_one_message_and_a_season_none():
    remind_due(at=at(5, 14))
    assert len(reports("chengjian")) == 1
    remind_due(at=at(8, 1))  # April, May and June are long over, July is not near
    assert not [title for title in reports("chengjian") if "4月" in title or "5月" in title][1:]


@pytest.mark.django_db
def test_who_has_reported_hears_nothing_and_the_message_names_what_is_owed(town):
    town.submitted("A1.2", 4, "chengjian", at(5, 6))
    town.submitted("A1.1", 4, "jiaotong", at(5, 6))
    remind_due(at=at(5, 8))
    assert not reports("jiaotong")
    assert Dispatch.objects.get(key=f"report.remind:{town.programme.pk}:2020-04:0:{department('城建局').pk}").body == "未报的措施：A2.1。"
    assert reports("gongan")[0] == "2020年4月月报还有 1 项未报，今天到期"  # a collective name: each of its departments


@pytest.mark.django_db
def test_assisting_departments_hear_of_their_contributions(town):
    contributed(town, key="W1.1", helper="滨河街道", by="jiedao", moment=at(5, 5))
    remind_due(at=at(5, 6))
    assert "2020年4月协办情况还有 1 项未报，今天到期" in titles("gongan")
    assert not [title for title in titles("jiedao") if "协办情况还有" in title]


@pytest.mark.django_db
def test_a_frozen_month_is_left_alone(town):
    freeze(town.programme, APRIL, by=town.user("tongchou"), at=at(5, 9))
    assert remind_due(at=at(5, 11)) == 0


@pytest.mark.django_db
def test_a_department_hears_once_a_day_whoever_sends_it(town):
    which, office = [department("城建局"), department("交通局")], town.user("tongchou")
    assert nudge(town.programme, APRIL, which, by=office, at=at(5, 11)) == 2
    assert reports("chengjian") == reports("chengjian-zhang") != []
    with pytest.raises(Refusal, match="城建局今天已经催报过"):
        nudge(town.programme, APRIL, which[:1], by=office, at=at(5, 11, 17))
    assert nudge(town.programme, APRIL, which[:1], by=office, at=at(5, 12)) == 1
    assert [event.after["departments"] for event in Event.objects.filter(verb="month.remind").order_by("id")] == [
        ["城建局", "交通局"],
        ["城建局"],
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["guanli", "chengjian", "chengjian-zhang", "jiancha", "lingdao", "xinren"])
def test_nobody_else_reminds(town, who):
    with pytest.raises(Forbidden):
        nudge(town.programme, APRIL, [department("城建局")], by=town.user(who), at=at(5, 11))


@pytest.mark.django_db
def test_who_owes_nothing_is_not_reminded(town):
    town.submitted("A1.1", 4, "jiaotong", at(5, 6))
    with pytest.raises(Refusal, match="不用催报"):
        nudge(town.programme, APRIL, [department("交通局")], by=town.user("tongchou"), at=at(5, 11))
    with pytest.raises(Refusal, match="不再催报"):
        nudge(town.programme, APRIL.shifted(-3), [department("城建局")], by=town.user("tongchou"), at=at(5, 12))
