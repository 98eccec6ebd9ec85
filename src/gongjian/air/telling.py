"""What the pages say: one message each, in a sentence with its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjian.air.queries.profiles import Bin
from gongjian.air.queries.trend import Trend
from gongjian.air.queries.year import MonthRow, YearGlance
from gongjian.standards.air.pollutants import Pollutant
from gongjian.standards.rounding import round_half_even
from gongjian.standards.statistic import Statistic

SHOWN = 2  # reasons beside a figure
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def written(value: float | None, pollutant: Pollutant | None = None) -> str:
    """A mean to one decimal (CO to two) by GB/T 8170; — when there is none."""
    return "—" if value is None else str(round_half_even(value, 2 if pollutant is Pollutant.CO else 1))


def span_words(year: int, through: date) -> str:
    """The part of a year up to a day: 全年, 至10月30日."""
    if through == date(year, 12, 31):
        return _("全年")
    return _("至%(month)d月%(day)d日") % {"month": through.month, "day": through.day}


def glance_words(seen: YearGlance) -> str:
    """The message of the year at a glance."""
    tally, span = seen.tally, span_words(seen.year, seen.through)
    words = _("%(year)d年%(span)s优良 %(good)d 天，超标 %(bad)d 天") % {
        "year": seen.year,
        "span": span,
        "good": tally.attained,
        "bad": tally.exceeded,
    }
    if seen.before and (seen.before.attained or seen.before.exceeded):
        words += "，" + _("超标天数比上年同期") + compared(tally.exceeded - seen.before.exceeded, "天", 0)
    return words


def compared(difference: float, unit: str = "", digits: int = 1) -> str:
    """低 4.6, 多 3 天, 持平: a difference in words."""
    size = f"{abs(difference):.{digits}f}"
    if float(size) == 0:
        return _("持平")
    down, up = (_("少"), _("多")) if unit else (_("低"), _("高"))
    return f"{down if difference < 0 else up} {size}{' ' if unit else ''}{unit}"


def trend_words(seen: Trend) -> str:
    """The message of a pollutant's year."""
    span = span_words(seen.year, seen.through)
    words = _("%(name)s %(year)d年%(span)s均值 %(mean)s") % {
        "name": seen.pollutant,
        "year": seen.year,
        "span": span,
        "mean": written(seen.so_far.value),
    }
    return words + (("，" + _("比上年同期") + compared(seen.change)) if seen.change is not None else "")


def room_words(seen: Trend) -> str:
    """What the rest of the year must average at most."""
    if not seen.room or not seen.limit:
        return ""
    limit = seen.limit.value
    if seen.room.rest_at_most is None:
        return _("全年已结束，%(kept)s年均限值 %(limit)d。") % {"kept": _("达到") if seen.room.reachable else _("未达到"), "limit": limit}
    if not seen.room.reachable:
        return _("年均限值 %(limit)d 已无法实现。") % {"limit": limit}
    left = (date(seen.year, 12, 31) - seen.through).days
    return _("要使全年不高于 %(limit)d，余下 %(left)d 天平均须不高于 %(rest)s。") % {
        "limit": limit,
        "left": left,
        "rest": written(seen.room.rest_at_most),
    }


def months_words(rows: Sequence[MonthRow]) -> str:
    """The message of the table of months."""
    weak = [str(row.month.month) for row in rows if not row.means[Pollutant.PM25].valid]
    if not weak:
        return _("各月 PM2.5 数据均有效")
    return _("PM2.5 有 %(n)d 个月数据不足：%(months)s月") % {"n": len(weak), "months": "、".join(weak)}


def profile_words(pollutant: Pollutant, hours: Sequence[Bin], weekdays: Sequence[Bin]) -> str:
    """The message of the profiles."""
    by_hour = [(each.mean, place) for place, each in enumerate(hours) if each.mean is not None]
    by_day = [(each.mean, place) for place, each in enumerate(weekdays) if each.mean is not None]
    if not by_hour or not by_day:
        return _("%s 还没有可用的数据") % pollutant
    return _("%(name)s 一天中 %(high)d 时最高、%(low)d 时最低，一周中%(day)s最高") % {
        "name": pollutant,
        "high": max(by_hour)[1] + 1,
        "low": min(by_hour)[1] + 1,
        "day": WEEKDAYS[max(by_day)[1]],
    }


def doubts(figure: Statistic) -> str:
    """Why a figure is not valid, in one line; empty when it is."""
    return "；".join(figure.reasons)


@dataclass(frozen=True, slots=True)
class Said:
    """A figure as a page shows it on its own."""

    value: float | None
    unit: str
    digits: int
    invalid: bool
    why: str


def said(figure: Statistic, pollutant: Pollutant) -> Said:
    """A figure with the first of what speaks against it."""
    more = len(figure.reasons) - SHOWN
    why = "；".join(figure.reasons[:SHOWN]) + (_("；等共 %d 项，见逐月与有效性") % len(figure.reasons) if more > 0 else "")
    digits = 2 if pollutant is Pollutant.CO else 1
    return Said(
        None if figure.value is None else float(round_half_even(figure.value, digits)),
        figure.unit,
        digits,
        figure.value is not None and not figure.valid,
        why,
    )
