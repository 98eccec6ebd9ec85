"""Figures for alarms: a day of minutes of 1,000 outlets replayed; from a packet to its alarm; detectors over a month.

Run: .venv/bin/python bench/alarms.py (a database in a temporary folder).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from time import perf_counter

import numpy as np
from apart import figures_of

OUTLETS, FACTORS, MINUTES = 1000, ("a21002", "a21026", "a34013"), 1440
DAY = datetime(2020, 10, 20, tzinfo=timezone(timedelta(hours=8)))


def figures() -> list[tuple[str, str]]:
    """Name and figure of each, in a process and a database of their own."""
    return figures_of(__file__)


class ArraySource:
    """A day of minutes in arrays: one in a thousand is over the limit, some outlets for an hour on end."""

    name = "bench"

    def __init__(self) -> None:
        rng = np.random.default_rng(28)
        self.moments = int(DAY.timestamp()) + 60 * np.arange(1, MINUTES + 1, dtype=np.int64)
        self.values = np.round(rng.normal(20, 3, (OUTLETS, len(FACTORS), MINUTES)), 2)
        self.values[rng.random(self.values.shape) < 0.001] = 80.0
        for outlet in range(0, OUTLETS, 20):
            start = rng.integers(0, MINUTES - 60)
            self.values[outlet, 0, start : start + 60] += 40
        self.flags = np.full(MINUTES, "N")

    def since(self, cursor, stations):
        from gongjian.alarms.source import Touched

        if cursor:
            return cursor, []
        heard = int(self.moments[-1])
        return 1, [Touched(key, int(self.moments[0]), heard) for key in self.keys(stations)]

    def judged(self, cursor):
        pass

    def length(self, key):  # noqa: ARG002 - all are minutes
        return 60

    def window(self, key, after, until=None):
        from gongjian.standards.quality.series import Series

        series = Series(self.moments, self.values[int(key.station[2:]), FACTORS.index(key.factor)], self.flags, 60)
        return series.within(after, until or 2**40)

    def keys(self, stations):
        from gongjian.telemetry.store import Period, SeriesKey

        return [SeriesKey(station, factor, Period.MINUTE) for station in sorted(stations) for factor in FACTORS]


def measured() -> list[tuple[str, str]]:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    _outlets()
    return [_replay(), *_sweeps(), _detectors()]


def _outlets() -> None:
    from django.db import transaction

    from gongjian.alarms.models import Limit, Outlet
    from gongjian.people import actions as people
    from gongjian.people.models import Department
    from gongjian.telemetry.models import Factor, Station

    with transaction.atomic():
        people.seed_calendar([2019, 2020, 2021, 2022], by=None, at=DAY)
        office = Department.objects.create(name="城市运行局", kind="bureau")
        factors = [Factor.objects.create(code=code, name=code, unit="mg/m³") for code in FACTORS]
        stations = Station.objects.bulk_create(Station(code=f"DA{n:04}", name=f"排口{n}", kind="emission") for n in range(OUTLETS))
        outlets = Outlet.objects.bulk_create(Outlet(station=one, holder="企业", department=office, address="甲") for one in stations)
        Limit.objects.bulk_create(
            Limit(outlet=one, factor=factor, upper=30.0, source="许可证", valid_from=date(2020, 1, 1), entered_at=DAY)
            for one in outlets
            for factor in factors
        )


def _replay() -> tuple[str, str]:
    from gongjian.alarms.actions.sweeping import sweep
    from gongjian.alarms.models import Alarm

    source = ArraySource()
    began = perf_counter()
    sweep(now=DAY + timedelta(days=1, minutes=1), among=[source])
    took = perf_counter() - began
    values = OUTLETS * len(FACTORS) * MINUTES
    name = f"a day of minutes of {OUTLETS:,} outlets replayed, {values:,} values, to alarms in the database"
    return name, f"{took:.2f} s (asked: < 10 s), {Alarm.objects.count()} alarms, {values / took:,.0f} values/s"


def _sweeps() -> list[tuple[str, str]]:
    """One packet of one outlet among the thousand, and a sweep that finds nothing."""
    from gongjian.alarms.actions.sweeping import sweep
    from gongjian.alarms.source import Touched

    source = ArraySource()
    source.values[7, 0, -5:] = 90.0
    key = source.keys(["DA0007"])[0]
    taken = []
    for number in range(20):
        source.since = lambda cursor, _, n=number: (max(cursor, n + 2), [Touched(key, int(source.moments[-1]), int(source.moments[-1]))])
        began = perf_counter()
        sweep(now=DAY + timedelta(days=1, minutes=2), among=[source])
        taken.append(perf_counter() - began)
    source.since = lambda cursor, _: (cursor, [])
    began = perf_counter()
    sweep(now=DAY + timedelta(days=1, minutes=2), among=[source])
    idle = perf_counter() - began
    return [
        ("from a durable packet to the alarm in the database (a sweep, median of 20)", f"{1000 * sorted(taken)[10]:.0f} ms (asked: < 1 s)"),
        ("a sweep that finds nothing new", f"{1000 * idle:.0f} ms"),
    ]


def _detectors() -> tuple[str, str]:
    from gongjian.standards.quality.catalogue import DETECTORS, look
    from gongjian.standards.quality.findings import Subject
    from gongjian.standards.quality.parameters import parameters_on
    from gongjian.standards.quality.series import Series

    rng = np.random.default_rng(1)
    moments = int(DAY.timestamp()) + 3600 * np.arange(1, 745, dtype=np.int64)
    series = [Series(moments, np.round(rng.normal(20, 3, 744), 2), np.full(744, "N"), 3600) for _ in range(51)]
    others = {f"{n}": one for n, one in enumerate(series[1:])}
    window = (int(DAY.timestamp()), int(moments[-1]))
    subject = Subject("a21002", "mg/m³", series[0], *window, parameters_on(DAY.date()), np.full(744, 30.0), others)
    began = perf_counter()
    for _ in range(10):
        look(subject)
    took = (perf_counter() - began) / 10
    return f"all {len(DETECTORS)} detectors over a month of hours of one device beside 50 others", f"{1000 * took:.0f} ms"


if __name__ == "__main__":
    for what, figure in measured():
        print(f"{what}\t{figure}")
