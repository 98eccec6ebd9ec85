"""Lists as files, exactly as shown: the same rows in the same order, the same columns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from gongjian.documents.workbook import Column, Page, write_book, write_csv
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.declaration import Ledger, Placed, RecordKind
from gongjian.ledgers.fields import FieldSpec, Kind, spec
from gongjian.ledgers.models import Entry
from gongjian.ledgers.queries.asking import Asked
from gongjian.ledgers.queries.cells import Cell
from gongjian.ledgers.queries.listing import CHUNK, how_many, whole
from gongjian.ledgers.registry import find_ledger

MOST_IN_BOOK = 200_000  # rows of a workbook: what a desk's spreadsheet still opens
_KINDS: Mapping[Kind, Any] = {Kind.INTEGER: "number", Kind.NUMBER: "number", Kind.DATE: "date", Kind.MOMENT: "moment"}


def as_csv(asked: Asked) -> Iterator[str]:
    """Line by line, however many."""
    return write_csv([one.heading for one in _shown(asked)], ([value for _, value in row] for row in _rows(asked)))


def as_xlsx(asked: Asked) -> bytes:
    """A workbook of one sheet; Refusal where it would be too long for a spreadsheet."""
    if how_many(asked, MOST_IN_BOOK + 1) > MOST_IN_BOOK:
        msg = f"要导出的超过{MOST_IN_BOOK:,}条，电子表格难以打开；请用筛选分几次导出，或导出 CSV。"
        raise Refusal(msg)
    columns = [Column(one.heading, _KINDS.get(one.kind, "text")) for one in _shown(asked)]
    return write_book([Page(asked.table.title[:31], columns, ([value for _, value in row] for row in _rows(asked)))])


def as_geojson(asked: Asked) -> Iterator[str]:
    """A FeatureCollection in CGCS2000 degrees, feature by feature; what has no place is there with a null geometry (RFC 7946)."""
    yield '{"type": "FeatureCollection", "name": ' + _json(asked.table.title) + ', "features": [\n'
    first = True
    for stored, properties in _features(asked):
        feature = {"type": "Feature", "geometry": _geometry(stored), "properties": dict(properties)}
        yield ("" if first else ",\n") + _json(feature)
        first = False
    yield "\n]}\n"


def has_places(asked: Asked) -> bool:
    """Whether the rows of a table are somewhere: a ledger's that has a place, or records of such a ledger's entries."""
    table = asked.table
    ledger = find_ledger(table.ledger) if isinstance(table, RecordKind) else table
    return isinstance(ledger, Ledger) and ledger.placed is not Placed.NOWHERE


def _shown(asked: Asked) -> list[FieldSpec]:
    return [spec(asked.table, name) for name in asked.columns]


def _rows(asked: Asked) -> Iterator[list[tuple[str, Any]]]:
    shown = _shown(asked)
    for stored, cells in whole(asked):
        yield [(one.heading, _value(one, stored, said)) for one, said in zip(shown, cells, strict=True)]


def _features(asked: Asked) -> Iterator[tuple[Mapping[str, Any], Sequence[tuple[str, Any]]]]:
    """Rows with their place: their own, or for records that of the thing."""
    shown = _shown(asked)
    here = {field.name for field in asked.table.model._meta.concrete_fields}  # type: ignore[attr-defined] # noqa: SLF001 - both kinds have a model
    own = {"lon", "lat"} <= here
    extra = [name for name in ("lon", "lat", "shape") if name in here] if own else ["entry_id"]
    chunk: list[tuple[dict[str, Any], list[tuple[str, Any]]]] = []
    for stored, cells in whole(asked, *extra):
        chunk.append((stored, [(one.heading, _value(one, stored, said)) for one, said in zip(shown, cells, strict=True)]))
        if len(chunk) == CHUNK:
            yield from _placed(chunk, own=own)
            chunk = []
    yield from _placed(chunk, own=own)


def _placed(
    chunk: list[tuple[dict[str, Any], list[tuple[str, Any]]]], *, own: bool
) -> Iterator[tuple[Mapping[str, Any], Sequence[tuple[str, Any]]]]:
    if own:
        yield from chunk
        return
    ids = {stored["entry_id"] for stored, _ in chunk} - {None}
    places = {row["id"]: row for row in Entry.objects.filter(id__in=ids).values("id", "lon", "lat", "shape")}
    for stored, properties in chunk:
        yield places.get(stored["entry_id"], {}), properties


def _geometry(stored: Mapping[str, Any]) -> Any:
    if stored.get("shape"):
        return stored["shape"]
    if stored.get("lon") is None or stored.get("lat") is None:
        return None
    return {"type": "Point", "coordinates": [stored["lon"], stored["lat"]]}


def _value(one: FieldSpec, stored: Mapping[str, Any], said: Cell) -> Any:
    """A number, a day or a moment as such, anything else in the words of the page."""
    if one.kind not in _KINDS:
        return said.words or None
    value = stored[one.name]
    return timezone.localtime(value).replace(tzinfo=None) if isinstance(value, datetime) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else str(value)
