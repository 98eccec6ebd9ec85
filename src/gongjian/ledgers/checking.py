"""Holding the values of one row to its table: the one place that forms, sheets and interfaces all pass through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gongjian.kernel.geometry import Point, contains, point_within, polygon_from_geojson, to_geojson
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.declaration import Ledger, Table
from gongjian.ledgers.fields import POINT, FieldSpec, Kind, specs
from gongjian.ui.district import in_district

EMPTY = (None, "")
DIGITS = 7  # of a degree, for a point worked out: a centimetre


class Invalid(Refusal):
    """Values that cannot be: ``faults`` says by field what is wrong and what to do, each without a full stop."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("；".join(faults.values()) + "。")
        self.faults = dict(faults)


@dataclass(frozen=True, slots=True)
class Checked:
    """The values in canonical form, and what is wrong with them by field."""

    values: dict[str, Any]
    faults: dict[str, str] = field(default_factory=dict)


def checked(table: Table, values: Mapping[str, Any], *, rules: bool = True) -> Checked:
    """The values of a row held to everything that can be said of it alone; fields of the table that are not given count as empty.

    Values are of the field's own type (a date, a number, a stored choice, a department, an entry, a GeoJSON area); a name that is no field
    of the table raises KeyError. An area has its point in it: one that is not given, or lies elsewhere, is worked out. Without ``rules``
    only each field by itself: for a row of which a part could not be read. No query.
    """
    known = specs(table)
    if unknown := set(values) - set(known):
        msg = f"{table.slug}: {sorted(unknown)}"
        raise KeyError(msg)
    found = Checked({})
    for name, spec in known.items():
        value = values.get(name)
        if value in EMPTY:
            _take_empty(spec, found)
            continue
        try:
            found.values[name] = _canonical(spec, value)
        except ValueError as error:
            found.faults[name] = f"{spec.title}：{error}"
    _check_place(table, found)
    for rule in table.rules if rules and not found.faults else ():
        if broken := rule(found.values):
            found.faults.setdefault(*broken)
    return found


def require_valid(found: Checked) -> dict[str, Any]:
    """The values; ``Invalid`` when something is wrong with them."""
    if found.faults:
        raise Invalid(found.faults)
    return found.values


def _take_empty(spec: FieldSpec, found: Checked) -> None:
    if spec.required:
        found.faults[spec.name] = f"{spec.title}没有填写"
    else:
        found.values[spec.name] = "" if spec.kind in (Kind.TEXT, Kind.CHOICE) and spec.longest is not None else None


def _canonical(spec: FieldSpec, value: Any) -> Any:
    if spec.kind is Kind.SHAPE:
        return to_geojson(polygon_from_geojson(value))
    if spec.check is not None:
        value = spec.check(str(value))
    if spec.choices and all(value != stored for stored, _ in spec.choices):
        msg = f"“{value}”不在可选范围内，可选的是{'、'.join(word for _, word in spec.choices[:12])}"
        raise ValueError(msg)
    if spec.longest is not None and len(value) > spec.longest:
        msg = f"有{len(value)}个字，最多{spec.longest}个字"
        raise ValueError(msg)
    if spec.least is not None and value < spec.least:
        msg = f"{value:g}小于下限{spec.least:g}{spec.unit}"
        raise ValueError(msg)
    if spec.most is not None and value > spec.most:
        msg = f"{value:g}大于上限{spec.most:g}{spec.unit}"
        raise ValueError(msg)
    return value


def _check_place(table: Table, found: Checked) -> None:
    _put_point_on_shape(found)
    lon, lat = (found.values.get(name) for name in POINT)
    if (lon is None) != (lat is None):
        missing = "lon" if lon is None else "lat"
        found.faults.setdefault(missing, "经度和纬度要同时填写，或同时留空")
    elif lon is not None and lat is not None and isinstance(table, Ledger) and not table.anywhere and not in_district(lon, lat):
        found.faults.setdefault("lon", f"坐标（{lon:.5f}，{lat:.5f}）不在本区范围内，请核对经纬度和坐标系")


def _put_point_on_shape(found: Checked) -> None:
    if not (shape := found.values.get("shape")) or set(POINT) & set(found.faults):
        return
    area, (lon, lat) = polygon_from_geojson(shape), (found.values.get(name) for name in POINT)
    if lon is None or lat is None or not contains(area, Point(lon, lat)):
        within = point_within(area)
        found.values.update(lon=round(within.lon, DIGITS), lat=round(within.lat, DIGITS))
