"""Cells that are numbers: counted, measured, shares and degrees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import Literal

from gongjian.documents.cells.raw import BadCell, Raw, plain, quoted

Bound = int | Decimal | None
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?|[+-]?\.\d+", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_DEGREES = re.compile(r"(\d{1,3})[°度](?:(\d{1,2}(?:\.\d+)?)['′’分])?(?:(\d{1,2}(?:\.\d+)?)(?:[\"″”秒]|''|′′))?", re.ASCII)
_SIXTY = 60
_EXACT = 1e15  # from here on a spreadsheet no longer keeps every digit
_LONGEST = 30  # characters of a number with its unit
_HUNDRED = Decimal(100)


def read_integer(raw: Raw, *, least: int | None = None, most: int | None = None, units: Sequence[str] = ()) -> int:
    """A whole number within bounds (both allowed); text may carry thousands separators and one of ``units``."""
    if type(raw) is float or type(raw) is int:
        value = int(raw) if abs(raw) < _EXACT else 0
        if value != raw:
            raise BadCell(f"{quoted(raw)}不是整数" if abs(raw) < _EXACT else f"{quoted(raw)}超过 15 位，表格软件已丢失末几位")
    else:
        number = _parsed(raw, "整数", tuple(units))
        value = int(number)
        if value != number:
            msg = f"{quoted(raw)}不是整数"
            raise BadCell(msg)
    if (least is not None and value < least) or (most is not None and value > most):
        raise BadCell(_outside(value, least, most))
    return value


def read_decimal(raw: Raw, *, places: int, least: Bound = None, most: Bound = None, units: Sequence[str] = ()) -> Decimal:
    """A number of ``places`` decimals within bounds (both allowed); text may carry thousands separators and one of ``units``.

    A number cell is taken to the 15 digits that a spreadsheet keeps; more decimals than ``places`` are rounded half to even (GB/T 8170),
    so that a sheet that shows two decimals of a calculated value reads the same each time.
    """
    number = Decimal(format(raw, ".15g")) if type(raw) is float or type(raw) is int else _parsed(raw, "数字", tuple(units))
    return _bounded(number, places, least, most)


def _bounded(number: Decimal, places: int, least: Bound, most: Bound) -> Decimal:
    if not number.is_finite() or abs(number) >= _EXACT:
        msg = f"{quoted(str(number))}过大"
        raise BadCell(msg)
    value = number.quantize(_step(places), ROUND_HALF_EVEN)
    if (least is not None and value < least) or (most is not None and value > most):
        raise BadCell(_outside(number, least, most))
    return value


@cache
def _step(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def read_percentage(
    raw: Raw,
    *,
    places: int = 2,
    least: Bound = 0,
    most: Bound = 100,
    bare: Literal["auto", "percent", "fraction"] = "auto",
) -> Decimal:
    """A share in percent: 95 stands for 95 %.

    "95%" says so itself. A cell formatted as per cent is stored as 0.95, and the format is not to be had, so of a bare number: under
    ``auto`` more than 0 and at most 1 is a fraction (0.95 and 1 are 95 % and 100 %), all else percent; a column with true values under
    1 % must say ``fraction`` (always times 100) or ``percent`` (always as it stands).
    """
    if type(raw) is str and (text := plain(raw, "百分数")).endswith("%"):
        return _bounded(_parsed(text[:-1], "百分数", ()), places, least, most)
    number = Decimal(format(raw, ".15g")) if type(raw) is float or type(raw) is int else _parsed(raw, "百分数", ())
    if number.is_finite() and (bare == "fraction" or (bare == "auto" and 0 < number <= 1)):
        number *= _HUNDRED
    return _bounded(number, places, least, most)


def read_degrees(raw: Raw, *, least: Bound, most: Bound, places: int = 6) -> Decimal:
    """Degrees of longitude or latitude, written 114.5 or 114°30′0″ (度分秒), within bounds."""
    if type(raw) is str and (found := _DEGREES.fullmatch(plain(raw, "经纬度").replace(" ", "").lstrip("EN东经北纬"))):
        degrees, minutes, seconds = (Decimal(part or 0) for part in found.groups())
        if minutes >= _SIXTY or seconds >= _SIXTY:
            msg = f"{quoted(raw)}的分或秒不小于 60"
            raise BadCell(msg)
        return _bounded(degrees + minutes / _SIXTY + seconds / (_SIXTY * _SIXTY), places, least, most)
    return read_decimal(raw, places=places, least=least, most=most, units=("°", "度"))


def _parsed(raw: Raw, asked: str, units: tuple[str, ...]) -> Decimal:
    """The number a text spells."""
    text = plain(raw, asked)
    if len(text) > _LONGEST or not _PLAIN.fullmatch(text):
        text = _without_unit(text, units)
        if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
            msg = f"{quoted(raw)}不是{asked}"
            raise BadCell(msg)
        text = text.replace(",", "")
    return Decimal(text)


def _without_unit(text: str, units: tuple[str, ...]) -> str:
    folded = text.casefold()
    for unit in sorted(units, key=len, reverse=True):
        if folded.endswith(unit.casefold()):
            return text[: -len(unit)].rstrip()
    return text


def _outside(value: Decimal | int, least: Bound, most: Bound) -> str:
    shown = format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
    if most is None:
        return f"“{shown}”小于 {least}"
    return f"“{shown}”大于 {most}" if least is None else f"“{shown}”不在 {least}～{most} 之间"
