"""Tomorrow's list: those likeliest to be found wanting first, each with its reasons, a few at random, for those who may see ledgers."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import python_calamine
import stage
from django.urls import reverse
from mobile.made_traffic import entered, firm, moment, noted

from gongjian.mobile.actions import score_vehicles
from gongjian.mobile.models import PrecisionRun, VehicleScore
from gongjian.mobile.precision.history import CompanyRates, History, Look, history_until
from gongjian.mobile.precision.scoring import held_back, lesson_on, scores
from gongjian.mobile.precision.traits import FEW, Known, Past, traits_of
from gongjian.mobile.queries.precision import companies, latest_run, tomorrow

pytestmark = pytest.mark.django_db
D = date
ON = D(2020, 11, 1)
KNOWN = Known("diesel", 3, heavy=True, here=True, use="slag", registered_on=D(2012, 1, 1))
USES = {"slag": "渣土运输"}
PLATES = [f"京AH{number:04d}" for number in range(40)]


def test_the_traits_of_a_vehicle_are_what_was_known_that_morning():
    seen = Past(finds=(D(2020, 3, 1), D(2020, 5, 1)), clean=(D(2020, 4, 1),))
    assert traits_of(KNOWN, Past(), D(2020, 6, 1), USES) == {
        "排放阶段国三",
        "重型柴油车",
        "用途为渣土运输",
        "车龄5至10年",
        "近一年没有检查检测记录",
    }
    assert "近一年两次以上查实" in traits_of(KNOWN, seen, D(2020, 6, 1), USES)
    assert "近一年查实一次" in traits_of(KNOWN, seen, D(2020, 5, 1), USES)  # the find of the day itself is not known yet
    assert "近一年没有检查检测记录" in traits_of(KNOWN, seen, D(2021, 6, 1), USES)


def test_test_data_nobody_looked_through_in_time_is_a_trait():
    tested = (D(2020, 1, 10),)
    late = "检验数据逾期未核查"
    assert late in traits_of(KNOWN, Past(tested=tested), D(2020, 6, 1), USES)
    assert late not in traits_of(KNOWN, Past(tested=tested), D(2020, 3, 1), USES)  # there is still time
    assert late not in traits_of(KNOWN, Past(tested=tested, verified=(D(2020, 2, 1),)), D(2020, 6, 1), USES)
    assert late in traits_of(KNOWN, Past(tested=tested, verified=(D(2019, 2, 1),)), D(2020, 6, 1), USES)
    assert late not in traits_of(KNOWN, Past(tested=tested), D(2021, 6, 1), USES)  # long ago


def test_a_company_is_judged_by_its_other_vehicles_only():
    looks = [Look(1, D(2020, 5, day), True, "random", check=True) for day in range(1, 31)]
    looks += [Look(2, D(2020, 5, 1 + day % 30), False, "random", check=True) for day in range(FEW)]
    history = History({1: KNOWN, 2: KNOWN}, {1: 7, 2: 7}, looks)
    rates = CompanyRates(history, D(2020, 6, 1))
    assert rates.times(1) == 0  # of vehicle 2
    assert rates.times(2) == pytest.approx(1 / (30 / 50))
    assert CompanyRates(history, D(2020, 5, 2)).times(2) is None


@pytest.fixture
def traffic():
    """Forty vehicles: the first twenty of 国三 and often found wanting, the others of 国五 and seldom; two companies."""
    bad, good = firm(1, "甲物流"), firm(2, "乙物流")
    for number, plate in enumerate(PLATES):
        old = number < 20
        entered("vehicles", plate, on=D(2019, 1, 1), enterprise=bad if old else good, stage=3 if old else 5, fuel="diesel")
        for step in range(12):
            on = D(2020, 1, 6) + timedelta(25 * step)
            wanting = (number + step) % 3 == 0 if old else (number + step) % 12 == 0
            noted("road-checks", on, label=plate, chosen="random", passed=not wanting, problem="none", stage=3 if old else 5)


def test_who_was_found_wanting_more_often_comes_first_with_the_reason(traffic):
    assert score_vehicles(ON, at=moment(ON)) == 40
    run = latest_run(ON)
    listed = tomorrow(run, length=10)
    chosen = [one for one in listed if not one.at_random]
    assert len(chosen) == 9
    assert {one.score.vehicle.stage for one in chosen} == {3}
    assert "排放阶段国三" in chosen[0].words
    assert chosen[0].times > 1
    (drawn,) = (one for one in listed if one.at_random)
    assert drawn.score.pk not in {one.score.pk for one in chosen}
    assert tomorrow(run, length=10) == listed
    first, second = companies(run)
    assert (first.enterprise.name, second.enterprise.name) == ("甲物流", "乙物流")
    assert first.times > 1 > second.times


def test_the_same_day_again_gives_the_same_scores(traffic):
    score_vehicles(ON, at=moment(ON))
    before = list(VehicleScore.objects.values_list("vehicle", "chance", "reasons"))
    score_vehicles(ON, at=moment(ON))
    assert list(VehicleScore.objects.values_list("vehicle", "chance", "reasons")) == before
    assert PrecisionRun.objects.count() == 1


def test_who_was_checked_lately_can_wait(traffic):
    noted("road-checks", ON - timedelta(3), label=PLATES[0], chosen="random", passed=True, problem="none")
    score_vehicles(ON, at=moment(ON))
    assert PLATES[0] not in {one.score.vehicle.code for one in tomorrow(latest_run(ON), length=40)}


def test_nothing_is_scored_where_nothing_was_ever_found():
    entered("vehicles", PLATES[0], on=D(2019, 1, 1))
    assert score_vehicles(ON, at=moment(ON)) == 0
    assert latest_run(ON) is None


def test_what_is_held_back_is_neither_learnt_from_nor_chosen_for_a_reason(traffic):
    history = history_until(ON)
    told = held_back(history, ON, days=90)
    late = [look for look in history.looks if look.on > ON - timedelta(90)]
    assert told.checks == len(late)
    noted("road-checks", ON - timedelta(5), label=PLATES[0], chosen="precise", passed=False, problem="none")
    again = held_back(history_until(ON), ON, days=90)
    assert (again.checks, again.found) == (told.checks, told.found)
    cut = ON - timedelta(89)
    assert lesson_on(history, cut).checks == len([look for look in history.looks if look.on < cut])


def test_the_scores_are_in_order_and_only_of_what_has_an_exhaust(traffic):
    entered("vehicles", "京AD12345", on=D(2019, 1, 1), fuel="electric", stage=None, gas_engine="")
    history = history_until(ON)
    found = scores(history, lesson_on(history, ON), ON)
    assert len(found) == 40
    assert [one.chance for one in found] == sorted((one.chance for one in found), reverse=True)


@pytest.fixture
def open_house(settings, town):
    settings.GONGJIAN_DEMONSTRATION_DAY = ON - timedelta(1)
    return town


@pytest.mark.parametrize(
    ("name", "status"),
    [("tongchou", 200), ("jiancha", 200), ("jiaotong", 200), ("lingdao", 200), ("guanli", 200), ("xinren", 403), (None, 403)],
)
def test_who_may_see_ledgers_may_see_the_list(open_house, client, name, status):
    if name:
        client.force_login(open_house.user(name))
    for page in ("mobile:precision", "mobile:precision-export"):
        assert client.get(reverse(page)).status_code == status


def test_before_the_first_night_the_page_says_how_it_begins(open_house, client):
    client.force_login(open_house.user("jiancha"))
    assert "还没有评分" in client.get(reverse("mobile:precision")).content.decode()


def test_the_pages_show_vehicles_companies_and_grounds_in_few_queries(open_house, traffic, client, django_assert_max_num_queries):
    score_vehicles(ON, at=moment(ON))
    client.force_login(open_house.user("jiancha"))
    for show, words in (("vehicles", "排放阶段国三"), ("companies", "甲物流"), ("grounds", "所依据的检查")):
        with django_assert_max_num_queries(14):
            assert words in client.get(reverse("mobile:precision"), {"show": show}).content.decode()
    assert "没有符合条件的车辆" in client.get(reverse("mobile:precision"), {"street": "无此街道"}).content.decode()


def test_the_workbook_says_what_the_page_says(open_house, traffic, client):
    score_vehicles(ON, at=moment(ON))
    client.force_login(open_house.user("jiancha"))
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(client.get(reverse("mobile:precision-export")).content))
    rows = book.get_sheet_by_name("明日检查车辆").to_python()
    assert [row[1] for row in rows[1:]] == [one.score.vehicle.code for one in tomorrow(latest_run(ON))]


def test_the_county_of_the_other_tests_has_no_run(open_house):
    assert latest_run(stage.at(1, 1).date()) is None
