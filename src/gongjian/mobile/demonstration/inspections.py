"""Periodic tests of every vehicle, the checking of their data, and the repairs they led to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from gongjian.mobile.demonstration.cars import Car
from gongjian.mobile.demonstration.checks import found, values
from gongjian.mobile.demonstration.luck import entered
from gongjian.mobile.demonstration.story import ENFORCEMENT, Story
from gongjian.mobile.models import DataVerification, PeriodicTest, Repair, Retirement

STATIONS = ("亦庄检测场（模拟）", "马驹桥检测场（模拟）", "旧宫检测场（模拟）", "外地检测机构（模拟）")
WORKSHOPS = ("亦通汽修（模拟）", "京南重卡维修（模拟）", "博兴治理站（模拟）")
REPAIRS = ("更换喷油嘴、清洗进气", "更换SCR催化器", "更换DPF载体", "修复尿素喷射系统", "更换涡轮增压器")
VERIFIED = 0.8  # of tests of the three groups looked through, on the average of stations
STRICT = {STATIONS[0]: 1.1, STATIONS[1]: 1.0, STATIONS[2]: 0.85, STATIONS[3]: 0.6}
WELL_TEN_YEARS = 3650  # days; older vehicles are tested twice a year


@dataclass(slots=True)
class Round:
    """What comes of tests, collected as the story goes along."""

    tests: list[PeriodicTest] = field(default_factory=list)
    verifications: list[DataVerification] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    retirements: list[Retirement] = field(default_factory=list)


def inspect(story: Story, cars: Sequence[Car]) -> Round:
    """The tests of all vehicles that have an exhaust. Sets the last day in the ledger of those given up; so before anything else."""
    luck, made = story.luck("tests"), Round()
    for car in cars:
        if car.burns:
            for day in _due(luck, car, story):
                if not _tested(luck, car, day, story, made):
                    break
    return made


def _due(luck: Random, car: Car, story: Story) -> Iterator[date]:
    """The days on which it is tested: each year, old ones twice."""
    registered = car.vehicle.registered_on or date(2014, 1, 1)
    day = story.since + timedelta(luck.randint(0, 364))
    while day <= story.until:
        if day >= car.vehicle.valid_from + timedelta(60):
            yield day
        gap = 182 if (day - registered).days > WELL_TEN_YEARS else 365
        day += timedelta(gap + luck.randint(-12, 20))


def _tested(luck: Random, car: Car, day: date, story: Story, made: Round) -> bool:
    """One round of a test; whether the vehicle goes on driving."""
    station = luck.choices(STATIONS, (40, 30, 20, 10) if car.vehicle.registered_here else (15, 20, 15, 50))[0]
    fails = luck.random() < car.fails(day) * 0.8
    first = _test(luck, story, car, day, station, turn="first", passed=not fails)
    made.tests.append(first)
    _verify(luck, car, first, story, made, over=fails)
    return _dealt_with(luck, car, first, story, made) if fails else True


def _test(luck: Random, story: Story, car: Car, day: date, station: str, *, turn: str, passed: bool) -> PeriodicTest:
    registered = car.vehicle.registered_on
    seen = found(luck, story, car, day)
    number = f"JC{day:%y%m%d}{luck.getrandbits(40):010x}"
    told = {"station": station, "turn": turn, "passed": passed, "registered_on": registered if registered and registered <= day else None}
    return PeriodicTest(number=number, **told, **values(luck, car, fails=not passed), **seen)


def _verify(luck: Random, car: Car, test: PeriodicTest, story: Story, made: Round, *, over: bool) -> None:
    """Whether somebody looks the test's data through, and when."""
    registered = car.vehicle.registered_on or date(2014, 1, 1)
    asked = over or not car.vehicle.registered_here or (car.diesel and (test.on - registered).days > 5 * 365)
    share = min(0.98, VERIFIED * STRICT[test.station]) if asked else 0.08
    day = test.on + timedelta(luck.randint(3, 75))
    if luck.random() >= share or day > story.until:
        return
    finding = luck.choices(("sound", "doubtful", "irregular", "false"), (93, 4, 2, 0.4))[0]
    made.verifications.append(
        DataVerification(
            number=f"HC{day:%y%m%d}{luck.getrandbits(40):010x}",
            test_number=test.number,
            station=test.station,
            tested_on=test.on,
            finding=finding,
            **_plain(luck, story, car, day),
        )
    )


def _dealt_with(luck: Random, car: Car, test: PeriodicTest, story: Story, made: Round) -> bool:
    """After a failed test: repaired and tested again, or given up, or nobody hears of it."""
    if (car.vehicle.stage or 9) <= 3 and luck.random() < 0.22:  # noqa: PLR2004 - old ones are not worth a repair
        return _given_up(luck, car, test.on + timedelta(luck.randint(5, 50)), story, made)
    told = luck.random() < 0.55 + 0.45 * car.diligence
    day = test.on + timedelta(luck.randint(1, 25))
    if not told or day > story.until:
        return True
    made.repairs.append(
        Repair(
            number=f"WX{day:%y%m%d}{luck.getrandbits(40):010x}",
            workshop=luck.choice(WORKSHOPS),
            test_number=test.number,
            items=luck.choice(REPAIRS),
            aftertreatment=luck.random() < 0.3,  # noqa: PLR2004 - three in ten
            cost_yuan=round(luck.lognormvariate(7.6, 0.6)),
            **_plain(luck, story, car, day),
        )
    )
    again = day + timedelta(luck.randint(0, 12))
    if again <= story.until and luck.random() < 0.96:  # noqa: PLR2004 - some never come back
        made.tests.append(_test(luck, story, car, again, test.station, turn="repeat", passed=luck.random() < 0.93))  # noqa: PLR2004 - most pass then
    return True


def _given_up(luck: Random, car: Car, day: date, story: Story, made: Round) -> bool:
    if day > story.until:
        return True
    seen = found(luck, story, car, day)
    way = luck.choices(("scrapped", "deregistered", "moved"), (55, 15, 30))[0]
    number = f"TT{day:%y%m%d}{luck.getrandbits(40):010x}"
    subsidy = luck.choice((8_000, 15_000, 22_000)) if way == "scrapped" else None
    made.retirements.append(Retirement(number=number, way=way, certificate=f"（模拟）{number[-8:]}", subsidy_yuan=subsidy, **seen))
    car.vehicle.valid_to = day
    return False


def _plain(luck: Random, story: Story, car: Car, day: date) -> dict[str, Any]:
    return {
        "entry_id": car.vehicle.pk,
        "label": car.vehicle.code,
        "on": day,
        "department": story.departments[ENFORCEMENT],
        "entered_at": entered(luck, day),
    }
