"""Figures over several kinds of check at once: the pass rate of exhausts, and what choosing by analysis brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongjian.indicators.formulas import Computed, Load, Rows
from gongjian.indicators.grammar import Better, Indicator, Split
from gongjian.indicators.periods import Period
from gongjian.mobile.indicators.knowing import known
from gongjian.mobile.indicators.words import GROUP, share
from gongjian.mobile.models import PremisesCheck, RoadCheck, Sampling
from gongjian.mobile.models.vocabulary import Chosen, Problem
from gongjian.mobile.precision.uplift import compared
from gongjian.standards.statistic import Statistic, judged
from gongjian.standards.vehicles.fuels import Fuel

CHECKS_READ = ("mobile.RoadCheck", "mobile.PremisesCheck")
MEASURING: tuple[type[Any], ...] = (Sampling, RoadCheck, PremisesCheck)  # all that measures the exhaust of a vehicle in use
CHECKING: tuple[type[Any], ...] = (RoadCheck, PremisesCheck)
REGISTERED_DIESEL = Q(fuel=Fuel.DIESEL, registered_here=True, passed__isnull=False)
HIT = ~Q(problem=Problem.NONE) | Q(passed=False)
LEAST_CHECKS = 30  # of either way: below, one find more or less turns the figure over
Counts = list[tuple[Any, ...]]  # a day, then perhaps why it was checked, then how many, and how many of them passed or hit


def load_tests(tables: Sequence[type[Any]], first: date, last: date, as_of: Sequence[date | None]) -> list[Counts]:
    """Measured exhausts of registered diesel vehicles by day, and how many passed; a query for each table."""
    found = [_counted(table.objects.filter(REGISTERED_DIESEL, on__range=(first, last)), Q(passed=True), as_of, "on") for table in tables]
    return [[row for rows in each for row in rows] for each in zip(*found, strict=True)]


def load_hits(first: date, last: date, as_of: Sequence[date | None]) -> list[Counts]:
    """Checks by day and by why they were made, and how many found something; a query for each table."""
    found = [_counted(table.objects.filter(on__range=(first, last)), HIT, as_of, "on", "chosen") for table in CHECKING]
    return [[row for rows in each for row in rows] for each in zip(*found, strict=True)]


def pass_rate(counts: Counts, period: Period) -> Statistic:
    """The share that passed."""
    found = [(tested, passed) for day, tested, passed in counts if day in period]
    tested, passed = (sum(column) for column in zip(*found, strict=True)) if found else (0, 0)
    return share(passed, tested, "期内没有注册柴油车的抽测结果，没有结果不等于合格", "合格辆次÷有检测结果的辆次")


def hit_uplift(counts: Counts, period: Period) -> Statistic:
    """How many times as often a check chosen by analysis finds something as a random one."""
    checks: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for day, chosen, count, hit in counts:
        if day in period:
            checks[chosen] += count
            hits[chosen] += hit
    precise, random = Chosen.PRECISE.value, Chosen.RANDOM.value
    found = compared(checks[precise], hits[precise], checks[random], hits[random])
    inputs = (checks[precise] + checks[random],) * 2
    return judged(found.ratio, "倍", tuple(_doubts(checks, hits)), inputs, "精准检查查实率÷随机检查查实率")


def _doubts(checks: Counter[str], hits: Counter[str]) -> list[str]:
    few = [f"{one.label}检查只有{checks[one]}辆次，少于{LEAST_CHECKS}辆次，不足以比较" for one in _COMPARED if checks[one] < LEAST_CHECKS]
    return few or ([] if hits[Chosen.RANDOM] else ["随机检查没有查实问题，算不出倍数"])


_COMPARED = (Chosen.PRECISE, Chosen.RANDOM)


def _counted(found: QuerySet[Any], part: Q, as_of: Sequence[date | None], *by: str) -> list[Counts]:
    return known(found, as_of, *by, count=Count("pk"), part=Count("pk", filter=part))


def measured_rows(first: date, last: date, as_of: date | None) -> Rows:
    """Each measured exhaust of a registered diesel vehicle."""
    titles = ("环节", "日期", "号牌号码", "检测方法", "光吸收系数", "氮氧化物", "合格")
    return Rows(titles, _rows(MEASURING, REGISTERED_DIESEL, (first, last), as_of, ("method", "opacity", "nox", "passed")))


def hit_rows(first: date, last: date, as_of: date | None) -> Rows:
    """Each check chosen by analysis or at random."""
    titles = ("环节", "日期", "号牌号码", "选取方式", "尾气合格", "其他问题")
    return Rows(titles, _rows(CHECKING, Q(chosen__in=_COMPARED), (first, last), as_of, ("chosen", "passed", "problem")))


def _rows(
    tables: Sequence[type[Any]], among: Q, days: tuple[date, date], as_of: date | None, names: tuple[str, ...]
) -> list[tuple[Any, ...]]:
    found = [
        (str(table._meta.verbose_name), *row[:2], *(_word(table, name, value) for name, value in zip(names, row[2:], strict=True)))  # noqa: SLF001 - Django's public name
        for table in tables
        for row in known(table.objects.filter(among, on__range=days), [as_of], "on", "label", *names)[0]
    ]
    return sorted(found, key=lambda row: (row[1], row[2], row[0]))


def _word(table: type[Any], name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(dict(table._meta.get_field(name).flatchoices).get(value, "" if value is None else value))  # noqa: SLF001 - Django's public name


def by_source() -> list[tuple[str, Load]]:
    """A loader for each kind of check."""
    return [(str(table._meta.verbose_name), _tests_of(table)) for table in MEASURING]  # noqa: SLF001 - same


def _tests_of(*tables: type[Any]) -> Load:
    return partial(load_tests, tables)


PASS_RATE = Indicator(
    code="mobile.registered_diesel.pass_rate",
    title="注册柴油车监督抽测合格率",
    unit="%",
    better=Better.UP,
    formula=Computed(
        pass_rate, _tests_of(*MEASURING), evidence=measured_rows, parts={"source": by_source}, reads=(*CHECKS_READ, "mobile.Sampling")
    ),
    about="监督抽测（含遥感）、路检路查和入户检查中有尾气检测结果的本地登记柴油车里，合格的辆次所占比例",
    splits=(Split("source", "环节"),),
    group=GROUP,
)
UPLIFT = Indicator(
    code="mobile.precision.hit_rate_uplift",
    title="精准执法查实率提升倍数",
    unit="倍",
    better=Better.UP,
    formula=Computed(hit_uplift, load_hits, evidence=hit_rows, reads=CHECKS_READ),
    about=f"路检路查和入户检查中，按数据分析精准选取的检查查实率，除以随机检查的查实率；两种检查各不少于{LEAST_CHECKS}辆次",
    digits=2,
    group=GROUP,
)
