"""The made-up district as a whole: everything worked out in its order, written a table at a time, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from gongjian.kernel.refusal import Refusal
from gongjian.kernel.workdays import Calendar
from gongjian.ledgers.actions.bulk import amend_entries, insert_entries, insert_records
from gongjian.ledgers.declaration import Ledger, RecordKind
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.ledgers.models import Status
from gongjian.mobile.demonstration import checks, inspections, rounds, sites
from gongjian.mobile.demonstration.cars import Car, make_cars, make_passers
from gongjian.mobile.demonstration.firms import Firm, make_firms, make_places
from gongjian.mobile.demonstration.luck import morning
from gongjian.mobile.demonstration.story import DEPARTMENTS, Story
from gongjian.mobile.ledgers import places as places_kept
from gongjian.mobile.ledgers import vehicles as cars_kept
from gongjian.mobile.models import IllegalStorage, Vehicle
from gongjian.mobile.records import places as of_places
from gongjian.mobile.records import vehicle_checks as of_checks
from gongjian.mobile.records import vehicle_lives as of_lives
from gongjian.people.models import Department
from gongjian.people.queries import working_calendar
from gongjian.trail.actions import record
from gongjian.trail.office_day import start_of
from gongjian.trail.subjects import Subject

SOURCE = "演示数据（模拟）"
Say = Callable[[str], object]


class Teller:
    """Writes tables and remembers how many rows there were."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self.rows: dict[str, int] = {}

    def ledger(self, ledger: Ledger, entries: Sequence[Any]) -> None:
        """Write entries."""
        for entry in entries:
            entry.source = SOURCE
        insert_entries(ledger, entries)
        self._tell(ledger.slug, ledger.title, len(entries))

    def records(self, kind: RecordKind, made: Iterable[Any]) -> None:
        """Write records."""
        self._tell(kind.slug, kind.title, insert_records(kind, _marked(made)))

    def _tell(self, slug: str, title: str, count: int) -> None:
        self.rows[slug] = count
        self._say(f"  {title} {count:,} 条")


@transaction.atomic
def make_district(since: date, until: date, *, scale: int, seed: int, say: Say) -> dict[str, int]:
    """Make the mobile sources of a district from ``since`` to ``until``; how many rows of each table.

    Refusal where departments are missing or there are vehicles already: nothing real is ever mixed with what is made up.
    """
    if Vehicle.objects.exists():
        msg = "机动车台账里已经有数据，演示数据只能生成在空的台账里，没有写入任何内容。"
        raise Refusal(msg)
    story = Story(seed, scale, since, until, Calendar(working_calendar(since, until)), _departments())
    teller = Teller(say)
    firms, cars = _vehicles(story, teller)
    round_of_tests = inspections.inspect(story, cars)
    _withdraw(cars_kept.VEHICLES, [car.vehicle for car in cars if car.vehicle.valid_to])
    _inspected(teller, round_of_tests)
    _checked(story, teller, cars)
    _served(story, teller, firms, cars)
    told = {"seed": seed, "scale": scale, "rows": sum(teller.rows.values())}
    record("mobile.simulated", Subject("mobile.demonstration", str(seed), SOURCE), by=None, at=start_of(until), after=told)
    return teller.rows


def _departments() -> dict[str, Department]:
    found = {department.name: department for department in Department.objects.filter(name__in=DEPARTMENTS)}
    if missing := [name for name in DEPARTMENTS if name not in found]:
        msg = f"缺少部门{'、'.join(missing)}，演示数据要用到它们：请先载入内置的行动计划。"
        raise Refusal(msg)
    return found


def _vehicles(story: Story, teller: Teller) -> tuple[list[Firm], list[Car]]:
    firms = make_firms(story)
    teller.ledger(ENTERPRISES, [firm.enterprise for firm in firms])
    for firm in firms:
        firm.fleet.enterprise = firm.enterprise
    teller.ledger(cars_kept.FLEETS, [firm.fleet for firm in firms])
    cars = make_cars(story, firms)
    for car in cars:
        car.vehicle.enterprise = car.firm.enterprise if car.firm else None
    teller.ledger(cars_kept.VEHICLES, [car.vehicle for car in cars])
    return firms, cars


def _inspected(teller: Teller, made: inspections.Round) -> None:
    teller.records(of_lives.PERIODIC_TESTS, made.tests)
    teller.records(of_lives.DATA_VERIFICATIONS, made.verifications)
    teller.records(of_lives.REPAIRS, made.repairs)
    teller.records(of_lives.RETIREMENTS, made.retirements)


def _checked(story: Story, teller: Teller, cars: Sequence[Car]) -> None:
    places, zones = make_places(story), sites.make_zones(story)
    teller.ledger(cars_kept.KEY_PLACES, places)
    teller.ledger(places_kept.LOW_EMISSION_ZONES, zones)
    met = [*cars, *make_passers(story)]
    teller.records(of_checks.ROAD_CHECKS, checks.road_checks(story, met))
    teller.records(of_checks.PREMISES_CHECKS, checks.premises_checks(story, cars, places))
    teller.records(of_checks.SAMPLINGS, checks.samplings(story, met))
    teller.records(of_checks.BLACK_SMOKE, checks.black_smoke(story, met))
    teller.records(of_checks.ZONE_VIOLATIONS, checks.zone_violations(story, met, zones))
    machines = sites.make_machines(story)
    teller.ledger(places_kept.MACHINES, machines)
    teller.records(of_places.MACHINE_CHECKS, rounds.machine_checks(story, machines, zones))


def _served(story: Story, teller: Teller, firms: Sequence[Firm], cars: Sequence[Car]) -> None:
    fuel, storages, terminals = sites.make_fuel_sites(story, firms), sites.make_storages(story), sites.make_terminals(story, cars)
    teller.ledger(places_kept.FUEL_SITES, fuel)
    teller.ledger(places_kept.ILLEGAL_STORAGE, storages)
    teller.ledger(places_kept.CHARGING_STATIONS, sites.make_charging(story))
    teller.ledger(places_kept.RAIL_MILESTONES, sites.make_rail(story))
    teller.ledger(cars_kept.REMOTE_TERMINALS, terminals)
    teller.records(of_places.STORAGE_CHECKS, list(rounds.storage_rounds(story, storages)))
    _close_down([storage for storage in storages if storage.closed_on])
    teller.records(of_places.FUEL_SAMPLES, rounds.fuel_samples(story, fuel, cars))
    teller.records(of_places.DIESEL_SALES, rounds.diesel_sales(story, fuel))
    teller.records(of_places.FLEET_LOGS, rounds.fleet_logs(story, firms, cars))
    teller.records(of_places.TERMINAL_STATUSES, rounds.terminal_rounds(story, terminals))
    teller.records(of_lives.ACQUISITIONS, rounds.acquisitions(story, cars))


def _withdraw(ledger: Ledger, gone: Sequence[Any]) -> None:
    """Those that left, from the day after they did."""
    for entry in gone:
        entry.status, entry.version = Status.WITHDRAWN, entry.version + 1
        entry.entered_at = morning(entry.valid_to + timedelta(1))
    amend_entries(ledger, gone, ["status", "valid_to"])


def _close_down(closed: Sequence[IllegalStorage]) -> None:
    for storage in closed:
        storage.version += 1
        storage.entered_at = morning((storage.removed_on or storage.closed_on or storage.valid_from) + timedelta(1))
        if storage.valid_to:
            storage.status = Status.WITHDRAWN
    amend_entries(places_kept.ILLEGAL_STORAGE, closed, ["closed_on", "removed_on", "status", "valid_to"])


def _marked(made: Iterable[Any]) -> Iterable[Any]:
    """Each row with where it comes from, and a number where the story gave it none."""
    for number, row in enumerate(made, 1):
        row.source, row.number = SOURCE, row.number or f"{row.on:%y%m%d}-{number:07d}"
        yield row
