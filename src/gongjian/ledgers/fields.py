"""A table's fields as forms, sheets, lists and exports all see them: resolved once from model and declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db import models

from gongjian.ledgers.declaration import Check, Ledger, RecordKind, Table
from gongjian.ledgers.models import Entry
from gongjian.people.models import Department

TECHNICAL = frozenset({"id", "entry_ptr", "kind", "version", "source", "entered_at", "entered_by", "replaced_at", "sought"})
LIFE = frozenset({"status", "valid_to"})  # changed by withdrawing and restoring, not by hand
POINT = ("lon", "lat")
SPOKEN_FOR = frozenset({"text", "page", "cols"})  # parameters of a list's address, so no name of a filter
GIVEN = {  # what is made where nothing is said, and how a form says so
    "number": "留空时按日期、对象自动编号；有纸面编号的填纸面编号",
    "valid_from": "自这一天起在台账内；留空为登记当天",
    "department": "留空为您所在的部门",
}


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"
    DEPARTMENT = "department"
    ENTRY = "entry"  # another entry, by its code; ``points_at`` says of which model
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: how it is called, what it holds, whether it must be filled.

    ``choices`` are stored value → word. ``headings`` are all the headings by which a sheet may print it, the first being ours.
    ``least`` and ``most`` bound a number, ``longest`` a text.
    """

    name: str
    title: str
    kind: Kind
    required: bool
    unit: str = ""
    help: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    headings: tuple[str, ...] = ()
    longest: int | None = None
    least: float | None = None
    most: float | None = None
    decimals: int | None = None
    check: Check | None = None
    points_at: type[Entry] | None = None

    @property
    def heading(self) -> str:
        """The title with the unit, as a column is headed."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


@cache
def specs(table: Table) -> Mapping[str, FieldSpec]:
    """The fields people fill, by name, in the order of the model: the spine's, then the kind's own."""
    model_fields = [field for field in table.model._meta.concrete_fields if field.name not in TECHNICAL]  # type: ignore[attr-defined] # noqa: SLF001 - both kinds have a model
    return {field.name: _spec(table, field) for field in model_fields if field.name not in table.hidden and field.name not in _off(table)}


def spec(table: Table, name: str) -> FieldSpec:
    """One field, also one that is shown but not filled (status, when it was entered)."""
    return specs(table).get(name) or _spec(table, table.model._meta.get_field(name))  # type: ignore[attr-defined] # noqa: SLF001 - same


def check_table(table: Table) -> None:
    """Raise ImproperlyConfigured when a declaration names a field that is not there, or a filter as an address has something else."""
    if taken := SPOKEN_FOR & set(table.filters):
        msg = f"{table.slug}: no filter can be called {sorted(taken)}"
        raise ImproperlyConfigured(msg)
    named = {
        *table.columns,
        *table.filters,
        *table.hidden,
        *table.titles,
        *table.aliases,
        *table.units,
        *table.helps,
        *table.checks,
        *table.parses,
    }
    named |= {*table.searched, *table.needed} if isinstance(table, Ledger) else set()
    named |= {*table.key, *filter(None, [table.result])} if isinstance(table, RecordKind) else set()
    for name in named:
        try:
            table.model._meta.get_field(name)  # type: ignore[attr-defined] # noqa: SLF001 - same
        except FieldDoesNotExist as error:
            msg = f"{table.slug}: {error}"
            raise ImproperlyConfigured(msg) from error


def _off(table: Table) -> frozenset[str]:
    """What this kind of table never asks for."""
    if isinstance(table, RecordKind):
        return frozenset({"entry"})  # found by its label
    placed = table.placed.value if isinstance(table, Ledger) else ""
    nowhere = frozenset({*POINT, "shape"}) if placed == "nowhere" else frozenset({"shape"}) if placed == "point" else frozenset()
    return LIFE | nowhere


def _spec(table: Table, field: Any) -> FieldSpec:
    title = str(table.titles.get(field.name, field.verbose_name))
    printed = (title, str(field.verbose_name), *table.aliases.get(field.name, ()))
    kind = _kind(field)
    least, most = _bounds(field)
    return FieldSpec(
        name=field.name,
        title=title,
        kind=kind,
        required=not field.blank and not field.has_default() and field.name not in GIVEN,
        unit=table.units.get(field.name, ""),
        help=str(table.helps.get(field.name, field.help_text) or GIVEN.get(field.name, "")),
        choices=tuple((value, str(word)) for value, word in field.flatchoices),
        headings=tuple(dict.fromkeys(printed)),
        longest=field.max_length if kind in (Kind.TEXT, Kind.CHOICE) else None,
        least=least,
        most=most,
        decimals=getattr(field, "decimal_places", None),
        check=table.checks.get(field.name),
        points_at=field.related_model if kind is Kind.ENTRY else None,
    )


def _kind(field: Any) -> Kind:
    if field.flatchoices:
        return Kind.CHOICE
    if isinstance(field, models.ForeignKey):
        return Kind.DEPARTMENT if issubclass(field.related_model, Department) else Kind.ENTRY
    for classes, kind in _KINDS:
        if isinstance(field, classes):
            return kind
    return Kind.TEXT


_KINDS: tuple[tuple[Any, Kind], ...] = (
    (models.JSONField, Kind.SHAPE),
    (models.BooleanField, Kind.BOOLEAN),
    (models.DateTimeField, Kind.MOMENT),
    (models.DateField, Kind.DATE),
    (models.IntegerField, Kind.INTEGER),
    ((models.FloatField, models.DecimalField), Kind.NUMBER),
)


def _bounds(field: Any) -> tuple[float | None, float | None]:
    """What the field's own validators allow."""
    limits = {type(validator).__name__: validator.limit_value for validator in field.validators if hasattr(validator, "limit_value")}
    return limits.get("MinValueValidator"), limits.get("MaxValueValidator")
