"""The two lists of companies that follow from a rule: those with too many vehicles over the limit, and those that must keep a log."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongjian.indicators.asof import standing
from gongjian.indicators.formulas import Records
from gongjian.ledgers.registers import DerivedRegister, Member
from gongjian.mobile.indicators.knowing import known
from gongjian.mobile.indicators.words import FAILED
from gongjian.mobile.models import FleetLog, PremisesCheck, RoadCheck, Sampling, VehicleVersion
from gongjian.standards.vehicles.fuels import Fuel

OVER_LIMIT_SHARE = 0.10  # 一年内超标车占其车辆总数10%以上
DIESEL_VEHICLES = 10  # 柴油车超过10辆
LOGGED_WITHIN = timedelta(31)
_VERSIONS, _RECORDS = Records("mobile.VehicleVersion", "valid_from", until="valid_to"), Records("", "on")


def over_limit_enterprises(on: date) -> Mapping[int, Member]:
    """Who belongs to the database of vehicles over the limit on a day, by the id of the enterprise; as known by its end, in one query.

    Of the vehicles an enterprise has in the ledger on that day, those found over the limit at least once in the year before, by a road or
    premises check or a sampling, are more than a tenth.
    """
    window = (_year_before(on) + timedelta(1), on)
    over = Q()
    for model in (RoadCheck, PremisesCheck, Sampling):
        found = model.objects.filter(FAILED, standing(_RECORDS, on), on__range=window, entry__isnull=False)
        over |= Q(entry__in=found.values("entry"))
    rows = _vehicles(on).annotate(total=Count("pk"), over=Count("pk", filter=over)).values_list("enterprise", "total", "over")
    return {firm: _over_limit(total, count) for firm, total, count in rows if count > OVER_LIMIT_SHARE * total}


def diesel_fleets(on: date) -> Mapping[int, Member]:
    """Who must keep a log of upkeep, fuel and urea on a day, by the id of the enterprise; as known by its end, in one query."""
    rows = _vehicles(on).annotate(diesel=Count("pk", filter=Q(fuel=Fuel.DIESEL))).values_list("enterprise", "diesel")
    return {
        firm: Member(f"自有柴油车{count}辆，超过{DIESEL_VEHICLES}辆", {"diesel": count}) for firm, count in rows if count > DIESEL_VEHICLES
    }


def logging_fleets(days: Sequence[date]) -> Sequence[Collection[int]]:
    """Which enterprises wrote something into their log in the month that ends with each of ``days``, as known by its end; one query."""
    if not days:
        return []
    window = (min(days) - LOGGED_WITHIN + timedelta(1), max(days))
    found = known(FleetLog.objects.filter(on__range=window, entry__enterprise__isnull=False), days, "entry__enterprise", "on")
    return [{firm for firm, on in rows if day - LOGGED_WITHIN < on <= day} for day, rows in zip(days, found, strict=True)]


def _vehicles(on: date) -> QuerySet[Any, Any]:
    """The vehicles of enterprises in the ledger on a day as known by its end, by enterprise."""
    held = Q(valid_to=None) | Q(valid_to__gt=on)
    found = VehicleVersion._default_manager.filter(standing(_VERSIONS, on), held, valid_from__lte=on, enterprise__isnull=False)  # noqa: SLF001 - Django's public name
    return found.order_by().values("enterprise")


def _over_limit(total: int, over: int) -> Member:
    share = over / total
    return Member(f"近一年{total}辆车中有{over}辆超标，占{share:.1%}，超过10%", {"total": total, "over": over, "share": 100 * share})


def _year_before(on: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return on.replace(year=on.year - 1, day=28)


OVER_LIMIT = DerivedRegister(
    slug="over-limit-enterprises",
    title="超标车辆数据库与重点监管企业",
    about="一年内超标车辆占其车辆总数10%以上的企业，列为重点监管对象。",
    ledger="enterprises",
    rule="近一年内路检路查、入户检查和监督抽测查出超标的车辆数÷台账内该企业车辆总数＞10%（行动计划A5.2）",
    members=over_limit_enterprises,
    left_why="近一年超标车辆占比已不超过10%",
    figures=(("total", "车辆总数", "辆"), ("over", "超标车辆", "辆"), ("share", "超标占比", "%")),
    group="移动源",
)
DIESEL_FLEETS = DerivedRegister(
    slug="diesel-fleets",
    title="车辆维护与燃料尿素台账",
    about="自有柴油车超过10辆的企业，应建立车辆维护、燃料和尿素台账。",
    ledger="enterprises",
    rule="台账内该企业在册柴油车＞10辆（行动计划A5.3）",
    members=diesel_fleets,
    left_why="自有柴油车已不超过10辆",
    figures=(("diesel", "柴油车", "辆"),),
    kept=logging_fleets,
    asks="近一个月有维护、燃料或尿素记录",
    group="移动源",
)
REGISTERS = (OVER_LIMIT, DIESEL_FLEETS)
