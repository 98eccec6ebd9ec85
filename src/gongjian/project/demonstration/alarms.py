"""The demonstration's alarms: a week of made-up hours, judged as they would have come, and what people did about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Max

from gongjian.alarms.actions.inspecting import look_through
from gongjian.alarms.actions.outlets import Bound, OutletCard, ensure_outlet, set_limit
from gongjian.alarms.actions.stepping import take
from gongjian.alarms.actions.sweeping import sweep
from gongjian.alarms.demonstration.hours import hours_between
from gongjian.alarms.demonstration.outlets import FACTORS, OUTLETS, SINCE, MadeOutlet
from gongjian.alarms.models import Alarm, Outlet
from gongjian.alarms.stored import StoredSource
from gongjian.people.models import Department, User
from gongjian.telemetry.actions import StationCard, ensure_factors, ensure_station
from gongjian.telemetry.models import Factor
from gongjian.telemetry.queries import store
from gongjian.trail.office_day import start_of

SOURCE = "演示数据（模拟）"
DAYS = 6  # of hours before the demonstration's own day
Scene = tuple[timedelta, Callable[[datetime], object]]  # after the midnight of the demonstration's day; negative: before


@transaction.atomic
def make_alarms(today: date, until: datetime) -> int:
    """Make outlets, limits and hours up to a moment, and play what happened; how many alarms there are.

    0 where the departments are not there: an installation with another plan.
    """
    departments = {one.name: one for one in Department.objects.filter(name__in={outlet.department for outlet in OUTLETS})}
    if len(departments) < len({outlet.department for outlet in OUTLETS}):
        return 0
    begun, day = start_of(today - timedelta(DAYS)), start_of(today)
    ensure_factors(FACTORS, by=None, at=begun)
    for outlet in OUTLETS:
        _make_outlet(outlet, departments[outlet.department], begun)
    written = begun
    for after, act in sorted(_scenes(), key=lambda scene: scene[0]):
        at = day + after
        if at <= until:
            continue_hours(today, written, at)
            written = at
            act(at)
    continue_hours(today, written, until)
    sweep(now=until, among=[StoredSource()])
    return Alarm.objects.filter(outlet__simulated=True).count()


def continue_hours(today: date, after: datetime, until: datetime) -> int:
    """Write the made-up hours that ended after one moment, up to another; how many values."""
    batch = hours_between(after, until, start_of(today))
    if batch:
        store().write_many(batch, source=SOURCE)
    return sum(map(len, batch.values()))


def last_heard() -> datetime | None:
    """When one of the made-up outlets was last heard; None where there are none."""
    heard: datetime | None = Outlet.objects.filter(simulated=True).aggregate(last=Max("heard_at"))["last"]
    return heard


def _make_outlet(made: MadeOutlet, department: Department, at: datetime) -> None:
    station = ensure_station(StationCard(made.code, made.name, made.kind, made.lon, made.lat), by=None, at=at)
    card = OutletCard(station=station, holder=made.holder, department=department, address=made.address, street=made.street, simulated=True)
    outlet = ensure_outlet(card, by=None, at=at)
    for factor in made.factors:
        bound = Bound(
            factor=Factor.objects.get(code=factor.code), lower=factor.lower, upper=factor.upper, source=factor.source, valid_from=SINCE
        )
        set_limit(outlet, bound, by=None, at=at)


def _scenes() -> list[Scene]:
    """The sweeps at which something happened, and what people did between."""
    judged = [_before(4, 3), _before(4, 8), _before(3, 6), _before(3, 18, 1), _before(2, 7), _before(2, 11), _before(2, 15)]
    judged += [_before(1, 14), _before(1, 18), _before(1, 20), _before(1, 23, 10)]
    scenes: list[Scene] = [(at, _judge) for at in judged]
    start = "冷态启炉，脱硝喷枪投运前氮氧化物偏高，九时四十分投运后恢复。"
    dust = "土方作业洒水不及时，已停工洒水并加盖密目网。"
    scenes += [
        (_before(2, 11, 20), partial(_explain, "DEMO-DA002", "chengyun", ("start_stop", start, "运行主管 刘工（模拟）"))),
        (_before(2, 15, 10), partial(_step, "DEMO-DA002", "jiancha", "accept", {"words": "启炉记录与数据时间一致。"})),
        (_before(1, 16, 30), partial(_explain, "DEMO-YC001", "zhifa", ("process", dust, "安全员 王工（模拟）"))),
        (_before(1, 21, 10), partial(_step, "DEMO-DA001", "chengyun", "acknowledge", {})),
        (_before(1, 23, 40), _inspect),
    ]
    return scenes


def _before(days: int, hour: int, minute: int = 0) -> timedelta:
    return timedelta(hours=hour, minutes=minute) - timedelta(days=days)


def _judge(at: datetime) -> None:
    sweep(now=at, among=[StoredSource()])


def _inspect(at: datetime) -> None:
    yesterday = at.date() - timedelta(1)
    look_through(yesterday - timedelta(DAYS - 2), yesterday, now=at, among=[StoredSource()])


def _explain(station: str, username: str, said: tuple[str, str, str], at: datetime) -> None:
    _step(station, username, "explain", dict(zip(("cause", "words", "teller"), said, strict=True)), at)


def _step(station: str, username: str, name: str, carried: dict[str, str], at: datetime) -> None:
    """What somebody did with the newest exceedance of an outlet."""
    alarm = Alarm.objects.filter(outlet__station__code=station, factor__isnull=False).order_by("-since").first()
    user = User.objects.filter(username=username).first()
    if alarm is not None and user is not None:
        take(alarm, name, carried, by=user, at=at)
