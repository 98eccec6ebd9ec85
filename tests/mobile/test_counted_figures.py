"""One worked example for each figure that is counted from records or from what there is on a day."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest
from mobile.made_traffic import entered, figure, firm, noted, parts
from stage import at

from gongjian.indicators.periods import quarter, year, ytd
from gongjian.indicators.queries.values import value
from gongjian.indicators.registry import catalogue, find
from gongjian.ledgers.actions import entries
from gongjian.mobile.indicators import INDICATORS
from gongjian.mobile.ledgers.vehicles import KEY_PLACES, VEHICLES

pytestmark = pytest.mark.django_db
Y2020, D = year(2020), date


def test_every_code_of_the_room_is_in_the_catalogue_under_the_name_plans_know():
    names = tomllib.loads((files("gongjian.plans") / "data" / "indicators.toml").read_text(encoding="utf-8"))
    assert {one.code for one in catalogue() if one.group == "移动源"} == {one.code for one in INDICATORS}
    assert {one.code: one.title for one in INDICATORS} == {code: names[code] for code in (one.code for one in INDICATORS)}


def test_two_heavy_diesel_trucks_checked_on_the_road_are_two_and_a_petrol_van_is_none():
    noted("road-checks", D(2020, 4, 1), street="荣华街道")
    noted("road-checks", D(2020, 4, 2), street="博兴街道", passed=True)
    noted("road-checks", D(2020, 4, 3), street="荣华街道", fuel="petrol")
    noted("road-checks", D(2020, 4, 4), street="荣华街道", heavy=False)
    assert figure("mobile.heavy_diesel.road_checks", Y2020) == 2
    assert parts("mobile.heavy_diesel.road_checks", Y2020, "street") == {"荣华街道": 1, "博兴街道": 1}


def test_checks_on_premises_are_counted_by_the_company_visited():
    yard = firm()
    for day in (1, 2, 3):
        noted("premises-checks", D(2020, 5, day), company=yard)
    noted("premises-checks", D(2020, 5, 4), company=yard, fuel="electric", stage=None)
    assert figure("mobile.heavy_diesel.premises_checks", Y2020) == 3
    assert parts("mobile.heavy_diesel.premises_checks", Y2020, "company") == {"亦通物流": 3}


def test_three_of_four_violations_handled_are_75_percent():
    for day in (1, 2, 3):
        noted("zone-violations", D(2020, 4, day))
    noted("zone-violations", D(2020, 4, 4), handled_on=None)
    assert figure("mobile.restricted.violations_handled_rate", Y2020) == 75


def test_each_find_of_black_smoke_counts():
    for day, by in ((1, "camera"), (2, "camera"), (3, "report")):
        noted("black-smoke", D(2020, 6, day), seen_by=by)
    assert figure("mobile.black_smoke.found", Y2020) == 3
    assert parts("mobile.black_smoke.found", Y2020, "seen_by") == {"黑烟抓拍": 2, "群众举报": 1}


def test_old_trucks_are_those_registered_here_on_the_last_day_of_the_period():
    old = entered("vehicles", "京AA0001", stage=3)
    entered("vehicles", "京AA0002", stage=2, body="truck")
    entered("vehicles", "京AA0003", stage=4)
    entered("vehicles", "京AA0004", stage=3, body="coach", use="bus")
    entered("vehicles", "冀RA0005", stage=3, registered_here=False)
    assert figure("mobile.china3_trucks.registered", Y2020) == 2
    entries.withdraw(VEHICLES, old, D(2020, 8, 1), "报废", version=1, by=None, at=at(8, 3))
    assert figure("mobile.china3_trucks.registered", ytd(D(2020, 7, 31))) == 2
    assert figure("mobile.china3_trucks.registered", ytd(D(2020, 8, 1))) == 1
    assert figure("mobile.china3_trucks.registered", ytd(D(2020, 8, 1)), D(2020, 8, 2)) == 2  # nobody knew yet


def test_gas_vehicles_are_old_by_how_they_burn():
    for number, burns in enumerate(("lean", "converted", "stoichiometric"), start=1):
        entered("vehicles", f"京AB000{number}", fuel="lng", gas_engine=burns)
    assert figure("mobile.old_gas.registered", Y2020) == 2


def test_of_four_new_vehicles_of_the_named_uses_three_electric_are_75_percent_and_each_use_has_its_own():
    for number, (use, fuel) in enumerate(
        (("bus", "electric"), ("bus", "hydrogen"), ("post", "electric"), ("post", "diesel"), ("slag", "diesel"))
    ):
        noted("acquisitions", D(2020, 5, 1 + number), use=use, fuel=fuel)
    assert figure("mobile.electric_share.new", Y2020) == 75
    assert parts("mobile.electric_share.new", Y2020, "use") == {"公交": 100, "邮政": 50}


def test_of_all_vehicles_those_of_post_express_pass_holders_and_light_sanitation_should_be_electric():
    electric = {"fuel": "electric", "stage": None, "mass_kg": 4000, "body": "truck"}
    entered("vehicles", "京AD10001", use="post", **electric)
    entered("vehicles", "京AD10002", use="sanitation", **electric)
    entered("vehicles", "京AC0003", use="express", mass_kg=3000, body="truck")
    entered("vehicles", "京AC0004", use="sanitation", mass_kg=16_000)  # not light
    entered("vehicles", "京AC0005", use="freight")
    assert figure("mobile.electric_share.fleet", Y2020) == pytest.approx(200 / 3)
    assert parts("mobile.electric_share.fleet", Y2020, "use") == {"邮政": 100, "快递": 0, "环卫": 100}


def test_a_key_place_is_visited_once_a_vehicle_was_checked_there():
    seen, unseen = entered("key-places", "ZD-1"), entered("key-places", "ZD-2")
    noted("premises-checks", D(2020, 5, 4), place=seen)
    noted("premises-checks", D(2020, 5, 5), place=seen)
    assert figure("mobile.key_places.visited_rate", Y2020) == 50
    assert figure("mobile.key_places.visited_rate", ytd(D(2020, 5, 3))) == 0
    entries.withdraw(KEY_PLACES, unseen, D(2020, 6, 1), "拆除", version=1, by=None, at=at(6, 1))
    assert figure("mobile.key_places.visited_rate", Y2020) == 100


def test_a_terminal_online_in_one_of_two_weeks_is_online_by_half():
    truck = entered("vehicles", "京AB1234")
    box = entered("remote-terminals", "T1", vehicle=truck)
    noted("terminal-statuses", D(2020, 4, 6), label="T1", entry=box)
    noted("terminal-statuses", D(2020, 4, 13), label="T1", entry=box, online=False)
    assert figure("mobile.remote.online_rate", Y2020) == 50


def test_of_machines_met_those_with_a_number_are_registered():
    noted("machine-checks", D(2020, 4, 1))
    noted("machine-checks", D(2020, 4, 2), label="东门1号挖掘机", registered=False, type="loader")
    assert figure("machinery.registered_rate", Y2020) == 50
    assert figure("machinery.checks", Y2020) == 2
    assert parts("machinery.checks", Y2020, "type") == {"挖掘机": 1, "装载机": 1}


def test_one_electric_machine_of_two_is_half():
    entered("machines", "3A012345")
    entered("machines", "DA012345", power="electric", stage=None)
    assert figure("machinery.new_energy_share", Y2020) == 50


def test_diesel_sold_adds_up_by_site():
    site, other = entered("fuel-sites", "JYZ-1", name="一站"), entered("fuel-sites", "JYZ-2", name="二站")
    noted("diesel-sales", D(2020, 4, 30), entry=site, label="JYZ-1", tonnes=100.5)
    noted("diesel-sales", D(2020, 5, 31), entry=site, label="JYZ-1", tonnes=99.5)
    noted("diesel-sales", D(2020, 5, 31), entry=other, label="JYZ-2", tonnes=40.0)
    assert figure("fuel.diesel.sold", Y2020) == 240
    assert parts("fuel.diesel.sold", Y2020, "site") == {"一站": 200, "二站": 40}


def test_samples_pass_by_product():
    for product, passed in (("diesel", True), ("diesel", True), ("diesel", False), ("urea", True), ("petrol", False)):
        noted("fuel-samples", D(2020, 4, 15), product=product, passed=passed)
    assert figure("fuel.diesel.pass_rate", Y2020) == pytest.approx(200 / 3)
    assert figure("fuel.urea.pass_rate", Y2020) == 100


def test_every_illegal_store_is_to_be_checked_in_every_quarter():
    one, _ = entered("illegal-storage", "FF-1", found_on=D(2020, 1, 1)), entered("illegal-storage", "FF-2", found_on=D(2020, 1, 1))
    noted("storage-checks", D(2020, 2, 1), label="FF-1", entry=one)
    noted("storage-checks", D(2020, 4, 1), label="FF-1", entry=one)
    noted("storage-checks", D(2020, 5, 1), label="FF-1", entry=one)
    assert [figure("fuel.storage.quarter_coverage", quarter(2020, which)) for which in (1, 2, 3)] == [50, 50, 0]


def test_silence_is_not_taken_for_success():
    for one in INDICATORS:
        found = value(find(one.code), Y2020)
        assert found.value is None or one.formula.__class__.__name__ == "Count", one.code
        assert found.reasons, one.code
