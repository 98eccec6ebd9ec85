"""Which stations are watched as outlets, and the limits that bind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite

from django.db import transaction

from gongjian.alarms.models import Limit, Outlet
from gongjian.alarms.models.outlet import AVERAGED
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.models import Entry
from gongjian.people.models import Department, User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.people.saving import check, save_with_event
from gongjian.telemetry.models import Factor, Station
from gongjian.telemetry.store import Period
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

OUTLET = ("station", "holder", "entry", "department", "street", "address", "active", "simulated")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletCard:
    """Whose a station is and who supervises it; the fields are those of an ``Outlet``."""

    station: Station
    holder: str
    department: Department
    address: str
    street: str = ""
    entry: Entry | None = None
    active: bool = True
    simulated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A limit as it is entered; the fields are those of a ``Limit``."""

    factor: Factor
    averaging: Period = Period.HOUR
    lower: float | None = None
    upper: float | None = None
    source: str
    clause: str = ""
    valid_from: date
    valid_to: date | None = None


@transaction.atomic
def ensure_outlet(card: OutletCard, *, by: User | None, at: datetime) -> Outlet:
    """Watch a station as an outlet, or bring what is known of it up to the card."""
    require(by, Permission.LIMIT_WRITE, departments=[card.department.pk], on=local_day(at))
    outlet = Outlet.objects.filter(station=card.station).first() or Outlet(station=card.station)
    for field in OUTLET:
        setattr(outlet, field, getattr(card, field))
    save_with_event(outlet, OUTLET, by=by, at=at)
    return outlet


@transaction.atomic
def set_limit(outlet: Outlet, bound: Bound, *, by: User | None, at: datetime) -> Limit:
    """Enter a limit. The same again changes nothing; the standing one of its factor, averaging and source ends where this begins.

    Refusal for bounds out of order, no bound, and one that begins before the standing one of its source.
    """
    require(by, Permission.LIMIT_WRITE, departments=[outlet.department_id], on=local_day(at))
    _require_sense(bound)
    same = Limit.objects.select_for_update().filter(outlet=outlet, factor=bound.factor, averaging=bound.averaging, source=bound.source)
    known = same.filter(valid_from=bound.valid_from, lower=bound.lower, upper=bound.upper, valid_to=bound.valid_to).first()
    if known is not None:
        return known
    for standing in same.filter(valid_to=None):
        if standing.valid_from >= bound.valid_from:
            msg = f"“{bound.source}”对{bound.factor.name}的限值自 {standing.valid_from} 起已有登记，新的限值须从更晚的日期开始。"
            raise Refusal(msg)
        _end(standing, bound.valid_from, by=by, at=at)
    fields = {name: getattr(bound, name) for name in ("factor", "lower", "upper", "source", "clause", "valid_from", "valid_to")}
    limit = Limit(outlet=outlet, averaging=bound.averaging.value, entered_at=at, entered_by=by, **fields)
    check(limit)
    limit.save()
    record(
        "limit.set", limit, by=by, at=at, after={"lower": limit.lower, "upper": limit.upper, "from": limit.valid_from}, note=limit.source
    )
    return limit


@transaction.atomic
def end_limit(limit: Limit, on: date, *, by: User | None, at: datetime) -> Limit:
    """Let a limit no longer bind from a day on. Refusal where it is over already or would never have held."""
    require(by, Permission.LIMIT_WRITE, departments=[limit.outlet.department_id], on=local_day(at))
    limit = Limit.objects.select_for_update(of=("self",)).select_related("outlet__station", "factor").get(pk=limit.pk)
    if limit.valid_to is not None:
        msg = f"这条限值已于 {limit.valid_to} 停用，不能再次停用。"
        raise Refusal(msg)
    if on <= limit.valid_from:
        msg = f"停用日期须晚于起始日期 {limit.valid_from}。"
        raise Refusal(msg)
    _end(limit, on, by=by, at=at)
    return limit


def _end(limit: Limit, on: date, *, by: User | None, at: datetime) -> None:
    limit.valid_to = on
    limit.save(update_fields=["valid_to"])
    record("limit.ended", limit, by=by, at=at, after={"until": on})


def _require_sense(bound: Bound) -> None:
    bounds = [value for value in (bound.lower, bound.upper) if value is not None]
    if not bounds or not all(map(isfinite, bounds)):
        msg = f"{bound.factor.name}的限值须至少填写上限、下限中的一项，并且是数值。"
        raise Refusal(msg)
    if len(bounds) > 1 and bounds[0] >= bounds[1]:
        msg = f"{bound.factor.name}的下限 {bounds[0]:g} 须小于上限 {bounds[1]:g}。"
        raise Refusal(msg)
    if bound.averaging.value not in dict(AVERAGED):
        msg = "限值的取值时间只能是小时均值或日均值。"
        raise Refusal(msg)
    if bound.valid_to is not None and bound.valid_to <= bound.valid_from:
        msg = f"限值的停用日期须晚于起始日期 {bound.valid_from}。"
        raise Refusal(msg)
