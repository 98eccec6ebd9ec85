"""The mean service radius of charging: how far, over the area of the district, the nearest station is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q

from gongjian.indicators.formulas import Computed, Rows
from gongjian.indicators.grammar import Better, Indicator
from gongjian.indicators.periods import Period
from gongjian.kernel.geometry import Point, Polygon
from gongjian.kernel.service_radius import mean_nearest_distance
from gongjian.mobile.indicators.knowing import known
from gongjian.mobile.indicators.words import GROUP
from gongjian.mobile.models import ChargingStation, ChargingStationVersion
from gongjian.standards.statistic import Statistic, judged
from gongjian.ui.district import district

STEP_KM = 0.2  # the error stays below 0.14 km, in practice a metre or two
METHOD = f"辖区内各处到最近充电站直线距离的面积加权平均，按{STEP_KM:g}km网格"
SERVING = (ChargingStation.Service.PUBLIC, ChargingStation.Service.DEDICATED)


class Standing(NamedTuple):
    """A station that serves the public or public services, while it does; without a place it cannot be reckoned with."""

    code: str
    name: str
    lon: float | None
    lat: float | None
    since: date
    until: date | None

    def serves(self, on: date) -> bool:
        """Whether it is open on a day."""
        return self.since <= on and (self.until is None or on < self.until)


def load(first: date, last: date, as_of: Sequence[date | None]) -> list[list[Standing]]:
    """The stations of the days; one query."""
    held = ChargingStationVersion._default_manager.filter(  # noqa: SLF001 - made by versions_of, typed as any model
        Q(valid_to=None) | Q(valid_to__gt=first), valid_from__lte=last, service__in=SERVING
    )
    rows = known(held, as_of, "code", "name", "lon", "lat", "opened_on", "valid_from", "valid_to")
    return [
        [Standing(code, name, lon, lat, max(opened or since, since), until) for code, name, lon, lat, opened, since, until in found]
        for found in rows
    ]


def compute(stations: Sequence[Standing], period: Period) -> Statistic:
    """The radius on the last day of the period, in kilometres."""
    serving = [one for one in stations if one.serves(period.last)]
    placed = frozenset(Point(one.lon, one.lat) for one in serving if one.lon is not None and one.lat is not None)
    if not placed:
        return judged(None, "km", (f"{period.last:%Y-%m-%d}台账内没有标了位置的公用或专用充电站",), (len(serving), 0), METHOD)
    with_place = sum(one.lon is not None for one in serving)
    return judged(radius(district(), placed), "km", (), (len(serving), with_place), METHOD)


@lru_cache(maxsize=256)
def radius(area: Polygon, stations: frozenset[Point]) -> float:
    """The mean distance to these stations; kept, as stations rarely change and days are asked for by the dozen."""
    return mean_nearest_distance(area, stations, STEP_KM)


def evidence(first: date, last: date, as_of: date | None) -> Rows:
    """The stations that serve on the last day."""
    (found,) = load(first, last, [as_of])
    titles = ("站点编号", "站点名称", "经度", "纬度", "投运日期")
    return Rows(titles, [one[:5] for one in sorted(found) if one.serves(last)])


RADIUS = Indicator(
    code="charging.mean_service_radius",
    title="充电设施平均服务半径",
    unit="km",
    better=Better.DOWN,
    formula=Computed(compute, load, evidence=evidence, reads=("mobile.ChargingStationVersion",)),
    about="辖区内任意一处到最近的城市公用或公共服务领域专用充电站的直线距离，按面积平均，以统计期最后一天在用的站点计算",
    open_rows=True,
    digits=2,
    group=GROUP,
)
