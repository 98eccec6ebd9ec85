"""What is shown of the map: filters, counts, and what most needs a decision."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stage import AIR, at

from gongjian.people.models import Department
from gongjian.plans.actions.adjusting import Ground, adjust_deadline
from gongjian.plans.lights import Light
from gongjian.plans.queries.board import board, count_lights
from gongjian.plans.queries.sifting import DUE_CHOICES, Sieve, decisions, department_shares, due_soon, named_departments, newly_red, sift

pytestmark = pytest.mark.django_db
OCTOBER = date(2020, 10, 31)


@pytest.fixture
def told(town, db):
    """A year so far: reports of six months, some late, some bad; the map of 31 October."""
    for month, day in ((4, at(5, 7)), (5, at(6, 2)), (6, at(7, 2)), (7, at(8, 4)), (8, at(9, 2))):
        town.accepted("A1.1", month, "jiaotong", day)
        town.accepted("A2.1", month, "jiedao", day)
        town.accepted("W1.1", month, "shuiwu", day)
    town.accepted("A1.1", 9, "jiaotong", at(10, 9))
    town.accepted("A2.1", 9, "jiedao", at(10, 9), standing="at_risk")
    town.accepted("W1.2", 9, "shuiwu", at(10, 9), standing="done")
    return board(town.programme, OCTOBER)


def keys(of):
    return [row.key for row in of.rows]


def department(name):
    return Department.objects.get(name=name).pk


def test_the_lights_of_the_day(told):
    """A1.2 and A2.2 never reported, W1.1 stopped in August, A2.1 is at risk by its own word, W1.2 is done, A1.1 goes on."""
    assert {row.key: row.light.value for row in told.rows} == {
        "A1.1": "green",
        "A1.2": "red",
        "A2.1": "amber",
        "A2.2": "red",
        "W1.1": "red",
        "W1.2": "blue",
    }
    assert {light.value: n for light, n in count_lights(told.rows).items()} == {"red": 3, "amber": 1, "green": 1, "blue": 1, "grey": 0}


@pytest.mark.parametrize(
    ("sieve", "found"),
    [
        (Sieve(), ["A1.1", "A1.2", "A2.1", "A2.2", "W1.1", "W1.2"]),
        (Sieve(plan="W"), ["W1.1", "W1.2"]),
        (Sieve(plan="Z"), []),
        (Sieve(light="red"), ["A1.2", "A2.2", "W1.1"]),
        (Sieve(light="red", plan="A"), ["A1.2", "A2.2"]),
        (Sieve(due="overdue"), ["A1.2"]),
        (Sieve(due="soon"), []),
        (Sieve(due="year-end"), ["A1.1", "A2.2"]),
        (Sieve(due="date"), ["A1.2", "W1.1"]),
        (Sieve(due="ongoing"), ["A2.1"]),
        (Sieve(due="milestones"), ["W1.2"]),
        (Sieve(due="nonsense"), ["A1.1", "A1.2", "A2.1", "A2.2", "W1.1", "W1.2"]),
        (Sieve(turned_red=True), ["W1.1"]),
        (Sieve(text="柴油车"), ["A1.1"]),
        (Sieve(text="  清水河 达标率 "), ["W1.1"]),
        (Sieve(text="清水河 达标率 城建局"), []),
        (Sieve(text="a1.2"), ["A1.2"]),
        (Sieve(text="公安分局"), ["A1.1"]),
        (Sieve(text="各相关部门"), ["A2.1", "A2.2"]),
        (Sieve(text="   "), ["A1.1", "A1.2", "A2.1", "A2.2", "W1.1", "W1.2"]),
    ],
    ids=str,
)
def test_each_filter_keeps_what_it_says(told, sieve, found):
    assert keys(sift(told, sieve)) == found


@pytest.mark.parametrize(("name", "found"), [("滨河街道", ["A2.1", "W1.1"]), ("水务局", ["W1.1", "W1.2"]), ("公安分局", ["A1.1"])])
def test_a_department_is_found_as_lead_and_as_assisting(told, name, found):
    assert keys(sift(told, Sieve(department=department(name)))) == found


@settings(max_examples=30)
@given(
    st.builds(
        Sieve,
        plan=st.sampled_from(["", "A", "W"]),
        light=st.sampled_from(["", *Light]),
        due=st.sampled_from(["", *DUE_CHOICES]),
        text=st.sampled_from(["", "清水河", "局", "A1"]),
        turned_red=st.booleans(),
    )
)
def test_filters_together_keep_what_each_alone_keeps(sieve):
    whole = CACHE["board"]
    asked = {name: getattr(sieve, name) for name in ("plan", "light", "due", "text", "turned_red")}
    parts = [Sieve(**{name: value}) for name, value in asked.items()]
    kept = [set(keys(sift(whole, part))) for part in parts]
    assert keys(sift(whole, sieve)) == [key for key in keys(whole) if all(key in part for part in kept)]


CACHE = {}


@pytest.fixture(autouse=True)
def _kept(told):
    CACHE["board"] = told


def test_the_sheets_stay_in_place_however_little_is_kept(told):
    kept = sift(told, Sieve(plan="W", light="grey"))
    assert [(sheet.letter, len(sheet.rows)) for sheet in kept.sheets] == [("A", 0), ("W", 0)]
    assert [(sheet.title, sheet.counts[Light.RED]) for sheet in told.sheets] == [(AIR, 2), (told.sheets[1].title, 1)]


def test_the_document_tree_is_kept_section_task_measure(told):
    tree = [(section, [(no, task, [row.key for row in rows]) for no, task, rows in tasks]) for section, tasks in told.sheets[0].sections]
    assert tree == [
        ("一、移动源", [(1, "车与工地", ["A1.1", "A1.2"])]),
        ("二、面源", [(2, "地面与节庆", ["A2.1", "A2.2"])]),
    ]


def test_each_lead_department_with_its_lights_the_worst_first(told):
    shares = [(share.name, share.of, share.counts[Light.RED], share.counts[Light.AMBER]) for share in department_shares(told)]
    assert shares == [("城建局", 2, 1, 1), ("水务局", 2, 1, 0), ("滨河街道", 1, 0, 1), ("交通局", 1, 0, 0)]


def test_newly_red_is_red_now_and_was_not_thirty_days_ago(told, town):
    """W1.1 turned red on 13 October, when September's report was missed; the others were red before."""
    assert [row.key for row in newly_red(told)] == ["W1.1"]
    assert [row.key for row in newly_red(board(town.programme, date(2020, 10, 12)))] == []
    assert "W1.1" in {row.key for row in newly_red(board(town.programme, date(2020, 11, 11)))}
    assert "W1.1" not in {row.key for row in newly_red(board(town.programme, date(2020, 11, 12)))}


def test_due_soon_is_the_next_thirty_days_neither_red_nor_done(town, told):
    assert [row.key for row in due_soon(told)] == []  # W1.1 is due on 15 November, but red already
    town.accepted("W1.1", 9, "shuiwu", at(10, 31))
    assert [(row.key, row.days_left) for row in due_soon(board(town.programme, OCTOBER))] == [("W1.1", 15)]
    adjust_deadline(town.measure("A1.1"), "11月30日前", Ground("提前", "会议纪要"), by=town.user("tongchou"), at=at(10, 31))
    assert [(row.key, row.days_left) for row in due_soon(board(town.programme, OCTOBER))] == [("W1.1", 15), ("A1.1", 30)]


def test_decisions_are_the_three_worst_red_before_amber_overdue_before_the_rest(told):
    assert [row.key for row in decisions(told)] == ["A1.2", "W1.1", "A2.2"]
    assert [row.key for row in decisions(told, 9)] == ["A1.2", "W1.1", "A2.2", "A2.1"]


def test_the_filter_lists_every_department_once_and_no_collective_name(told):
    assert [name for _, name in named_departments(told.rows)] == sorted(["交通局", "公安分局", "城建局", "水务局", "滨河街道"])


def test_a_week_of_the_trend_is_the_light_of_that_day(told, town):
    for row in told.rows:
        assert len(row.trend) == 12
        assert row.trend[-1] is row.light
    ago = {row.key: row.light for row in board(town.programme, date(2020, 10, 10)).rows}
    assert {row.key: row.trend[-4] for row in told.rows} == ago
