"""Places and works: fuel, illegal storage, charging, machines, zones, terminals, the railway."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from gongjian.mobile.demonstration.cars import Car
from gongjian.mobile.demonstration.firms import BEGINNINGS, ENDINGS, STREET_SHARES, STREETS, Firm
from gongjian.mobile.demonstration.luck import morning, picked, somewhere
from gongjian.mobile.demonstration.story import ECONOMY, ENFORCEMENT, RUNNING, Story
from gongjian.mobile.models import (
    ChargingStation,
    FuelSite,
    IllegalStorage,
    LowEmissionZone,
    Machine,
    RailMilestone,
    RemoteTerminal,
)

FUEL_SITES, STORAGES, CHARGING, MACHINES = 14, 12, 26, 260  # at scale 1
TERMINAL_SHARE = 0.22  # of heavy diesel vehicles registered here
MACHINE_TYPES = {"excavator": 30, "loader": 20, "forklift": 28, "roller": 5, "crane": 6, "bulldozer": 4, "generator": 4, "apron": 3}
MACHINE_STAGES = {1: 4, 2: 26, 3: 70}
ELECTRIC = {"forklift": 0.34, "apron": 0.3}
WORKERS = ("国基", "京建", "亦兴", "开源", "路桥", "恒基")
RAIL = (  # step, planned, done, how far along
    ("proposal", date(2019, 6, 30), date(2019, 6, 21), 100),
    ("feasibility", date(2019, 12, 31), date(2020, 1, 16), 100),
    ("land", date(2020, 4, 30), date(2020, 5, 22), 100),
    ("design", date(2020, 6, 30), date(2020, 7, 10), 100),
    ("start", date(2020, 8, 31), date(2020, 9, 3), 100),
    ("earthwork", date(2020, 12, 15), None, 38),
    ("track", date(2021, 6, 30), None, 0),
    ("acceptance", date(2021, 10, 31), None, 0),
)
ZONES = (  # name, sort, least stage, since, and its corners as shares of the district's box
    ("核心区低排放区", "machines", 3, date(2019, 1, 1), ((0.30, 0.35), (0.70, 0.35), (0.70, 0.75), (0.30, 0.75))),
    ("路东区低排放区", "machines", 2, date(2019, 7, 1), ((0.72, 0.25), (0.95, 0.25), (0.95, 0.65), (0.72, 0.65))),
    ("国三柴油货车限行区", "trucks", 4, date(2019, 11, 1), ((0.05, 0.05), (0.95, 0.05), (0.95, 0.95), (0.05, 0.95))),
)
BOX = (116.472, 39.742, 0.106, 0.090)  # west, south, width, height in degrees


def make_fuel_sites(story: Story, firms: Sequence[Firm]) -> list[FuelSite]:
    """Stations, and depots of companies with many diesel vehicles."""
    luck = story.luck("fuel")
    found = []
    for number in range(story.places(FUEL_SITES)):
        own = luck.random() < 0.3  # noqa: PLR2004 - three in ten are companies' own
        firm = max(luck.sample(firms, min(5, len(firms))), key=lambda one: one.size)
        volume = round(luck.uniform(20, 60) if own else luck.uniform(60, 180), 1)
        found.append(
            FuelSite(
                **_placed(
                    luck, f"JY{number + 1:04d}", f"{luck.choice(BEGINNINGS)}{luck.choice(ENDINGS)}{'自备油库' if own else '加油站'}（模拟）"
                ),
                sort="own-depot" if own else "station",
                enterprise=firm.enterprise,
                sells_diesel=own or luck.random() < 0.85,  # noqa: PLR2004 - a few sell petrol only
                sells_urea=not own and luck.random() < 0.6,  # noqa: PLR2004 - most
                tanks=luck.randint(2, 6),
                volume_m3=volume,
                licence=f"京油零售证书{number + 100:05d}",
                **_kept(story, ENFORCEMENT, story.since),
            )
        )
    return found


def make_storages(story: Story) -> list[IllegalStorage]:
    """Illegal storage as it was found in the course of time; most is gone by now."""
    luck = story.luck("storage")
    found = []
    for number in range(story.places(STORAGES)):
        day = story.since + timedelta(luck.randint(0, max(1, (story.until - story.since).days - 20)))
        sort = picked(luck, {"station": 2, "tank": 5, "tanker": 3, "drums": 3})
        volume = None if luck.random() < 0.1 else round(luck.uniform(0.4, 22), 1)  # noqa: PLR2004 - some were never measured
        spine = _placed(luck, f"FC{number + 1:04d}", f"{luck.choice(STREETS)}非法储油点{number + 1}（模拟）")
        found.append(IllegalStorage(**spine, sort=sort, found_on=day, volume_m3=volume, **_kept(story, ENFORCEMENT, day)))
    return found


def make_charging(story: Story) -> list[ChargingStation]:
    """Charging stations, more of them every month."""
    luck = story.luck("charging")
    found = []
    for number in range(story.places(CHARGING)):
        day = story.since - timedelta(400) if luck.random() < 0.6 else story.since + timedelta(luck.randint(0, 600))  # noqa: PLR2004 - most were there
        if day > story.until:
            continue
        fast = luck.randint(2, 24)
        spine = _placed(luck, f"CD{number + 1:04d}", f"{luck.choice(BEGINNINGS)}{luck.choice(ENDINGS)}充电站（模拟）")
        service = picked(luck, {"public": 6, "dedicated": 3, "internal": 1})
        piles = {"fast_piles": fast, "slow_piles": luck.randint(0, 20), "power_kw": fast * 60.0, "opened_on": day}
        found.append(
            ChargingStation(**spine, service=service, operator="（模拟）运营商", **piles, **_kept(story, RUNNING, max(day, story.since)))
        )
    return found


def make_machines(story: Story) -> list[Machine]:
    """Machines that were registered, a few more every week."""
    luck = story.luck("machines")
    found = []
    for number in range(MACHINES * story.scale):
        day = story.since + timedelta(luck.randint(0, (story.until - story.since).days))
        day = story.since if luck.random() < 0.45 else day  # noqa: PLR2004 - nearly half had been registered before
        sort = picked(luck, MACHINE_TYPES)
        newer = 1.5 if day >= date(2020, 1, 1) else 1.0
        electric = luck.random() < ELECTRIC.get(sort, 0.01) * newer
        stage = None if electric else picked(luck, MACHINE_STAGES)
        gap = luck.random() < 0.08  # noqa: PLR2004 - plates that cannot be read any more
        found.append(
            Machine(
                code=f"{'D' if electric else stage}{number + 1_000_000:07d}",
                type=sort,
                power="electric" if electric else "diesel",
                stage=stage,
                power_kw=None if gap else luck.choice((25, 37, 55, 75, 92, 110, 132, 162)),
                pin="" if gap else f"PIN{number + 20_000_000:09d}",
                owner=f"{luck.choice(WORKERS)}机械租赁（模拟）",
                located=luck.random() < 0.3,  # noqa: PLR2004 - three in ten
                street=luck.choices(STREETS, STREET_SHARES)[0],
                **_kept(story, RUNNING, day),
            )
        )
    return found


def make_zones(story: Story) -> list[LowEmissionZone]:
    """Zones, drawn."""
    west, south, width, height = BOX
    found = []
    for number, (name, sort, stage, since, corners) in enumerate(ZONES, 1):
        ring = [[round(west + x * width, 6), round(south + y * height, 6)] for x, y in (*corners, corners[0])]
        middle = [sum(point[axis] for point in ring[:-1]) / len(corners) for axis in (0, 1)]
        found.append(
            LowEmissionZone(
                code=f"DP{number:02d}",
                name=f"{name}（模拟）",
                sort=sort,
                least_stage=stage,
                since=since,
                notice=f"京技管（模拟）{number}号",
                shape={"type": "Polygon", "coordinates": [ring]},
                lon=round(middle[0], 6),
                lat=round(middle[1], 6),
                **_kept(story, RUNNING, max(since, story.since)),
            )
        )
    return found


def make_rail(story: Story) -> list[RailMilestone]:
    """The siding's milestones as they stood at the end of the story."""
    return [
        RailMilestone(
            code=f"TL{number:02d}",
            project="铁路专用线（模拟）",
            step=step,
            planned_on=planned,
            done_on=done if done and done <= story.until else None,
            percent=percent,
            **_kept(story, ECONOMY, story.since),
        )
        for number, (step, planned, done, percent) in enumerate(RAIL, 1)
    ]


def make_terminals(story: Story, cars: Sequence[Car]) -> list[RemoteTerminal]:
    """Terminals of heavy diesel vehicles; the vehicles must be saved."""
    luck = story.luck("terminals")
    return list(_terminals(luck, story, [car for car in cars if car.heavy and car.diesel and car.vehicle.registered_here]))


def _terminals(luck: Random, story: Story, cars: Sequence[Car]) -> Iterator[RemoteTerminal]:
    for number, car in enumerate(cars):
        if luck.random() >= TERMINAL_SHARE * (2.4 if (car.vehicle.stage or 0) >= 6 else 1):  # noqa: PLR2004 - 国六 comes with one
            continue
        day = max(car.vehicle.valid_from, story.since + timedelta(luck.randint(0, 500)))
        if day > story.until:
            continue
        factory = (car.vehicle.stage or 0) >= 6  # noqa: PLR2004 - same
        yield RemoteTerminal(
            code=f"T{number + 100_000:08d}",
            vehicle=car.vehicle,
            enterprise=car.firm.enterprise if car.firm else None,
            fitting="factory" if factory else "retrofit",
            installed_on=day,
            connected_on=day if luck.random() < 0.97 else None,  # noqa: PLR2004 - a few never come on line
            **_kept(story, ENFORCEMENT, day),
        )


def _placed(luck: Random, code: str, name: str) -> dict[str, Any]:
    lon, lat = somewhere(luck)
    address = f"科创{luck.randint(1, 17)}街{luck.randint(1, 90)}号"
    return {"code": code, "name": name, "lon": lon, "lat": lat, "address": address, "street": luck.choices(STREETS, STREET_SHARES)[0]}


def _kept(story: Story, department: str, since: date) -> dict[str, Any]:
    return {"department": story.departments[department], "valid_from": since, "entered_at": morning(since)}
