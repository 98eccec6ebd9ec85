"""The two lists of companies: with too many vehicles over the limit, and with more than ten diesel vehicles."""

from datetime import date

import pytest
from mobile.made_traffic import entered, firm, noted
from stage import at

from gongjian.ledgers.actions import entries
from gongjian.ledgers.registers import derived_called
from gongjian.mobile import registers
from gongjian.mobile.ledgers.vehicles import VEHICLES

pytestmark = pytest.mark.django_db
D = date


@pytest.fixture
def haulier():
    """A company with twenty diesel trucks."""
    company = firm()
    trucks = [entered("vehicles", f"京AA{number:04d}", enterprise=company) for number in range(20)]
    return company, trucks


def test_more_than_a_tenth_over_the_limit_and_each_vehicle_once(haulier, django_assert_num_queries):
    company, trucks = haulier
    for day in (1, 2, 3):
        noted("road-checks", D(2020, 5, day), label=trucks[0].code)
    noted("samplings", D(2020, 5, 4), label=trucks[1].code, passed=False)
    assert registers.over_limit_enterprises(D(2020, 5, 31)) == {}  # two of twenty are not more than a tenth
    noted("premises-checks", D(2020, 6, 4), label=trucks[2].code, passed=False)
    with django_assert_num_queries(1):
        (found,) = registers.over_limit_enterprises(D(2020, 6, 30)).items()
    assert found[0] == company.pk
    assert found[1].why == "近一年20辆车中有3辆超标，占15.0%，超过10%"
    assert found[1].figures == {"total": 20, "over": 3, "share": 15.0}


def test_a_year_later_it_is_forgotten_and_a_past_day_stays_what_it_was(haulier):
    _, trucks = haulier
    for number in range(3):
        noted("road-checks", D(2020, 5, 1), label=trucks[number].code, known=D(2020, 5, 10))
    assert registers.over_limit_enterprises(D(2020, 5, 9)) == {}
    assert registers.over_limit_enterprises(D(2021, 4, 30))
    assert registers.over_limit_enterprises(D(2021, 5, 1)) == {}


def test_a_vehicle_that_passed_later_was_over_the_limit_all_the_same_and_one_corrected_was_not(haulier):
    _, trucks = haulier
    for number in range(3):
        noted("road-checks", D(2020, 5, 1), label=trucks[number].code)
        noted("road-checks", D(2020, 5, 2), label=trucks[number].code, passed=True)
    assert registers.over_limit_enterprises(D(2020, 5, 31))
    noted("road-checks", D(2020, 6, 1), label=trucks[3].code, until=D(2020, 6, 2))
    assert next(iter(registers.over_limit_enterprises(D(2020, 6, 30)).values())).figures["over"] == 3


def test_more_than_ten_diesel_vehicles_call_for_a_log(haulier, django_assert_num_queries):
    company, trucks = haulier
    other = firm(2, "十车物流")
    for number in range(10):
        entered("vehicles", f"京AB{number:04d}", enterprise=other)
    entered("vehicles", "京AB0010", enterprise=other, fuel="petrol")
    with django_assert_num_queries(1):
        found = registers.diesel_fleets(D(2020, 6, 30))
    assert {firm: member.why for firm, member in found.items()} == {company.pk: "自有柴油车20辆，超过10辆"}
    for truck in trucks[:10]:
        entries.withdraw(VEHICLES, truck, D(2020, 7, 1), "转出", version=1, by=None, at=at(7, 2))
    assert company.pk in registers.diesel_fleets(D(2020, 6, 30))
    assert company.pk not in registers.diesel_fleets(D(2020, 7, 2))


def test_whoever_wrote_into_its_log_within_the_month_keeps_it(haulier):
    company, _ = haulier
    fleet = entered("fleets", company.code, enterprise=company)
    noted("fleet-logs", D(2020, 6, 1), label=company.code, entry=fleet)
    assert registers.logging_fleets([D(2020, 7, 1), D(2020, 7, 2)]) == [{company.pk}, set()]
    assert registers.logging_fleets([]) == []


def test_the_plan_finds_both_lists_by_its_own_names():
    assert derived_called("超标车辆数据库与重点监管企业") is registers.OVER_LIMIT
    assert derived_called("车辆维护与燃料尿素台账") is registers.DIESEL_FLEETS
