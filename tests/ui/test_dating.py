"""The date being shown is what the address asks for, kept within the plan."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gongjian.ui.dating import date_shown

FIRST, LAST, TODAY = date(2020, 3, 29), date(2020, 12, 31), date(2020, 11, 12)


def shown(raw=None, **other):
    return date_shown(raw, **{"today": TODAY, "first": FIRST, "last": LAST, **other})


def test_it_opens_on_today_or_on_the_day_it_is_told():
    assert shown().is_today
    assert shown(opens_on=date(2020, 10, 31)).on == date(2020, 10, 31)


def test_the_address_names_another_day():
    asked = shown("2020-06-30")
    assert asked.on == date(2020, 6, 30)
    assert not asked.is_today
    assert asked.note == ""


def test_what_is_no_date_is_said_so_and_today_is_shown():
    asked = shown("上周五")
    assert asked.on == TODAY
    assert asked.note == "“上周五”不是一个日期，请按 2020-10-31 的样子填写。"


def test_a_day_outside_the_plan_is_moved_to_its_edge_with_a_word():
    asked = shown("2019-01-01")
    assert asked.on == FIRST
    assert asked.note == "只能查看 2020-03-29 至 2020-12-31 之间的情况，已显示 2020-03-29。"


def test_steps_go_from_month_end_to_month_end():
    asked = shown("2020-10-31")
    assert (asked.earlier.day, asked.later.day) == (date(2020, 9, 30), date(2020, 11, 30))
    assert (asked.earlier.label, asked.later.label) == ("上月末", "下月末")


def test_inside_a_month_the_next_step_is_its_own_end():
    asked = shown("2020-10-08")
    assert (asked.later.label, asked.later.day) == ("本月末", date(2020, 10, 31))


def test_no_step_leads_outside_the_plan():
    assert shown("2020-03-30").earlier is None
    assert shown("2020-12-31").later is None


def test_a_step_keeps_what_the_page_was_filtered_by():
    asked = shown("2020-10-31", parameters=[("department", "综合执法局"), ("on", "2020-10-31")])
    assert asked.earlier.url == "?on=2020-09-30&department=%E7%BB%BC%E5%90%88%E6%89%A7%E6%B3%95%E5%B1%80"
    assert asked.kept == (("department", "综合执法局"),)


def test_jumps_name_today_the_first_and_the_last_day_but_not_the_one_shown():
    assert [jump.label for jump in shown("2020-10-31").jumps] == ["今天", "发布之日", "期末"]
    assert [jump.label for jump in shown("2020-12-31", today=date(2021, 5, 1)).jumps] == ["发布之日"]


@given(st.dates(), st.sampled_from([FIRST, TODAY, LAST]))
def test_whatever_is_asked_every_day_offered_can_be_shown(asked, today):
    dating = shown(asked.isoformat(), today=today)
    offered = [jump.day for jump in (dating.earlier, dating.later, *dating.jumps) if jump]
    assert all(FIRST <= day <= LAST for day in [dating.on, *offered])
    assert dating.on not in offered
