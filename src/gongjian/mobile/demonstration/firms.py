"""Companies that run vehicles, and the key places where vehicles stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from gongjian.ledgers.models import Enterprise
from gongjian.mobile.demonstration.luck import morning, picked, somewhere
from gongjian.mobile.demonstration.story import ENFORCEMENT, Story
from gongjian.mobile.models import Fleet, KeyPlace
from gongjian.standards.identifiers.credit_codes import with_check

SECTORS = {  # how many of a hundred companies, vehicles of one on average, part of them diesel, what they do with most of them
    "logistics": (34, 24, 0.86, "freight"),
    "express": (10, 22, 0.30, "express"),
    "sanitation": (4, 46, 0.55, "sanitation"),
    "bus": (3, 70, 0.28, "bus"),
    "coach": (6, 18, 0.72, "tourism"),
    "slag": (9, 34, 0.97, "slag"),
    "dangerous": (5, 16, 0.93, "dangerous"),
    "concrete": (4, 36, 0.97, "concrete"),
    "industry": (20, 9, 0.62, "freight"),
    "other": (5, 6, 0.50, "other"),
}
INDUSTRIES = {
    "logistics": "5430",
    "express": "60",
    "sanitation": "7820",
    "bus": "5412",
    "coach": "5429",
    "slag": "54",
    "dangerous": "5435",
    "concrete": "3021",
    "industry": "C36",
    "other": "51",
}
STREETS = ("荣华街道", "博兴街道", "亦庄镇", "瀛海镇")
STREET_SHARES = (0.42, 0.34, 0.14, 0.10)
BEGINNINGS = "宏远京通瑞恒顺达鑫泰博华荣兴盛捷安诚联中北永亿丰金佳新天东旭"  # one sign each
ENDINGS = "运通驰达途顺联捷程路源信德昌隆祥茂嘉和元"  # one sign each
WORKS = {
    "logistics": "物流有限公司",
    "express": "速递有限公司",
    "sanitation": "环境服务有限公司",
    "bus": "客运公交有限公司",
    "coach": "旅游客运有限公司",
    "slag": "渣土运输有限公司",
    "dangerous": "危化品运输有限公司",
    "concrete": "混凝土有限公司",
    "industry": "制造有限公司",
    "other": "商贸有限公司",
}
SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗"  # one sign each
PLACE_SORTS = {
    "logistics-park": 5,
    "industrial-park": 4,
    "freight-yard": 3,
    "bus-depot": 4,
    "logistics": 14,
    "post": 4,
    "coach": 3,
    "site": 6,
}
PLACE_WORDS = {
    "logistics-park": "物流园",
    "industrial-park": "工业园",
    "freight-yard": "货物集散地",
    "bus-depot": "公交场站",
    "logistics": "货运停车场",
    "post": "邮件处理中心",
    "coach": "旅游车停车场",
    "site": "工地停车区",
}
FIRMS = 100  # at scale 1
GAP = 0.05  # share of contacts, positions and the like nobody filled in


@dataclass(slots=True)
class Firm:
    """A company with what no ledger knows: ``care`` is how well it keeps its vehicles, in log odds of failing (lower is better)."""

    sector: str
    enterprise: Enterprise
    fleet: Fleet
    size: int
    diesel_share: float
    use: str
    care: float
    keeps_log: float  # share of what should be logged that is


def make_firms(story: Story) -> list[Firm]:
    """The companies, unsaved; the same for the same seed and scale."""
    luck = story.luck("firms")
    shares = {sector: row[0] for sector, row in SECTORS.items()}
    return [_firm(luck, number, picked(luck, shares), story) for number in range(FIRMS * story.scale)]


def make_places(story: Story) -> list[KeyPlace]:
    """The key places, unsaved: more companies share places rather than each having its own."""
    return list(_places(story.luck("places"), story))


def _firm(luck: Random, number: int, sector: str, story: Story) -> Firm:
    _, mean, diesel, use = SECTORS[sector]
    code = with_check(f"91110302{number + 10_000_000:08d}")
    name = f"{luck.choice(BEGINNINGS)}{luck.choice(ENDINGS)}{WORKS[sector]}（模拟{number + 1:03d}）"
    lon, lat = somewhere(luck)
    street = luck.choices(STREETS, STREET_SHARES)[0]
    size = max(2, round(luck.lognormvariate(0, 0.7) * mean * 0.8))
    begun = story.since + timedelta(luck.randint(0, 20))
    person, phone = f"{luck.choice(SURNAMES)}师傅", f"1380000{number % 10_000:04d}"
    missing = luck.random() < GAP
    department = story.departments[ENFORCEMENT]
    spine = {"code": code, "name": name, "department": department, "street": street, "valid_from": begun, "entered_at": morning(begun)}
    enterprise = Enterprise(
        **spine,
        industry=INDUSTRIES[sector],
        contact="" if missing else person,
        phone=phone,
        lon=None if missing else lon,
        lat=None if missing else lat,
        address=f"科创{number % 17 + 1}街{luck.randint(1, 90)}号",
    )
    counts = {"vehicle_count": size, "diesel_count": round(size * diesel)}
    fleet = Fleet(**spine, sector=sector, lon=lon, lat=lat, manager="" if missing else person, phone=phone, **counts)
    return Firm(sector, enterprise, fleet, size, diesel, use, luck.gauss(0, 0.55), luck.betavariate(3, 1.4))


def _places(luck: Random, story: Story) -> Iterator[KeyPlace]:
    number = 0
    for sort, count in PLACE_SORTS.items():
        for _ in range(story.places(count)):
            number += 1
            lon, lat = somewhere(luck)
            begun = story.since + timedelta(luck.randint(0, 200) if luck.random() < 0.25 else 0)  # noqa: PLR2004 - a quarter was found later
            yield KeyPlace(
                code=f"ZD{number:04d}",
                name=f"{luck.choice(BEGINNINGS)}{luck.choice(ENDINGS)}{PLACE_WORDS[sort]}（模拟）",
                sort=sort,
                department=story.departments[ENFORCEMENT],
                street=luck.choices(STREETS, STREET_SHARES)[0],
                address=f"经海{luck.randint(1, 9)}路{luck.randint(1, 60)}号",
                lon=lon,
                lat=lat,
                capacity=luck.randint(20, 300),
                diesel_daily=luck.randint(10, 180),
                contact="" if luck.random() < GAP else f"{luck.choice(SURNAMES)}经理",
                valid_from=begun,
                entered_at=morning(begun),
            )
