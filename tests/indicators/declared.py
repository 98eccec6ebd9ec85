"""Declarations over the sample records, one of each kind, and a quick way to enter records."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from indicator_sample.models import Check, Vehicle

from gongjian.indicators.formulas import Combine, Computed
from gongjian.indicators.grammar import Better, Count, Distinct, Field, Indicator, Latest, Mean, Ratio, Records, Share, Split, Sum
from gongjian.standards.statistic import judged

CHECKS = Records("indicator_sample.Check", "on")
SPLITS = (Split("use", "用途", "entry__use"), Split("street", "街道", "street"))


def declared(code, formula, unit="辆次", **said):
    said = {"better": Better.UP, "about": "检查记录", "records": CHECKS, "splits": SPLITS} | said
    return Indicator(code=f"sample.{code}", title=f"样例{code}", unit=unit, formula=formula, **said)


def load(first, last, as_of):
    return [
        [
            (row.on, row.nox)
            for row in Check.objects.filter(on__range=(first, last), nox__isnull=False)
            if (day is None and row.replaced_at is None) or (day is not None and in_force(row, day))
        ]
        for day in as_of
    ]


def in_force(row, day):
    end = at(day + timedelta(1), 0)
    return row.entered_at < end and (row.replaced_at is None or row.replaced_at >= end)


def mean_nox(data, period):
    values = [value for day, value in data if day in period]
    reasons = () if values else ("没有监测值",)
    return judged(sum(values) / len(values) if values else None, "ppm", reasons, (period.days, len(values)), "样例标准")


COUNT = declared("checks", Count())
TRUCKS = declared("trucks", Count(Field("entry__use") == "truck"))
SUM = declared("nox_sum", Sum("nox"), "ppm")
MEAN = declared("nox_mean", Mean("nox", Field("fuel") != "电"), "ppm", better=Better.DOWN)
RATIO = declared("pass_rate", Ratio(Field("passed") == True, Field("fuel").isin(["柴油", "汽油"])), "%")  # noqa: E712 - it declares
SHARE = declared("nox_share", Share("nox", Field("entry__use") == "truck"), "%", better=Better.DOWN)
DISTINCT = declared("vehicles", Distinct("entry"), "辆")
LATEST = declared("level", Latest("nox", per="entry", combine=Combine.SUM), "ppm")
COMPUTED = declared("computed", Computed(mean_nox, load), "ppm", records=None, splits=())
FROM_RECORDS = (COUNT, TRUCKS, SUM, MEAN, RATIO, SHARE, DISTINCT, LATEST)
EVERY = (*FROM_RECORDS, COMPUTED)
ADDS_UP = (COUNT, TRUCKS, SUM, MEAN, RATIO, SHARE)


def at(day, hour=10):
    return timezone.make_aware(datetime.combine(day, time(hour)))


def vehicle(use="truck", plate="京A"):
    return Vehicle.objects.get_or_create(plate=f"{plate}{use}", use=use)[0]


def enter(on, *, use="truck", plate="京A", entered=None, replaced=None, **said):
    said = {"street": "荣华", "fuel": "柴油", "passed": True, "nox": 1.0} | said
    entered_at = at(entered or on)
    replaced_at = at(replaced) if replaced else None
    return Check.objects.create(entry=vehicle(use, plate), on=on, entered_at=entered_at, replaced_at=replaced_at, **said)


D = date
