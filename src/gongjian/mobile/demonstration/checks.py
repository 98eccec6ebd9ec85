"""Checks of vehicles: on the road, on premises, by remote sensing; what smokes, and what drives where it may not."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from gongjian.mobile.demonstration.cars import Car
from gongjian.mobile.demonstration.firms import STREET_SHARES, STREETS
from gongjian.mobile.demonstration.luck import busy, days, entered, picked, poisson, working_days
from gongjian.mobile.demonstration.story import ENFORCEMENT, POLICE, Story
from gongjian.mobile.models import BlackSmoke, KeyPlace, LowEmissionZone, PremisesCheck, RoadCheck, Sampling, ZoneViolation

ROAD, PREMISES = 31.0, 29.0  # vehicles a working day of 2020 at scale 1
SAMPLED, SMOKED, STRAYED = 12.0, 0.45, 1.1  # a day
LAST_YEAR = 0.82  # of what is checked this year
CROSSINGS = ("荣华南路与荣京街路口", "科创街与经海路路口", "京津高速亦庄出口", "南六环马驹桥出口", "博兴路与泰河路路口", "凉水河路检查点")
PROBLEMS = {"urea": 0.022, "removed": 0.006, "tampered": 0.004, "obd": 0.012, "untested": 0.014}
OPACITY_LIMIT, NOX_LIMIT = 1.2, 1500.0  # GB 3847-2018, limit a
CHOSEN = {"random": 62.0, "precise": 16.0, "campaign": 18.0, "report": 4.0}
CORRECTED = 0.008  # share of records put right later
CORRECTION_DAYS = 25


class Traffic:
    """Who is met: heavy diesel vehicles are stopped more often, vehicles that are much on the road are met more often."""

    def __init__(self, cars: Sequence[Car], luck: Random, lean: float = 6.0) -> None:
        self.cars = [car for car in cars if car.burns]
        weights = (luck.lognormvariate(0, 0.6) * (lean if car.heavy and car.diesel else 1.0 if car.diesel else 0.15) for car in self.cars)
        self._sums = list(accumulate(weights))

    def meet(self, luck: Random, on: date) -> Car:
        """One that is in the ledger on the day."""
        while True:
            car = self.cars[bisect(self._sums, luck.random() * self._sums[-1])]
            if car.here(on):
                return car


def road_checks(story: Story, cars: Sequence[Car]) -> Iterator[RoadCheck]:
    """Checks on the road, day by day, with their corrections."""
    luck = story.luck("road")
    traffic = Traffic(cars, luck)
    for day in working_days(story.since, story.until, story.calendar):
        for _ in range(_many(luck, ROAD, day, story)):
            car, chosen = _chosen(luck, traffic, day)
            place = luck.choice(CROSSINGS)
            yield from _corrected(luck, RoadCheck(place=place, **_checked(luck, story, car, day, chosen)), story, f"L{day:%y%m%d}")


def premises_checks(story: Story, cars: Sequence[Car], places: Sequence[KeyPlace]) -> Iterator[PremisesCheck]:
    """Checks where vehicles stand: a visit finds several vehicles of one company or place."""
    luck = story.luck("premises")
    fleets = _fleets(cars)
    sizes = list(accumulate(len(fleet) ** 0.7 for fleet in fleets))
    for day in working_days(story.since, story.until, story.calendar):
        left = _many(luck, PREMISES, day, story)
        while left > 0:
            fleet = [car for car in fleets[bisect(sizes, luck.random() * sizes[-1])] if car.here(day)]
            place = luck.choice(places) if luck.random() < 0.55 else None  # noqa: PLR2004 - the others are companies' own yards
            if place is not None and place.valid_from > day:
                continue
            visited = luck.sample(fleet, min(len(fleet), luck.randint(2, 9), left))
            left -= max(1, len(visited))
            chosen = picked(luck, CHOSEN)
            for car in visited:
                row = PremisesCheck(
                    place=place, company=car.firm.enterprise if car.firm else None, **_checked(luck, story, car, day, chosen)
                )
                yield from _corrected(luck, row, story, f"R{day:%y%m%d}")


def _fleets(cars: Sequence[Car]) -> list[list[Car]]:
    """The vehicles with an exhaust, company by company."""
    found: dict[int, list[Car]] = {}
    for car in cars:
        if car.firm and car.burns:
            found.setdefault(car.firm.enterprise.pk, []).append(car)
    return list(found.values())


def samplings(story: Story, cars: Sequence[Car]) -> Iterator[Sampling]:
    """Remote sensing every day, and supervised sampling beside it."""
    luck = story.luck("sampling")
    traffic = Traffic(cars, luck, lean=2.5)
    for day in days(story.since, story.until):
        for _ in range(_many(luck, SAMPLED, day, story)):
            car = traffic.meet(luck, day)
            remote = luck.random() < 0.7  # noqa: PLR2004 - most by instruments beside the road
            fails = luck.random() < car.fails(day) * (0.55 if remote else 0.9)
            measured = {"method": "remote", "speed_kmh": round(luck.uniform(18, 68), 1)} if remote else values(luck, car, fails=fails)
            place = f"遥感{luck.randint(1, 4)}号点" if remote else luck.choice(CROSSINGS)
            yield Sampling(place=place, passed=not fails, chosen="random", **measured, **found(luck, story, car, day))


def black_smoke(story: Story, cars: Sequence[Car]) -> Iterator[BlackSmoke]:
    """Vehicles seen to smoke: those most worn."""
    luck = story.luck("smoke")
    traffic = Traffic([car for car in cars if car.diesel], luck)
    for day in days(story.since, story.until):
        for _ in range(_many(luck, SMOKED, day, story, growing=False)):
            car = max((traffic.meet(luck, day) for _ in range(4)), key=lambda one: one.fails(day))
            handled = day + timedelta(luck.randint(1, 40))
            done = handled <= story.until and luck.random() < 0.9  # noqa: PLR2004 - some are never found again
            told = {"handled_on": handled, "outcome": luck.choice(("ordered", "fined", "handed"))} if done else {}
            seen_by = luck.choices(("camera", "patrol", "report"), (60, 25, 15))[0]
            black = luck.choice((1, 2, 2, 3, 4))
            yield BlackSmoke(place=luck.choice(CROSSINGS), seen_by=seen_by, ringelmann=black, **told, **found(luck, story, car, day))


def zone_violations(story: Story, cars: Sequence[Car], zones: Sequence[LowEmissionZone]) -> Iterator[ZoneViolation]:
    """国三 trucks where they may not drive, from the day they may not."""
    luck = story.luck("zone")
    zone = next(one for one in zones if one.sort == "trucks")
    old = [car for car in cars if car.diesel and (car.vehicle.stage or 9) < zone.least_stage]
    traffic = Traffic(old, luck)
    for day in days(max(zone.since, story.since), story.until):
        for _ in range(_many(luck, STRAYED, day, story, growing=False)):
            car = traffic.meet(luck, day)
            handled = day + timedelta(luck.randint(0, 60))
            done = handled <= story.until and luck.random() < 0.95  # noqa: PLR2004 - some owners cannot be reached
            told = (
                {"handled_on": handled, "decision": f"京公交（模拟）{luck.randint(10_000, 99_999)}", "fine_yuan": 100, "points": 3}
                if done
                else {}
            )
            row = found(luck, story, car, day) | {"department": story.departments[POLICE]}
            yield ZoneViolation(zone=zone, place=luck.choice(CROSSINGS), **told, **row)


def _many(luck: Random, a_day: float, day: date, story: Story, *, growing: bool = True) -> int:
    """How many on a day."""
    year = LAST_YEAR if growing and day.year < story.until.year else 1.0
    return poisson(luck, a_day * story.scale * busy(day) * year)


def _chosen(luck: Random, traffic: Traffic, day: date) -> tuple[Car, str]:
    """Who is stopped and why. Officers with an eye for it (精准) look at a few and stop the oldest and most loaded."""
    chosen = picked(luck, CHOSEN)
    if chosen != "precise":
        return traffic.meet(luck, day), chosen
    return min((traffic.meet(luck, day) for _ in range(4)), key=lambda one: one.vehicle.stage or 9), chosen


def _checked(luck: Random, story: Story, car: Car, day: date, chosen: str) -> dict[str, Any]:
    """What a check found, and what was done about it."""
    measured = luck.random() < 0.85  # noqa: PLR2004 - papers and urea only, for the others
    fails = measured and luck.random() < car.fails(day)
    problem = next((name for name, share in PROBLEMS.items() if car.diesel and luck.random() < share * (1.6 - car.diligence)), "none")
    bad = fails or problem != "none"
    outcome = luck.choices(("fined", "ordered", "educated"), (62, 28, 10))[0] if bad else "none"
    told = {"passed": not fails if measured else None, "problem": problem, "outcome": outcome, "chosen": chosen}
    told["decision"] = f"京技管罚（模拟）{day:%Y}{luck.randint(10_000, 99_999)}" if outcome == "fined" else ""
    read = values(luck, car, fails=fails) if measured else {}
    return told | read | found(luck, story, car, day)


def values(luck: Random, car: Car, *, fails: bool) -> dict[str, Any]:
    """What the instrument read: over the limit exactly where it failed."""
    if not car.diesel:
        return {"method": "two-idle"}
    opacity = round(OPACITY_LIMIT * (1 + luck.expovariate(1.6)) + 0.01, 2) if fails else round(OPACITY_LIMIT * luck.betavariate(1.6, 5), 2)
    return {"method": "free-acceleration", "opacity": min(opacity, 12.0), "opacity_limit": OPACITY_LIMIT}


def found(luck: Random, story: Story, car: Car, day: date) -> dict[str, Any]:
    """The vehicle as it was found."""
    vehicle = car.vehicle
    return {
        "entry_id": vehicle.pk,
        "label": vehicle.code,
        "on": day,
        "fuel": vehicle.fuel,
        "stage": vehicle.stage,
        "heavy": car.heavy,
        "registered_here": vehicle.registered_here,
        "use": vehicle.use,
        "department": story.departments[ENFORCEMENT],
        "street": luck.choices(STREETS, STREET_SHARES)[0],
        "entered_at": entered(luck, day),
    }


def _corrected(luck: Random, row: Any, story: Story, prefix: str) -> Iterator[Any]:
    """The record, numbered; rarely one that was first written down wrongly, and put right later."""
    row.number = f"{prefix}-{luck.getrandbits(44):011x}"
    if luck.random() >= CORRECTED:
        yield row
        return
    later = row.entered_at + timedelta(luck.randint(1, CORRECTION_DAYS), hours=1)
    if later.date() > story.until:
        yield row
        return
    wrong = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"})  # noqa: SLF001 - Django's public name
    wrong.street = luck.choice([street for street in STREETS if street != row.street])
    wrong.replaced_at = row.entered_at = later
    yield wrong
    yield row
