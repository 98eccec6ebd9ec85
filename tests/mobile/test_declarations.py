"""Every ledger and kind of record of the room takes its example, and turns down what cannot be."""

from datetime import date
from decimal import Decimal

import pytest
from mobile.ledger_examples import EXAMPLES
from stage import at

from gongjian.ledgers.actions import entries, records
from gongjian.ledgers.checking import checked
from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.fields import Kind, specs
from gongjian.ledgers.models import Entry
from gongjian.ledgers.registry import called, find
from gongjian.mobile.ledgers import LEDGERS
from gongjian.mobile.records import RECORD_KINDS
from gongjian.people.models import Department

TABLES = [*LEDGERS, *RECORD_KINDS]


def wrong(slug, **said):
    """The fields found at fault when the example says something else."""
    values = {name: value for name, value in (EXAMPLES[slug] | said).items() if value is not None}
    return set(checked(find(slug), values).faults)


def test_every_table_has_an_example_and_no_example_is_of_nothing():
    assert EXAMPLES.keys() == {table.slug for table in TABLES}


@pytest.mark.django_db
def test_every_example_is_entered(town):
    department = Department.objects.get(name="交通局")
    for table in TABLES:
        values = EXAMPLES[table.slug] | {"department": department}
        for name, spec in specs(table).items():
            if spec.kind is Kind.ENTRY and name in values:
                values[name] = spec.points_at.objects.get(code=values[name])
        if isinstance(table, Ledger):
            assert entries.enter(table, values, by=None, at=at(6, 30)).pk
        else:
            row = records.note(table, values, by=None, at=at(6, 30))
            known = Entry.objects.filter(kind=table.ledger, code=values["label"]).first()
            assert row.entry_id == (known.pk if known else None)


@pytest.mark.parametrize("name", ["充电设施", "非道路移动机械编码登记", "非法储油台账"])
def test_the_ledgers_of_the_plan_are_found_by_its_own_names(name):
    assert called(name) in LEDGERS


def test_an_electric_vehicle_has_no_stage_and_a_burning_one_has():
    assert wrong("vehicles", fuel="electric") == {"stage"}
    assert wrong("vehicles", stage=None) == {"stage"}
    assert not wrong("vehicles", fuel="electric", stage=None)


def test_a_green_plate_is_not_on_a_diesel_vehicle_nor_an_electric_one_on_a_hybrid():
    assert wrong("vehicles", code="京ADA1234") == {"fuel"}
    assert wrong("vehicles", code="京ADA1234", fuel="hybrid") == {"fuel"}
    assert not wrong("vehicles", code="京AFA1234", fuel="hybrid")


def test_a_plate_of_elsewhere_is_not_registered_here():
    assert wrong("vehicles", code="冀R12345") == {"registered_here"}
    assert not wrong("vehicles", code="冀R12345", registered_here=False)


def test_a_vin_is_held_to_its_check_digit():
    assert wrong("vehicles", vin="LZGJL4V460X000123") == {"vin"}


def test_light_logistics_is_light():
    assert wrong("vehicles", use="pass-logistics") == {"mass_kg"}
    assert not wrong("vehicles", use="pass-logistics", mass_kg=4500)


def test_how_gas_burns_is_said_of_gas_only():
    assert wrong("vehicles", gas_engine="lean") == {"gas_engine"}
    assert not wrong("vehicles", gas_engine="lean", fuel="lng")


def test_whoever_passed_was_not_over_the_limit_written_or_that_of_the_standard():
    assert wrong("periodic-tests", passed=True) == {"passed"}
    assert wrong("periodic-tests", passed=True, opacity_limit=None) == {"passed"}
    assert not wrong("periodic-tests", passed=True, opacity=Decimal("1.20"))


def test_whoever_failed_was_over_some_limit_unless_something_else_was_wrong():
    assert wrong("road-checks", opacity=Decimal("0.90")) == {"passed"}
    assert not wrong("road-checks", opacity=Decimal("0.90"), problem="removed")
    assert not wrong("periodic-tests", opacity=Decimal("0.90"), nox=None, nox_limit=None, co=Decimal("1.0"))


def test_what_was_found_was_dealt_with_and_a_fine_rests_on_a_decision():
    assert wrong("road-checks", outcome="none", decision=None) == {"outcome"}
    assert wrong("road-checks", decision=None) == {"decision"}
    assert wrong("premises-checks", outcome="fined", decision="x") == {"outcome"}


def test_a_check_on_premises_was_somewhere():
    assert wrong("premises-checks", place=None) == {"place"}


def test_a_machine_met_as_registered_has_its_number():
    assert wrong("machine-checks", label="东门1号挖掘机") == {"label"}
    assert not wrong("machine-checks", label="东门1号挖掘机", registered=False)
    assert wrong("machine-checks", black_smoke=True) == {"passed"}


def test_the_first_sign_of_a_machines_number_is_its_stage():
    assert wrong("machines", stage=2) == {"stage"}
    assert wrong("machines", code="DA012345") == {"power"}
    assert not wrong("machines", code="DA012345", power="electric", stage=None)


def test_fuel_over_ten_milligrams_of_sulphur_does_not_pass():
    assert wrong("fuel-samples", sulphur_mg_kg=12.0) == {"passed"}
    assert wrong("fuel-samples", passed=False) == {"failing"}
    assert not wrong("fuel-samples", sulphur_mg_kg=12.0, passed=False, failing="硫含量")


def test_monthly_sales_belong_to_the_last_day_of_their_month():
    assert wrong("diesel-sales", on=date(2020, 4, 29)) == {"on"}


def test_nothing_is_dealt_with_before_it_happened():
    assert wrong("zone-violations", handled_on=date(2020, 4, 5)) == {"handled_on"}
    assert wrong("illegal-storage", removed_on=date(2020, 2, 10)) == {"removed_on"}


def test_more_diesel_vehicles_than_vehicles_and_a_station_without_piles_cannot_be():
    assert wrong("fleets", diesel_count=41) == {"diesel_count"}
    assert wrong("charging-stations", fast_piles=0) == {"fast_piles"}


def test_a_filling_says_how_much():
    assert wrong("fleet-logs", litres=None) == {"litres"}
    assert not wrong("fleet-logs", litres=None, item="upkeep")
