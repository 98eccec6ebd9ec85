"""Rows of a sheet as typed values: only what a sheet says, pointers as ids; what cannot be read is a fault of its cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongjian.documents.cells import BadCell, Raw, read_text
from gongjian.documents.sheet_tables import SheetTable
from gongjian.ledgers.declaration import RecordKind, Table
from gongjian.ledgers.fields import POINT, FieldSpec, Kind, specs
from gongjian.ledgers.forms import ledger_of
from gongjian.ledgers.importing.cells import CLEAR, DATUMS, DIGITS, reader, says_nothing
from gongjian.ledgers.importing.columns import DATUM, STATUS
from gongjian.ledgers.importing.resolving import Departments, Pointed
from gongjian.ledgers.importing.shapes import DRAWN, moved
from gongjian.standards.coordinates import Datum, to_cgcs2000

Line = tuple[int, Mapping[str, Raw]]
_SHORT = 4  # characters of a cell that may say nothing, or 清空
_FEW = frozenset({Kind.CHOICE, Kind.BOOLEAN, Kind.DATE})  # the same words come again and again
_MOST_KEPT = 10_000  # words


class _Blank:
    """What stands for a cell that says nothing."""


BLANK = _Blank()


@dataclass(slots=True)
class ReadRow:
    """What a row says: ``values`` of the fields it fills or clears, ``faults`` by field, ``status`` as an export words it."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    status: str = ""


class RowReader:
    """Reads the rows of one sheet of a table, some at a time, so that what they point at is asked for together."""

    def __init__(self, table: Table, sheet: SheetTable, *, datum: Datum = Datum.CGCS2000) -> None:
        self._datum = datum
        self._known = {name: one for name, one in specs(table).items() if name in sheet.columns}
        self._coordinates = bool({*POINT, "shape"} & self._known.keys())
        self._departments = Departments()
        self._pointed: dict[str, Pointed] = {}
        self._table = table
        self._readers = {name: self._reader(one) for name, one in self._known.items()}

    def read(self, lines: Sequence[Line], only: Collection[str] | None = None) -> list[ReadRow]:
        """The rows with everything they say, or with some fields ``only``."""
        for name, pointed in self._pointed.items():
            if only is None or name in only:
                pointed.learn(word for _, raws in lines if (word := _word(raws[name])))
        readers = [(name, read) for name, read in self._readers.items() if only is None or name in only]
        return [self._read(row, raws, readers) for row, raws in lines]

    def _read(self, row: int, raws: Mapping[str, Raw], readers: Iterable[tuple[str, Callable[[Raw], Any]]]) -> ReadRow:
        found = ReadRow(row)
        for name, read in readers:
            raw = raws[name]
            if raw is None or raw == "":
                continue
            try:
                value = read(raw)
            except BadCell as bad:
                found.faults[name] = bad.reason
                continue
            if value is not BLANK:
                found.values[name] = value
        if found.faults.keys() >= {*POINT}:
            self._try_turned(found, raws)
        if self._coordinates:
            self._place(found, raws.get(DATUM))
        if STATUS in raws:
            found.status = _word(raws[STATUS])
        return found

    def _try_turned(self, found: ReadRow, raws: Mapping[str, Raw]) -> None:
        """Say so where longitude stands under latitude."""
        try:
            said = {name: self._readers[name](raws[other]) for name, other in zip(POINT, reversed(POINT), strict=True)}
        except BadCell:
            return
        if BLANK not in said.values():
            found.faults["lon"] = f"“{raws['lon']}”和纬度“{raws['lat']}”填反了，请对调"
            del found.faults["lat"]

    def _place(self, found: ReadRow, said: Raw) -> None:
        """Bring coordinates to CGCS2000."""
        try:
            datum = self._datum if says_nothing(said) else Datum(DATUMS.read(said))
        except BadCell as bad:
            found.faults[DATUM] = bad.reason
            return
        if datum is Datum.CGCS2000:
            return
        lon, lat = (found.values.get(name) for name in POINT)
        if lon is not None and lat is not None:
            point = to_cgcs2000(lon, lat, datum)
            found.values |= dict(zip(POINT, (round(degrees, DIGITS) for degrees in point), strict=True))
        elif (lon is None) != (lat is None) and not found.faults.keys() & set(POINT):
            found.faults["lon"] = f"坐标系是{datum.word}，经度和纬度要同时填写才能换算"
        if found.values.get("shape"):
            found.values["shape"] = moved(found.values["shape"], datum)

    def _reader(self, one: FieldSpec) -> Callable[[Raw], Any]:
        cleared = "" if one.kind in (Kind.TEXT, Kind.CHOICE) and one.longest is not None else None
        meant = self._meaning(one)

        def read(raw: Raw) -> Any:
            if type(raw) is str and len(short := raw.strip()) <= _SHORT:
                if short == CLEAR:
                    return cleared
                if says_nothing(raw):
                    return BLANK
            value = meant(raw)
            return BLANK if value == "" else value

        return _remembering(read) if one.kind in _FEW else read

    def _meaning(self, one: FieldSpec) -> Callable[[Raw], Any]:
        if one.kind is Kind.DEPARTMENT:
            return lambda raw: self._departments.find(read_text(raw))
        if one.kind is Kind.ENTRY and one.points_at is not None and (ledger := ledger_of(one.points_at)):
            pointed = self._pointed[one.name] = Pointed(ledger)
            return lambda raw: pointed.find(read_text(raw))
        meant = reader(self._table, one)
        if one.kind is Kind.SHAPE:
            return lambda raw: BLANK if raw == DRAWN else meant(raw)
        return meant


def key_fields(kind: RecordKind) -> tuple[str, ...]:
    """The fields that say which record a row is."""
    return tuple(dict.fromkeys(("number", "on", "label", *kind.key)))


def _word(raw: Raw) -> str:
    try:
        return "" if says_nothing(raw) else read_text(raw)
    except BadCell:
        return ""


def _remembering(read: Callable[[Raw], Any]) -> Callable[[Raw], Any]:
    """The same for words, each read once."""
    kept: dict[Raw, Any] = {}

    def remembered(raw: Raw) -> Any:
        if type(raw) is not str:
            return read(raw)
        if raw not in kept:
            if len(kept) > _MOST_KEPT:
                kept.clear()
            kept[raw] = read(raw)
        return kept[raw]

    return remembered
