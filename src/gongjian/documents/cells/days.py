"""Cells that are days, moments and months, as spreadsheets store them and as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from gongjian.documents.cells.raw import BadCell, Raw, plain, quoted
from gongjian.kernel.months import Month

FIRST, LAST = date(1950, 1, 1), date(2100, 12, 31)  # a ledger has nothing before or after
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of a spreadsheet's calendar after February 1900, on no clock
_SERIAL_FIRST, _SERIAL_LAST = (FIRST - _EPOCH.date()).days, (LAST - _EPOCH.date()).days
_DAY = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})|/(?P<m2>\d{1,2})/(?P<d2>\d{1,2})|\.(?P<m3>\d{1,2})\.(?P<d3>\d{1,2})"
    r"|年(?P<m4>\d{1,2})月(?P<d4>\d{1,2})[日号]?|(?P<m5>\d{2})(?P<d5>\d{2}))",
    re.ASCII,
)
_CLOCK = re.compile(r"(\d{1,2})(?::|时|点)(\d{1,2})?(?:(?::|分)(?:(\d{1,2})(?:\.\d{1,6})?)?秒?)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?|(\d{2}))", re.ASCII)
_SHORT = re.compile(r"\d{1,2}[-/.年]\d{1,2}(?:[-/.月]\d{1,4}[日号]?)?|\d{6}", re.ASCII)
_COMPACT = (1000_00_00, 9999_99_99)  # 20200105 typed as a number
_COMPACT_MONTH = (1000_00, 9999_99)


def read_date(raw: Raw) -> date:
    """A day from 1950 to 2100: a date cell, its number, or text (2020-1-5, 2020/1/5, 2020.1.5, 2020年1月5日, 20200105).

    A time beside it is dropped; years of two digits are refused.
    """
    if type(raw) is date:
        return _sensible(raw)
    return read_moment(raw).date()


def read_moment(raw: Raw) -> datetime:
    """A day with its time (midnight where none is written), on the wall clock of the place: without a zone."""
    if isinstance(raw, datetime):
        _sensible(raw.date())
        return raw
    if isinstance(raw, date):
        return datetime.combine(_sensible(raw), time.min)
    if (type(raw) is float or type(raw) is int) and not _whole_within(raw, _COMPACT):
        return _from_serial(raw)
    return _from_text(str(int(raw)) if type(raw) is float or type(raw) is int else plain(raw, "日期"))


def _whole_within(number: float, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= number <= bounds[1] and number == int(number)


def _from_serial(number: float) -> datetime:
    """The moment that a spreadsheet keeps as days since the end of 1899, to the second."""
    if not _SERIAL_FIRST <= number < _SERIAL_LAST + 1:
        hint = "只有年份，缺月和日" if FIRST.year <= number <= LAST.year + 1 else "不是 1950 年至 2100 年的日期"
        msg = f"{quoted(number)}{hint}，应写成 2020-01-05"
        raise BadCell(msg)
    return _EPOCH + timedelta(seconds=round(number * 86400))


def _from_text(text: str) -> datetime:
    if found := _DAY.match(text):
        rest = text[found.end() :].lstrip(" T")
        day = _existing(text, found["y"], *_parts(found))
        if not rest:
            return datetime.combine(day, time.min)
        if clock := _CLOCK.fullmatch(rest):
            return datetime.combine(day, _on_clock(text, *(int(part or 0) for part in clock.groups())))
    if text.isascii() and text.replace(".", "", 1).isdigit() and len(text.partition(".")[0]) == len(str(_SERIAL_LAST)):
        return _from_serial(float(text))
    raise BadCell(_why_no_day(text))


def _parts(found: re.Match[str]) -> tuple[str, str]:
    """Month and day of whichever form was written."""
    given = [part for name, part in found.groupdict().items() if name != "y" and part is not None]
    return given[0], given[1]


def _existing(text: str, year: str, month: str, day: str) -> date:
    try:
        return _sensible(date(int(year), int(month), int(day)))
    except BadCell:
        raise
    except ValueError:
        msg = f"{quoted(text)}不是日历上有的日期"
        raise BadCell(msg) from None


def _on_clock(text: str, hour: int, minute: int, second: int) -> time:
    try:
        return time(hour, minute, second)
    except ValueError:
        msg = f"{quoted(text)}的时刻不存在"
        raise BadCell(msg) from None


def _why_no_day(text: str) -> str:
    if _MONTH.fullmatch(text) and not text.isdigit():
        return f"{quoted(text)}缺日，应写成 2020-01-05"
    if _SHORT.fullmatch(text):
        return f"{quoted(text)}的年份不是四位，应写成 2020-01-05"
    return f"{quoted(text)}不是日期，应写成 2020-01-05"


def _sensible(day: date) -> date:
    if not FIRST <= day <= LAST:
        msg = f"{quoted(day)}不在 1950 年至 2100 年之间"
        raise BadCell(msg)
    return day


def read_month(raw: Raw) -> Month:
    """A month: 2020-09, 2020/9, 2020.9, 2020年9月, 202009, or any day in it.

    The number 2020.1 is refused, for a spreadsheet keeps "2020.10" as the same number.
    """
    if type(raw) is float or type(raw) is int:
        if _whole_within(raw, _COMPACT_MONTH):
            return _month(raw, str(int(raw))[:4], str(int(raw))[4:])
        if FIRST.year <= raw <= LAST.year + 1:
            return _from_dotted(raw)
    if isinstance(raw, str) and (found := _MONTH.fullmatch(plain(raw, "月份").replace(" ", ""))):
        return _month(raw, found[1], found[2] or found[3])
    return Month.of(read_date(raw))


def _from_dotted(number: float) -> Month:
    """2020.9 typed as a number."""
    year, _, month = format(number, ".6g").partition(".")
    if not month or month == "1":
        msg = f"{quoted(number)}分不清是哪个月，应写成 2020-01"
        raise BadCell(msg)
    return _month(number, year, month)


def _month(raw: Raw, year: str, month: str) -> Month:
    if not 1 <= int(month) <= 12:  # noqa: PLR2004 - months of a year
        msg = f"{quoted(raw)}没有这个月份，应写成 2020-01"
        raise BadCell(msg)
    found = Month(int(year), int(month))
    _sensible(found.first)
    return found
