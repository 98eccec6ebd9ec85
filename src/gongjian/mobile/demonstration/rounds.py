"""What is done round after round: machines, fuel samples, illegal storage, sales, logs, terminals, vehicles bought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from gongjian.kernel.months import Month
from gongjian.mobile.demonstration.cars import Car
from gongjian.mobile.demonstration.checks import found
from gongjian.mobile.demonstration.firms import STREET_SHARES, STREETS, Firm
from gongjian.mobile.demonstration.luck import busy, days, entered, poisson, working_days
from gongjian.mobile.demonstration.story import ENFORCEMENT, RUNNING, Story
from gongjian.mobile.models import (
    Acquisition,
    DieselSale,
    FleetLog,
    FuelSample,
    FuelSite,
    IllegalStorage,
    LowEmissionZone,
    Machine,
    MachineCheck,
    RemoteTerminal,
    StorageCheck,
    TerminalStatus,
)

MACHINES_MET, SAMPLES, LOGS = 3.0, 0.75, 9.0  # a working day at scale 1
UNREGISTERED = {2019: 0.16, 2020: 0.07}
SMOKES = {1: 0.16, 2: 0.07, 3: 0.025}  # by stage
FAILING_FUEL = {"station": 0.012, "own-depot": 0.05, "vehicle": 0.06}
DIESEL_LIMIT, UREA_LEAST = 10.0, 31.8
DIESEL_LOG_FROM = 11  # more than ten diesel vehicles
GROWTH = 0.93  # of last year's diesel is sold this year


def machine_checks(story: Story, machines: Sequence[Machine], zones: Sequence[LowEmissionZone]) -> Iterator[MachineCheck]:
    """Machines met on sites, some without a number."""
    luck = story.luck("machine checks")
    mine = [zone for zone in zones if zone.sort == "machines"]
    for day in working_days(story.since, story.until, story.calendar):
        there = [machine for machine in machines if machine.valid_from <= day]
        for _ in range(poisson(luck, MACHINES_MET * story.scale * busy(day))):
            machine = luck.choice(there)
            registered = luck.random() >= UNREGISTERED[day.year]
            smokes = machine.power == "diesel" and luck.random() < SMOKES.get(machine.stage or 3, 0.02) * (1 if registered else 1.8)
            fails = smokes or not registered
            label = machine.code if registered else f"无牌{machine.get_type_display()}{luck.randint(1, 9)}号"
            yield MachineCheck(
                number=f"JX{day:%y%m%d}-{luck.getrandbits(40):010x}",
                entry_id=machine.pk if registered else None,
                place=f"（模拟）{luck.randint(1, 40)}号工地",
                zone=luck.choice(mine) if luck.random() < 0.7 else None,  # noqa: PLR2004 - most checks are in the zones
                type=machine.type,
                power=machine.power,
                stage=machine.stage,
                registered=registered,
                black_smoke=smokes,
                passed=not fails,
                outcome=luck.choice(("ordered", "fined")) if fails else "none",
                **_row(luck, story, label, day),
            )


def fuel_samples(story: Story, sites: Sequence[FuelSite], cars: Sequence[Car]) -> Iterator[FuelSample]:
    """Samples from pumps, depots and tanks of vehicles."""
    luck = story.luck("samples")
    diesel = [car for car in cars if car.diesel and car.heavy]
    for day in working_days(story.since, story.until, story.calendar):
        for _ in range(poisson(luck, SAMPLES * story.scale * busy(day))):
            yield _sample(luck, story, luck.choice(sites), luck.choice(diesel), day)


def _sample(luck: Random, story: Story, site: FuelSite, car: Car, day: date) -> FuelSample:
    from_vehicle = luck.random() < 0.3  # noqa: PLR2004 - three in ten out of tanks
    urea = luck.random() < (0.3 if from_vehicle or site.sells_urea else 0.0)
    fails = luck.random() < FAILING_FUEL["vehicle" if from_vehicle else site.sort]
    origin = "vehicle" if from_vehicle else "depot" if site.sort == "own-depot" else "pump"
    label = car.vehicle.code if from_vehicle else site.code
    content = round(luck.uniform(20, 30) if fails else luck.uniform(UREA_LEAST, 33.2), 1) if urea else None
    sulphur = None if urea else round(luck.uniform(15, 320) if fails else luck.uniform(2, DIESEL_LIMIT), 1)
    return FuelSample(
        number=f"YP{day:%y%m%d}-{luck.getrandbits(40):010x}",
        entry_id=None if from_vehicle else site.pk,
        product="urea" if urea else "diesel",
        origin=origin,
        sulphur_mg_kg=sulphur,
        urea_percent=content,
        laboratory="（模拟）检测中心",
        passed=not fails,
        failing=("尿素含量" if urea else "硫含量") if fails else "",
        **_row(luck, story, label, day),
    )


def storage_rounds(story: Story, storages: Sequence[IllegalStorage]) -> Iterator[StorageCheck]:
    """A look at every place each quarter, now and then missed; sets when a place was closed and pulled down, and left the ledger."""
    luck = story.luck("storage rounds")
    for storage in storages:
        for quarter in _quarters(storage.valid_from, story.until):
            if storage.valid_to or luck.random() < 0.08:  # noqa: PLR2004 - missed
                continue
            span = (min(quarter[1], story.until) - max(quarter[0], storage.valid_from)).days
            if span < 5:  # noqa: PLR2004 - too late in the quarter
                continue
            day = max(quarter[0], storage.valid_from) + timedelta(luck.randint(0, span))
            yield _looked_at(luck, story, storage, day)


def _looked_at(luck: Random, story: Story, storage: IllegalStorage, day: date) -> StorageCheck:
    if storage.closed_on is None:
        state = luck.choices(("working", "closed", "gone"), (15, 50, 35))[0]
    else:
        state = luck.choices(("back", "closed", "gone"), (6, 44, 50))[0]
    if state in ("closed", "gone"):
        storage.closed_on = storage.closed_on or day
    if state == "gone":
        storage.removed_on, storage.valid_to = day, day + timedelta(1)
    seized = luck.randint(200, 6000) if state in ("working", "back") else None
    measure = "责令停止、查扣油品" if seized else ""
    number = f"CY{day:%y%m%d}-{luck.getrandbits(40):010x}"
    return StorageCheck(
        number=number, entry_id=storage.pk, state=state, seized_litres=seized, measure=measure, **_row(luck, story, storage.code, day)
    )


def diesel_sales(story: Story, sites: Sequence[FuelSite]) -> Iterator[DieselSale]:
    """What each site that sells diesel sold in each month that is over."""
    luck = story.luck("sales")
    for site in sites:
        usual = luck.lognormvariate(4.4, 0.5) * (0.35 if site.sort == "own-depot" else 1.0)
        for month in Month.of(story.since).through(Month.of(story.until)):
            if not site.sells_diesel or month.last > story.until:
                continue
            year = GROWTH if month.year == story.until.year else 1.0
            tonnes = round(usual * year * busy(month.first + timedelta(14)) * luck.uniform(0.85, 1.15), 1)
            row = _row(luck, story, site.code, month.last) | {"street": ""}
            yield DieselSale(number=f"XS{month}-{site.code}", entry_id=site.pk, tonnes=tonnes, document=f"{month}销售月报（模拟）", **row)


def fleet_logs(story: Story, firms: Sequence[Firm], cars: Sequence[Car]) -> Iterator[FleetLog]:
    """What companies with more than ten diesel vehicles write down, each as faithfully as it is."""
    luck = story.luck("logs")
    fleets = [(firm, mine) for firm in firms if len(mine := [car for car in cars if car.firm is firm and car.diesel]) >= DIESEL_LOG_FROM]
    weights = [firm.keeps_log**3 * len(mine) for firm, mine in fleets]
    for day in days(story.since, story.until):
        for firm, mine in luck.choices(fleets, weights, k=poisson(luck, LOGS * story.scale * busy(day))) if fleets else ():
            car = luck.choice(mine)
            item = luck.choices(("fuel", "urea", "upkeep", "catalyst"), (55, 22, 19, 4))[0]
            litres = round(luck.uniform(80, 380) if item == "fuel" else luck.uniform(10, 60), 1) if item in ("fuel", "urea") else None
            if car.here(day):
                number = f"TZ{day:%y%m%d}-{luck.getrandbits(40):010x}"
                row = _row(luck, story, firm.fleet.code, day) | {"street": ""}
                yield FleetLog(number=number, entry_id=firm.fleet.pk, plate=car.vehicle.code, item=item, litres=litres, **row)


def terminal_rounds(story: Story, terminals: Sequence[RemoteTerminal]) -> Iterator[TerminalStatus]:
    """The weekly look at every terminal; one that dropped out stays so for some weeks."""
    luck = story.luck("terminal rounds")
    out: dict[int, int] = {}
    for day in days(story.since, story.until)[::7]:
        for terminal in terminals:
            if terminal.valid_from > day:
                continue
            out[terminal.pk] = out.get(terminal.pk, 0) - 1
            if luck.random() < 0.018:  # noqa: PLR2004 - a failure
                out[terminal.pk] = luck.randint(1, 7)
            online = out[terminal.pk] <= 0 and terminal.connected_on is not None
            seen = day if online else day - timedelta(luck.randint(2, 20))
            valid = round(luck.betavariate(30, 1.5) * 100, 1) if online else None
            row = _row(luck, story, terminal.code, day) | {"street": ""}
            number = f"ZT{day:%y%m%d}-{terminal.code}"
            yield TerminalStatus(number=number, entry_id=terminal.pk, online=online, valid_percent=valid, last_seen_on=seen, **row)


def acquisitions(story: Story, cars: Sequence[Car]) -> Iterator[Acquisition]:
    """Vehicles registered here in the course of the story, as bought."""
    luck = story.luck("bought")
    for car in cars:
        day = car.vehicle.registered_on
        if day is None or day < story.since or not car.vehicle.registered_here:
            continue
        row = found(luck, story, car, day) | {"department": story.departments[RUNNING]}
        reason = "renewal" if luck.random() < 0.6 else "new"  # noqa: PLR2004 - most replace another
        company = car.firm.enterprise if car.firm else None
        yield Acquisition(number=f"GZ{car.vehicle.code}", reason=reason, company=company, mass_kg=car.vehicle.mass_kg, **row)


def _quarters(first: date, last: date) -> Iterator[tuple[date, date]]:
    month = Month(first.year, (first.month - 1) // 3 * 3 + 1)
    while month.first <= last:
        yield month.first, month.shifted(2).last
        month = month.shifted(3)


def _row(luck: Random, story: Story, label: str, day: date) -> dict[str, Any]:
    return {
        "label": label,
        "on": day,
        "department": story.departments[ENFORCEMENT],
        "street": luck.choices(STREETS, STREET_SHARES)[0],
        "entered_at": entered(luck, day),
    }
