"""Small words of the ledgers' pages: ``{% load ledgers %}``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import template
from django.forms import BoundField, Form
from django.urls import reverse

from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.forms import RowForm
from gongjian.ledgers.happenings import Happening
from gongjian.ledgers.models import Entry
from gongjian.ledgers.queries.facts import GENERAL, LIFE, OWN, PLACE, group_of
from gongjian.people.models import Department, Kind

register = template.Library()
_UNITS = {"lon": "°E", "lat": "°N"}


@register.filter
def address(one: Happening | Entry) -> str:
    """Where to read on."""
    if isinstance(one, Entry):
        return reverse("ledgers:entry", args=[one.kind, one.pk])
    return reverse(one.page, args=one.about) if one.page else ""


@register.filter
def unit(field: BoundField) -> str:
    """The unit beside a box."""
    spec = getattr(field.field, "spec", None)
    return _UNITS.get(field.name) or (spec.unit if spec else "")


@register.filter
def may_be_empty(field: BoundField) -> bool:
    """Whether the table lets the field be empty, whatever the form says."""
    spec = getattr(field.field, "spec", None)
    return not spec.required if spec else not field.field.required


@register.filter
def among(form: Form) -> list[str]:
    """The lists of suggestions that the boxes of a form use, each once."""
    lists: Iterable[str] = (field.widget.attrs.get("data-among", "") for field in form.fields.values())
    return list(dict.fromkeys(filter(None, lists)))


@register.simple_tag
def streets() -> list[str]:
    """The names of streets and towns, as a list is narrowed by them."""
    return list(Department.objects.filter(active=True, kind__in=(Kind.STREET, Kind.TOWN)).values_list("name", flat=True))


@register.filter
def sections(form: RowForm) -> list[tuple[str, list[BoundField]]]:
    """The boxes of a form in the groups of the page of an entry, the place apart; a record's form is one group."""
    if not isinstance(form.table, Ledger):
        return [("", list(form))]
    groups: dict[str, list[BoundField]] = {GENERAL: [], OWN: [], PLACE: [], LIFE: []}
    for field in form:
        groups[group_of(field.name)].append(field)
    return [(title, fields) for title, fields in groups.items() if fields]


@register.filter
def at(things: Sequence[object], place: int) -> object:
    """What stands at a place, counted from 0."""
    return things[place]
