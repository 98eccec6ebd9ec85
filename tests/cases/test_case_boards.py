"""Boards, lists and statistics: what they show, that they cost the same however many cases there are, and that the figures are right."""

import statistics as plain_statistics
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from stage import at

from gongjian.cases.models import OPEN, Case
from gongjian.cases.queries.board import board
from gongjian.cases.queries.sifting import Sieve, columns, sieve_of, sifted
from gongjian.cases.queries.statistics import BY, median_hours, statistics
from gongjian.people.permissions import Reach, reach
from gongjian.people.roles import Permission

pytestmark = pytest.mark.django_db
NOW = at(10, 31)
EVERYWHERE = Reach(everywhere=True)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.mark.parametrize(
    ("person", "states"),
    [
        ("chengjian", {"handed_over", "signed", "handling"}),
        ("jiaotong", {"found"}),
        ("xinren", {"found", "fed_back", "verified"}),
        ("tongchou", {"found", "fed_back", "verified"}),
        ("jiancha", {"found", "fed_back", "verified"}),
        ("gongan", set()),
        ("lingdao", set()),
    ],
)
def test_the_board_shows_what_waits_for_this_person(desk, town, person, states):
    for state in (*OPEN, "closed"):
        desk.at_state(state, at(10, 29))
    assert set(board(town.user(person), NOW).counts) == states


def test_what_is_late_what_is_about_to_be_and_what_came_today_stand_apart(desk, town):
    """31 October 2020 is a Saturday: the next working day is Monday, 2 November."""
    late = desk.at_state("handling", at(10, 19))
    soon = desk.at_state("handling", at(10, 26))
    far = desk.at_state("handling", at(10, 30))
    fresh = desk.at_state("handling", at(10, 31, 9))
    found = board(town.user("chengjian"), NOW)
    assert [case.pk for case in found.overdue] == [late.pk]
    assert [case.pk for case in found.soon] == [soon.pk]
    assert [case.pk for case in found.fresh] == [fresh.pk]
    assert (found.total, found.late, found.pressing, found.came_today) == (4, 1, 1, 1)
    assert far.due_at == at(11, 6, 18)


@pytest.mark.parametrize("name", ["board", "list", "columns", "statistics"])
@pytest.mark.parametrize("person", ["tongchou", "chengjian"])
def test_a_page_costs_the_same_few_queries_with_three_cases_and_with_thirty(desk, client, town, name, person):
    client.force_login(town.user(person), backend=BACKEND)

    def counted():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"cases:{name}")).status_code == 200
        return len(captured)

    for state in OPEN:
        desk.at_state(state, at(10, 29))
    few = counted()
    for _ in range(4):
        for state in OPEN:
            desk.at_state(state, at(10, 29))
    assert counted() == few
    assert few <= 15


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ({}, {"甲", "乙"}),
        ({"state": "all"}, {"甲", "乙", "丙"}),
        ({"state": "closed"}, {"丙"}),
        ({"state": "overdue"}, {"甲"}),
        ({"state": "soon"}, set()),
        ({"kind": "other"}, {"乙"}),
        ({"street": "滨河街道"}, {"甲", "乙"}),
        ({"street": "没有"}, set()),
        ({"text": "乙"}, {"乙"}),
        ({"department": "x", "level": "", "nonsense": "1"}, {"甲", "乙"}),
    ],
)
def test_a_list_is_narrowed_by_what_the_address_says(desk, said, titles):
    desk.at_state("handling", at(10, 19), title="甲")
    desk.at_state("handling", at(10, 30), title="乙", kind="other")
    desk.at_state("found", at(10, 30), title="丙")
    Case.objects.filter(title="丙").update(state="closed", closed_at=NOW, took_hours=3, department=desk.department("城建局"))
    assert {case.title for case in sifted(EVERYWHERE, sieve_of(said), NOW)} == titles


def test_a_case_is_found_by_its_number_however_it_is_quoted(desk):
    first, second = desk.found(at(10, 30)), desk.found(at(10, 30))
    assert list(sifted(EVERYWHERE, Sieve(text=first.number), NOW)) == [first]
    assert second in sifted(EVERYWHERE, Sieve(text=str(second.pk)), NOW)
    assert not sifted(EVERYWHERE, Sieve(text="9" * 40), NOW).exists()


def test_columns_hold_the_most_pressing_and_say_how_many_more(desk):
    for number in range(15):
        desk.at_state("handed_over", at(10, 10 + number))
    lane = next(column for column in columns(EVERYWHERE, Sieve(), NOW) if column.state == "handed_over")
    assert (lane.total, len(lane.cases), lane.more) == (15, 12, 3)
    assert [case.due_at for case in lane.cases] == sorted(case.due_at for case in lane.cases)


def test_statistics_count_what_was_found_and_closed_in_the_period(desk):
    fine = desk.at_state("closed", at(10, 12), found_at=at(10, 11))
    late = desk.take(desk.at_state("verified", at(10, 12), found_at=at(10, 10)), "close", at(10, 20))
    again = desk.at_state("closed", at(10, 13))
    for step in ("reopen", "sign", "begin", "feed_back", "verify", "close"):
        again = desk.take(again, step, at(10, 14))
    desk.at_state("handling", at(10, 14))
    desk.at_state("closed", at(9, 1))
    assert (fine.late, late.late, again.reopened) == (False, True, 1)
    row, whole = statistics(EVERYWHERE, date(2020, 10, 1), date(2020, 10, 31), "kind")
    assert (row.title, row.found, row.closed, row.reopened, row.open) == ("普通问题", 4, 3, 1, 1)
    assert row.on_time == pytest.approx(2 / 3)
    assert row.days == pytest.approx(24 / 24)  # 24 hours, 240 hours, 24 hours
    assert (whole.title, whole.closed, whole.days) == ("合计", 3, row.days)


@pytest.mark.parametrize("by", BY)
def test_every_way_of_grouping_adds_up_to_the_same_whole_and_sees_only_what_may_be_seen(desk, town, by):
    for street in ("滨河街道", ""):
        desk.at_state("closed", at(10, 12), street=street)
        desk.at_state("handling", at(10, 12), street=street)
    *groups, whole = statistics(EVERYWHERE, date(2020, 1, 1), date(2020, 12, 31), by)
    assert (sum(row.found for row in groups), sum(row.closed for row in groups)) == (whole.found, whole.closed) == (4, 2)
    other = reach(town.user("gongan"), Permission.CASE_VIEW, on=NOW.date())
    assert statistics(other, date(2020, 1, 1), date(2020, 12, 31), by) == []


def test_what_cannot_be_grouped_by_is_an_error():
    with pytest.raises(ValueError, match="not counted by title"):
        statistics(EVERYWHERE, date(2020, 1, 1), date(2020, 12, 31), "title")


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60))
def test_the_median_of_counts_is_the_median_of_the_numbers(hours):
    counted = [(value, hours.count(value), 0, 0) for value in set(hours)]
    Random(len(hours)).shuffle(counted)  # noqa: S311 - the order must not matter
    assert median_hours(counted) == plain_statistics.median(hours)


def test_nothing_has_no_median():
    with pytest.raises(ValueError, match="no median"):
        median_hours([])


@pytest.mark.parametrize("said", ["first=2021-01-01&last=2020-01-01", "first=x&last=y&by=title", "first=0001-01-01"])
def test_a_period_that_cannot_be_is_put_right(desk, client, town, said):
    client.force_login(town.user("tongchou"), backend=BACKEND)
    assert client.get(f"{reverse('cases:statistics')}?{said}").status_code == 200


def test_the_list_goes_by_pages(desk, client, town):
    client.force_login(town.user("tongchou"), backend=BACKEND)
    for number in range(52):
        desk.found(at(10, 30) - timedelta(minutes=number))
    assert "正在看第 51 至 52 件" in client.get(reverse("cases:list") + "?page=2").content.decode()
