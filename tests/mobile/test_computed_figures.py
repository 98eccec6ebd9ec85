"""One worked example for each figure that is computed: nitrogen oxides, the service radius, pass rate, uplift, feedback, verification."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from mobile.made_traffic import behind, entered, figure, noted, parts
from stage import at

from gongjian.indicators.periods import month, period_of, year, ytd
from gongjian.indicators.queries.values import series, value
from gongjian.indicators.recalling import standings
from gongjian.indicators.registry import find
from gongjian.indicators.standing import Wish
from gongjian.kernel.geometry import Point
from gongjian.kernel.months import Month
from gongjian.kernel.service_radius import mean_nearest_distance
from gongjian.ledgers.actions import entries
from gongjian.mobile.indicators import INDICATORS
from gongjian.mobile.ledgers.places import CHARGING_STATIONS
from gongjian.mobile.ledgers.vehicles import VEHICLES
from gongjian.ui.district import district

pytestmark = pytest.mark.django_db
Y2020, D = year(2020), date


def test_a_heavy_china_4_diesel_truck_all_year_gives_its_factor_times_its_kilometres():
    entered("vehicles", "京AA0001", on=D(2019, 5, 1))  # 25 t, diesel, 国四: 5.554 g/km over 75,000 km
    entered("vehicles", "京ADA0002", on=D(2019, 5, 1), fuel="electric", stage=None, body="truck")
    whole = figure("mobile.emission.nox", Y2020)
    assert whole == pytest.approx(75_000 * behind("mobile.emission.nox", Y2020)[0][5] / 1e6)
    assert figure("mobile.emission.nox", ytd(D(2020, 6, 30))) == pytest.approx(whole * 182 / 366)


def test_a_truck_that_left_in_the_middle_of_the_year_gives_what_it_was_there_for():
    truck = entered("vehicles", "京AA0001", on=D(2019, 5, 1))
    whole = figure("mobile.emission.nox", Y2020)
    entries.withdraw(VEHICLES, truck, D(2020, 7, 1), "报废", version=1, by=None, at=at(7, 5))
    assert figure("mobile.emission.nox", Y2020) == pytest.approx(whole * 182 / 366)
    assert figure("mobile.emission.nox", Y2020, D(2020, 7, 4)) == pytest.approx(whole)


def test_trucks_without_a_factor_are_said_to_be_left_out():
    for number in range(3):
        entered("vehicles", f"京AA000{number}", fuel="lng" if number else "diesel", on=D(2019, 5, 1))
    reading = value(find("mobile.emission.nox"), Y2020)
    assert (reading.expected, reading.present) == (3 * 366, 366)
    assert reading.reasons == ("67%的货车没有排放系数，算出的排放量偏小",)


def test_the_service_radius_is_the_mean_distance_over_the_district_to_the_stations_open_on_the_last_day():
    entered("charging-stations", "CD-1", lon=116.50, lat=39.79, opened_on=D(2019, 1, 1))
    entered("charging-stations", "CD-2", lon=116.55, lat=39.78, opened_on=D(2020, 7, 1), service="public")
    entered("charging-stations", "CD-3", lon=116.52, lat=39.76, service="internal")
    one, both = (
        mean_nearest_distance(district(), where, 0.2) for where in ([Point(116.50, 39.79)], [Point(116.50, 39.79), Point(116.55, 39.78)])
    )
    assert figure("charging.mean_service_radius", ytd(D(2020, 6, 30))) == pytest.approx(one)
    assert figure("charging.mean_service_radius", ytd(D(2020, 7, 1))) == pytest.approx(both)
    assert both < one
    assert [row[0] for row in behind("charging.mean_service_radius", Y2020)] == ["CD-1", "CD-2"]


def test_a_station_without_a_place_is_not_reckoned_with_and_counted_as_missing():
    entered("charging-stations", "CD-1", lon=None, lat=None)
    reading = value(find("charging.mean_service_radius"), Y2020)
    assert reading.value is None
    assert reading.reasons == ("2020-12-31台账内没有标了位置的公用或专用充电站",)
    assert CHARGING_STATIONS.names == ("充电设施",)


def test_whatever_measures_an_exhaust_counts_for_the_pass_rate_of_registered_diesel():
    for day, passed in ((1, True), (2, True), (3, False)):
        noted("samplings", D(2020, 4, day), passed=passed)
    noted("road-checks", D(2020, 4, 4), passed=False)
    noted("premises-checks", D(2020, 4, 5), passed=True)
    noted("premises-checks", D(2020, 4, 6), passed=None)
    noted("samplings", D(2020, 4, 7), passed=False, registered_here=False)
    noted("samplings", D(2020, 4, 8), passed=False, fuel="petrol")
    assert figure("mobile.registered_diesel.pass_rate", Y2020) == 60
    assert parts("mobile.registered_diesel.pass_rate", Y2020, "source") == {
        "监督抽测": pytest.approx(200 / 3),
        "路检路查": 0,
        "入户检查": 100,
    }
    assert len(behind("mobile.registered_diesel.pass_rate", Y2020)) == 5
    assert figure("mobile.registered_diesel.pass_rate", month(Month(2020, 5))) is None


def test_what_is_corrected_later_does_not_change_a_past_day():
    noted("samplings", D(2020, 4, 1), passed=False, until=D(2020, 4, 10))
    noted("samplings", D(2020, 4, 1), passed=True, known=D(2020, 4, 10))
    rates = [figure("mobile.registered_diesel.pass_rate", ytd(day), day) for day in (D(2020, 4, 9), D(2020, 4, 10))]
    assert rates == [0, 100]


def test_precise_checks_that_find_twice_as_often_as_random_ones_are_an_uplift_of_two():
    for number in range(40):
        noted("road-checks", D(2020, 4, 1), chosen="random", passed=number >= 8)  # 20 %
        noted("premises-checks", D(2020, 4, 1), chosen="precise", passed=True, problem="urea" if number < 16 else "none")  # 40 %
        noted("road-checks", D(2020, 4, 1), chosen="report", passed=False)
    assert figure("mobile.precision.hit_rate_uplift", Y2020) == 2
    assert len(behind("mobile.precision.hit_rate_uplift", Y2020)) == 80


def test_few_checks_of_either_kind_say_nothing():
    for number in range(30):
        noted("road-checks", D(2020, 4, 1), chosen="random", passed=number > 0)
    noted("road-checks", D(2020, 4, 1), chosen="precise")
    reading = value(find("mobile.precision.hit_rate_uplift"), Y2020)
    assert reading.reasons == ("精准检查只有1辆次，少于30辆次，不足以比较",)


def test_a_failed_first_test_is_fed_back_by_repair_and_retest_or_by_disposal():
    for plate in ("京AA0001", "京AA0002", "京AA0003", "京AA0004"):
        noted("periodic-tests", D(2020, 3, 2), label=plate)
    noted("repairs", D(2020, 3, 5), label="京AA0001")
    noted("periodic-tests", D(2020, 3, 6), label="京AA0001", turn="repeat", passed=True)
    noted("retirements", D(2020, 4, 30), label="京AA0002")
    noted("repairs", D(2020, 3, 5), label="京AA0003")  # repaired, never tested again
    noted("periodic-tests", D(2020, 3, 6), label="京AA0004", turn="repeat", passed=True)  # tested again, unrepaired
    assert figure("mobile.im.feedback_rate", Y2020) == 50
    told = {row[0]: row[6:] for row in behind("mobile.im.feedback_rate", Y2020)}
    assert told == {
        "京AA0001": ("是", "已维修（2020-03-05）并复检（2020-03-06）"),
        "京AA0002": ("是", "已处置（2020-04-30）"),
        "京AA0003": ("否", "已维修（2020-03-05），2020-05-01前没有复检信息"),
        "京AA0004": ("否", "2020-05-01前没有维修或处置信息"),
    }


def test_feedback_is_judged_when_its_time_is_up_and_by_what_was_known_then():
    noted("periodic-tests", D(2020, 3, 2))
    noted("retirements", D(2020, 4, 1), known=D(2020, 5, 10))
    assert figure("mobile.im.feedback_rate", ytd(D(2020, 4, 30))) is None
    assert figure("mobile.im.feedback_rate", ytd(D(2020, 5, 1)), D(2020, 5, 9)) == 0
    assert figure("mobile.im.feedback_rate", ytd(D(2020, 5, 1)), D(2020, 5, 10)) == 100


def test_vehicles_of_the_three_groups_are_verified_once_after_their_test():
    noted("periodic-tests", D(2020, 3, 2), label="京AA0001")  # failed its first test
    noted("data-verifications", D(2020, 3, 9), label="京AA0001")
    noted("periodic-tests", D(2020, 3, 2), label="冀RA0002", passed=True, registered_here=False)
    noted("periodic-tests", D(2020, 3, 2), label="京AA0003", passed=True, registered_on=D(2015, 3, 2))
    noted("data-verifications", D(2020, 3, 1), label="京AA0003")  # before there was anything to verify
    noted("periodic-tests", D(2020, 3, 2), label="京AA0004", passed=True, registered_on=D(2015, 3, 3))  # a day too young
    noted("periodic-tests", D(2020, 3, 2), label="京AA0005", passed=True)
    noted("samplings", D(2020, 6, 2), label="京AA0005", passed=False)
    noted("data-verifications", D(2020, 6, 9), label="京AA0005")
    assert figure("mobile.test_data.verified_rate", Y2020) == 50
    assert [row[:2] + row[4:5] for row in behind("mobile.test_data.verified_rate", Y2020)] == [
        ("京AA0001", "初检或抽测超标", "是"),
        ("京AA0003", "5年以上柴油车", "否"),
        ("京AA0005", "初检或抽测超标", "是"),
        ("冀RA0002", "外地登记", "否"),
    ]


@pytest.mark.parametrize("one", INDICATORS, ids=lambda one: one.code)
def test_many_periods_asked_at_once_are_what_each_is_alone(one):
    for which, day in enumerate(D(2020, 1, 6) + timedelta(days=11 * step) for step in range(20)):
        noted("road-checks", day, passed=which % 3 > 0, chosen=("random", "precise")[which % 2])
        noted("periodic-tests", day, label=f"京AA{which % 7:04d}", passed=which % 2 == 0, turn=("first", "repeat")[which % 4 == 3])
        noted("repairs", day + timedelta(2), label=f"京AA{which % 7:04d}", known=day + timedelta(40))
        noted("data-verifications", day + timedelta(3), label=f"京AA{which % 7:04d}")
        entered("vehicles", f"京AA{which:04d}", on=day)
    each = [value(one, month(Month(2020, which))) for which in range(1, 9)]
    assert series(one, Month(2020, 1), Month(2020, 8)) == each


def test_lights_of_many_days_are_what_each_day_is_alone_with_no_more_queries(django_assert_max_num_queries):
    """Records entered late and corrected later are what makes days differ."""
    for step in range(30):
        day = D(2020, 1, 6) + timedelta(days=7 * step)
        plate = f"京AA{step % 5:04d}"
        noted(
            "samplings",
            day,
            label=plate,
            passed=step % 3 > 0,
            known=day + timedelta(step % 9),
            until=day + timedelta(20) if step % 4 == 0 else None,
        )
        noted(
            "periodic-tests",
            day,
            label=plate,
            passed=step % 2 == 0,
            turn=("first", "repeat")[step % 4 == 3],
            known=day + timedelta(step % 40),
        )
        noted("repairs", day + timedelta(2), label=plate, known=day + timedelta(30))
        noted("data-verifications", day + timedelta(3), label=plate, known=day + timedelta(50))
        noted("road-checks", day, chosen=("random", "precise")[step % 2], passed=None)
        entered("vehicles", f"京AB{step:04d}", on=day)
    wishes = [Wish(one) for one in INDICATORS]
    days = [D(2020, 3, 31), D(2020, 4, 1), D(2020, 6, 30), D(2020, 9, 30)]
    with CaptureQueriesContext(connection) as one_day:
        standings(wishes, days[:1])
    with django_assert_max_num_queries(len(one_day) + 2):
        found = standings(wishes, days)
    for one in INDICATORS:
        for day in days:
            alone = standings([Wish(one)], [day])[one.code, "", day]
            assert found[one.code, "", day] == alone
            assert alone.reading == value(one, period_of(one.period, day), day)
