"""Lists: the rows of a table as asked for, a page at a time, as quick over a million rows as over a hundred.

One query reads the ids of at most ``MOST`` rows in order, which says how many there are and which stand on the page; a second reads the
page's rows. Further ones say the names of what they point at. Nobody turns two hundred pages: beyond, one narrows the list or exports it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from gongjian.ledgers.declaration import Ledger, RecordKind
from gongjian.ledgers.fields import FieldSpec, Kind, spec
from gongjian.ledgers.queries.asking import Asked
from gongjian.ledgers.queries.cells import Cell, Names, cell, columns_of
from gongjian.ledgers.queries.choosing import conditions, go_by_few
from gongjian.ledgers.queries.sieves import Term, of_kind, terms
from gongjian.ledgers.queries.texts import text_terms
from gongjian.trail.office_day import end_of

SIZE = 50  # rows of a page
MOST = 10_000  # rows counted and turned through
CHUNK = 2_000  # rows read at once for an export


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list: the id of its entry or record, and its cells."""

    id: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. ``total`` is exact unless ``more``: then there are more than ``total``."""

    asked: Asked
    shown: tuple[FieldSpec, ...]
    rows: tuple[Row, ...]
    total: int
    more: bool
    page: int
    notes: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages can be turned to."""
        return max(1, -(-self.total // SIZE))


def listing(asked: Asked) -> Listing:
    """The page asked for; at most six queries."""
    query = _query(asked)
    own = isinstance(asked.table, Ledger) or asked.sort.removeprefix("-") in ("", "on")
    found = list(_ordered(asked, query, asked.sort if own else "")[: MOST + 1])
    total, more = min(len(found), MOST), len(found) > MOST
    notes: tuple[str, ...] = ()
    if not own and more:
        notes = (f"超过{MOST:,}条时只按日期排列；请先用筛选缩小范围，再按其他栏排序。",)
    elif not own:
        found = list(_ordered(asked, query, asked.sort))
    page = min(asked.page, max(1, -(-total // SIZE)))
    ids = found[(page - 1) * SIZE : min(page * SIZE, total)]
    shown = tuple(spec(asked.table, name) for name in asked.columns)
    return Listing(asked, shown, tuple(_page(asked, shown, ids)), total, more, page, notes)


def whole(asked: Asked, *extra: str) -> Iterator[tuple[dict[str, Any], tuple[Cell, ...]]]:
    """Every row of the list in its order, a chunk at a time: stored values (with those of further columns) and cells."""
    shown = tuple(spec(asked.table, name) for name in asked.columns)
    key = _key(asked)
    columns = list(dict.fromkeys([key, *columns_of(asked.table, asked.columns), *extra]))
    names, chunk = Names(), []
    ordered = _sorted(asked, _query(asked), asked.sort)
    for row in ordered.values(*columns).iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield from _told(shown, chunk, names)
            chunk = []
    yield from _told(shown, chunk, names)


def selected(asked: Asked) -> QuerySet[Any]:
    """The rows of the list in no order, for those who show them otherwise; of a past day they are versions."""
    return _query(asked)


def newest(asked: Asked, most: int, names: Names) -> list[dict[str, Any]]:
    """The first rows of the list as stored; ``names`` learns what they point at. Two queries."""
    columns = list(dict.fromkeys(["id", *columns_of(asked.table, asked.columns)]))
    rows = list(_sorted(asked, _query(asked), asked.sort).values(*columns)[:most])
    names.learn([spec(asked.table, name) for name in asked.columns], rows)
    return rows


def how_many(asked: Asked, most: int) -> int:
    """How many rows the list has, counted no further than ``most``."""
    return int(_query(asked)[:most].count())


def _told(shown: tuple[FieldSpec, ...], rows: list[dict[str, Any]], names: Names) -> Iterator[tuple[dict[str, Any], tuple[Cell, ...]]]:
    names.learn(shown, rows)
    return ((row, tuple(cell(one, row, names) for one in shown)) for row in rows)


def _page(asked: Asked, shown: tuple[FieldSpec, ...], ids: list[int]) -> Iterator[Row]:
    key = _key(asked)
    columns = dict.fromkeys([key, *columns_of(asked.table, asked.columns)])
    rows: Mapping[int, dict[str, Any]] = {row[key]: row for row in _source(asked).filter(**{f"{key}__in": ids}).values(*columns)}
    names = Names()
    names.learn(shown, rows.values())
    return (Row(id, tuple(cell(one, rows[id], names) for one in shown)) for id in ids)  # noqa: A001 - what it is


def _ordered(asked: Asked, query: QuerySet[Any], sort: str) -> Any:
    """The ids in order."""
    return _sorted(asked, query, sort).values_list(_key(asked), flat=True)


def _sorted(asked: Asked, query: QuerySet[Any], sort: str) -> QuerySet[Any]:
    down = sort.startswith("-")
    name = sort.removeprefix("-")
    if isinstance(asked.table, RecordKind):
        if name in ("", "on"):
            return query.order_by(*(("on", "id") if sort == "on" else ("-on", "-id")))
        return query.order_by(_by(asked, name, down=down), "-on", "-id")
    if name in ("", "code"):
        return query.order_by("-code" if down else "code")
    return query.order_by(_by(asked, name, down=down), "code")


def _by(asked: Asked, name: str, *, down: bool) -> Any:
    """Empty ones last either way, on any database; a field that is never NULL as it stands, so that an index can serve."""
    kind = spec(asked.table, name).kind
    field = F({Kind.DEPARTMENT: f"{name}__order", Kind.ENTRY: f"{name}__name"}.get(kind, name))
    may_be_null = asked.table.model._meta.get_field(name).null or None  # type: ignore[attr-defined] # noqa: SLF001 - both kinds have a model
    return field.desc(nulls_last=may_be_null) if down else field.asc(nulls_last=may_be_null)


def _query(asked: Asked) -> QuerySet[Any]:
    found = [*terms(asked.table, asked.given, asked.on), *text_terms(asked)]
    if about := asked.given.get("entry"):
        found.append(Term(Q(entry=int(about)), few=True))
    source = _source(asked)
    if isinstance(asked.table, RecordKind):
        return source.filter(*conditions(found, source))
    return source.filter(*go_by_few([of_kind(asked.table.slug), *found]))


def _source(asked: Asked) -> QuerySet[Any]:
    """The rows as known by the end of the day shown."""
    table = asked.table
    over = end_of(asked.on)
    then = Q(entered_at__lt=over) & (Q(replaced_at=None) | Q(replaced_at__gte=over))
    if isinstance(table, RecordKind):
        return table.model._default_manager.filter(then if asked.past else Q(replaced_at=None))  # noqa: SLF001 - Django's public name
    if isinstance(table, Ledger) and not asked.past:
        return table.model.objects.all()
    return table.versions._default_manager.filter(then)  # type: ignore[attr-defined, no-any-return] # noqa: SLF001 - a ledger; Django's public name


def _key(asked: Asked) -> str:
    return "entry_id" if isinstance(asked.table, Ledger) and asked.past else "id"
