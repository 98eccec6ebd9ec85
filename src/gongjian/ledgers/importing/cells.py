"""What a cell of a field's column means, as a value of the field's own type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from gongjian.documents.cells import (
    BadCell,
    Choices,
    Raw,
    is_blank,
    read_boolean,
    read_date,
    read_decimal,
    read_degrees,
    read_integer,
    read_moment,
    read_text,
)
from gongjian.ledgers.declaration import Parse, Table
from gongjian.ledgers.fields import FieldSpec, Kind
from gongjian.ledgers.importing.shapes import read_shape
from gongjian.standards.coordinates import Datum

Reader = Callable[[Raw], Any]
CLEAR = "清空"  # a cell that says so empties its field; one left blank leaves it
DIGITS = 7  # of degrees: a centimetre
_BOUNDS = {"lon": (73, 136), "lat": (3, 54)}  # degrees; the country
_FLOAT_PLACES = 6
_ALIASES = {
    "WGS84": Datum.CGCS2000,
    "WGS-84": Datum.CGCS2000,
    "国家2000": Datum.CGCS2000,
    "2000国家大地坐标系": Datum.CGCS2000,
    "大地2000": Datum.CGCS2000,
    "天地图": Datum.CGCS2000,
    "GPS": Datum.CGCS2000,
    "GCJ-02": Datum.GCJ02,
    "火星坐标": Datum.GCJ02,
    "高德": Datum.GCJ02,
    "腾讯": Datum.GCJ02,
    "BD-09": Datum.BD09,
    "百度": Datum.BD09,
}
DATUMS = Choices("坐标系", {one.value: one.word for one in Datum}, {word: one.value for word, one in _ALIASES.items()})


def says_nothing(raw: Raw) -> bool:
    """Whether a cell is left blank, or struck through as what does not apply."""
    return raw is None or raw == "" or is_blank(raw, dashes=True)


def reader(table: Table, one: FieldSpec) -> Reader:
    """The reader of a field that points at nothing; BadCell with a short reason. Identifiers come out in canonical form."""
    if one.name in _BOUNDS:
        least, most = _BOUNDS[one.name]
        return lambda raw: float(read_degrees(raw, least=least, most=most, places=DIGITS))
    if one.check is not None:
        return _checked(one, one.check)
    if one.kind is Kind.CHOICE:
        return _choice(one, table.parses.get(one.name))
    return _BY_KIND[one.kind](one)


def _checked(one: FieldSpec, check: Callable[[str], str]) -> Reader:
    def read(raw: Raw) -> Any:
        text = read_text(raw, longest=one.longest or 200)
        try:
            return check(text)
        except ValueError as error:
            raise BadCell(str(error)) from None

    return read


def _choice(one: FieldSpec, parse: Parse | None) -> Reader:
    codes = {str(stored): stored for stored, _ in one.choices}
    choices = Choices(one.title, {str(stored): word for stored, word in one.choices})

    def read(raw: Raw) -> Any:
        try:
            return codes[choices.read(raw)]
        except BadCell:
            if parse is None:
                raise
            try:
                return codes[str(getattr(found := parse(read_text(raw)), "value", found))]
            except (ValueError, KeyError):
                pass
            raise

    return read


def _text(one: FieldSpec) -> Reader:
    longest = one.longest or 1000
    return lambda raw: read_text(raw, longest=longest)


def _integer(one: FieldSpec) -> Reader:
    units = (one.unit,) if one.unit else ()
    return lambda raw: read_integer(raw, units=units)


def _number(one: FieldSpec) -> Reader:
    units = (one.unit,) if one.unit else ()
    if one.decimals is not None:
        places = one.decimals
        return lambda raw: read_decimal(raw, places=places, units=units)
    return lambda raw: float(format(raw, ".15g")) if type(raw) is float else float(read_decimal(raw, places=_FLOAT_PLACES, units=units))


def _moment(_one: FieldSpec) -> Reader:
    def read(raw: Raw) -> datetime:
        return timezone.make_aware(read_moment(raw).replace(microsecond=0))

    return read


_BY_KIND: Mapping[Kind, Callable[[FieldSpec], Reader]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.BOOLEAN: lambda _one: read_boolean,
    Kind.DATE: lambda _one: read_date,
    Kind.MOMENT: _moment,
    Kind.SHAPE: lambda _one: read_shape,
}
