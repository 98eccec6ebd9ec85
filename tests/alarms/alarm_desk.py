"""Outlets of the invented county, what their devices say, and the steps people take with their alarms."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import md5

from stage import at

from gongjian.alarms.actions.outlets import Bound, OutletCard, ensure_outlet, set_limit
from gongjian.alarms.actions.stepping import Paper, take
from gongjian.alarms.actions.sweeping import sweep
from gongjian.alarms.models import Alarm, Outlet
from gongjian.alarms.source import Touched
from gongjian.people.models import Department
from gongjian.standards.quality.series import series_of
from gongjian.telemetry.actions import StationCard, ensure_factors, ensure_station
from gongjian.telemetry.models import Factor
from gongjian.telemetry.store import Period, SeriesKey

NOX, PH, DUST = "a21002", "w01001", "a34001"
LENGTHS = {Period.MINUTE: 60, Period.HOUR: 3600, Period.DAY: 86400}
DAY = at(10, 20, 0)  # the day most things happen on
CARRIED = {
    "acknowledge": {},
    "explain": {"cause": "maintenance", "words": "更换脱硝喷枪，十二时恢复。", "teller": "环保专员 李强"},
    "accept": {"words": "维护记录属实"},
    "reject": {"words": "维护记录与时间不符"},
    "file": {"words": "多次超标"},
}


class MemorySource:
    """Keeps everything in dictionaries: the plainest statement of what a source does."""

    name = "memory"

    def __init__(self):
        self.values, self.log, self.read = defaultdict(dict), [], 0

    def write(self, key, label, value, flag="N", heard=None):
        self.values[key][int(label.timestamp())] = (value, flag)
        self.log.append(Touched(key, int(label.timestamp()), int((heard or label).timestamp())))

    def since(self, cursor, stations):  # noqa: ARG002 - whatever was said, the sweep must leave strangers out by itself
        return len(self.log), self.log[cursor:]

    def judged(self, cursor):
        self.read = cursor

    def length(self, key):
        return LENGTHS[key.period]

    def window(self, key, after, until=None):
        rows = ((at, *row) for at, row in self.values[key].items() if at > after and (until is None or at <= until))
        return series_of(rows, LENGTHS[key.period])

    def keys(self, stations):
        return sorted(key for key in self.values if key.station in stations)


@dataclass(frozen=True)
class Desk:
    """The county's outlets and what is heard of them."""

    town: object
    source: MemorySource

    def department(self, name):
        return Department.objects.get(name=name)

    @property
    def boiler(self):
        return Outlet.objects.get(station__code="DA001")

    @property
    def sewer(self):
        return Outlet.objects.get(station__code="DW001")

    @property
    def site(self):
        return Outlet.objects.get(station__code="YC001")

    def limit(
        self, outlet, factor=NOX, *, upper=50.0, lower=None, source="许可证 9111", since=date(2020, 1, 1), averaging=Period.HOUR, until=None
    ):
        bound = Bound(
            factor=Factor.objects.get(code=factor),
            averaging=averaging,
            lower=lower,
            upper=upper,
            source=source,
            valid_from=since,
            valid_to=until,
        )
        return set_limit(outlet, bound, by=None, at=at(1, 2))

    def say(self, *values, station="DA001", factor=NOX, period=Period.HOUR, start=DAY, flags="", heard=None, live=False):
        """Values of periods in a row from ``start``; None is a period nothing came of. Heard at its end if ``live``, else much later."""
        key = SeriesKey(station, factor, period)
        for number, value in enumerate(values):
            label = start + (number + 1) * timedelta(seconds=LENGTHS[period])
            if value is not None:
                self.source.write(key, label, value, flags[number] if flags else "N", heard or (label if live else at(12, 31)))

    def sweep(self, moment=None):
        return sweep(now=moment or at(10, 21), among=[self.source])

    def exceeding(self, *values, moment=None):
        """An alarm of the boiler: NOx over its limit of 50 in the first hour of the day."""
        self.limit(self.boiler)
        self.say(*(values or (80.0,)))
        self.sweep(moment)
        return Alarm.objects.filter(rule="over-hour").earliest("begin")

    def take(self, alarm, step, moment=None, *, by=None, version=None, token="", papers=(), **carried):
        who = by and self.town.user(by)
        return take(
            alarm, step, CARRIED.get(step, {}) | carried, by=who, at=moment or at(10, 21, 11), version=version, token=token, papers=papers
        )

    def at_state(self, state):
        """An alarm brought to a state."""
        alarm = self.exceeding(80.0)
        ways = {
            "open": (),
            "acknowledged": ("acknowledge",),
            "explained": ("explain",),
            "accepted": ("explain", "accept"),
            "cased": ("file",),
        }
        if state == "withdrawn":
            self.say(20.0)
            self.sweep()
            return Alarm.objects.get()
        if state == "cleared":
            self.say(*[33.0] * 6, 34.0, start=at(10, 19, 0))
            self.sweep()
            return Alarm.objects.get(rule="flat-hour")
        for step in ways[state]:
            alarm = self.take(alarm, step)
        return alarm


def paper(data=b"%PDF-1.4 x", name="维护记录.pdf"):
    return Paper(name, data, md5(data + name.encode(), usedforsecurity=False).hexdigest())


def build(town):
    """A boiler of 城建局, a waste-water outlet of 水务局, a dust station of 城建局."""
    stations = [
        ensure_station(StationCard("DA001", "1号锅炉排口", "emission", 116.5, 39.8), by=None, at=at(1, 2)),
        ensure_station(StationCard("DW001", "废水总排口", "emission"), by=None, at=at(1, 2)),
        ensure_station(StationCard("YC001", "东门扬尘点", "dust"), by=None, at=at(1, 2)),
    ]
    ensure_factors(
        [(NOX, "氮氧化物", "mg/m³"), (PH, "pH", "无量纲"), (DUST, "总悬浮颗粒物", "µg/m³"), ("a01001", "烟温", "℃")], by=None, at=at(1, 2)
    )
    for station, holder, office in zip(stations, ("滨热公司", "滨水公司", "滨建工地"), ("城建局", "水务局", "城建局"), strict=True):
        card = OutletCard(
            station=station, holder=holder, department=Department.objects.get(name=office), address="滨河路 8 号", street="滨河街道"
        )
        ensure_outlet(card, by=None, at=at(1, 2))
    return Desk(town, MemorySource())


def moment(text):
    """2020-10-20 05:00 as a moment of the office."""
    return datetime.fromisoformat(text).replace(tzinfo=at(1, 1).tzinfo)
