"""A declaration held against the table it reads: every field it names must be there and be fit for what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import DateField, DateTimeField, DecimalField, Field, FloatField, ForeignKey, IntegerField, Model

from gongjian.indicators.conditions import Condition, named_fields
from gongjian.indicators.formulas import Count, Coverage, Distinct, FromRecords, Latest, Mean, Ratio, RatioOf, Records, Share, Sum
from gongjian.indicators.grammar import Indicator

_NUMBERS = (IntegerField, FloatField, DecimalField)
AnyField = Field[Any, Any]


@cache
def model_of(records: Records) -> type[Model]:
    """The model that ``app.Model`` names."""
    return apps.get_model(records.model)


def hops(model: type[Model], path: str) -> list[AnyField]:
    """The fields along a path; ImproperlyConfigured where one is missing or does not point at exactly one row."""
    fields: list[AnyField] = []
    for name in path.split("__"):
        if fields:
            relation = fields[-1]
            if not isinstance(relation, ForeignKey):
                msg = f"{model.__name__}.{path}: {relation.name} points at nothing"
                raise ImproperlyConfigured(msg)
            model = relation.related_model
        try:
            field = model._meta.get_field(name)  # noqa: SLF001 - Django's public name
        except FieldDoesNotExist as error:
            raise ImproperlyConfigured(str(error)) from error
        if not isinstance(field, Field) or field.many_to_many:
            msg = f"{model.__name__}.{name} is not a column: counting across it would count rows twice"
            raise ImproperlyConfigured(msg)
        fields.append(field)
    return fields


def nullable(records: Records, path: str) -> bool:
    """Whether a record may have nothing there."""
    return any(field.null for field in hops(model_of(records), path))


def conditions_of(formula: FromRecords) -> Iterable[Condition]:
    """Every condition of a formula."""
    match formula:
        case Ratio(passed=passed, among=among):
            return (passed, among)
        case Share(part=part, among=among):
            return (part, among)
        case Coverage(among=among):
            return (among,)
    return (formula.where,)


def measures_of(formula: FromRecords) -> tuple[str, ...]:
    """The fields whose values are added up or counted; none where records are."""
    match formula:
        case Count() | Ratio() | Coverage():
            return ()
        case RatioOf(sum_of=top, over=bottom):
            return (top, bottom)
    return (formula.of,)


def check(indicator: Indicator) -> None:
    """Raise ImproperlyConfigured when the declaration does not fit its table; nothing to do for a computed one."""
    records, formula = indicator.records, indicator.formula
    if records is None or not isinstance(formula, FromRecords):
        return
    _check_records(indicator.code, records)
    model = model_of(records)
    _check_fields(model, conditions_of(formula), (split.path for split in indicator.splits))
    _check_measured(indicator, model, formula)
    if isinstance(formula, Coverage):
        _check_coverage(indicator, formula, records)
    if isinstance(formula, Latest) and records.until:
        msg = f"{indicator.code}: what holds has no latest record; a stock is counted or summed"
        raise ImproperlyConfigured(msg)


def _check_records(code: str, records: Records) -> None:
    model = model_of(records)
    for day in filter(None, (records.dated, records.until)):
        found = hops(model, day)[-1]
        if not isinstance(found, DateField) or isinstance(found, DateTimeField):
            msg = f"{code}: {records.model}.{day} is no day"
            raise ImproperlyConfigured(msg)
    for moment in (records.entered, records.replaced):
        if not isinstance(hops(model, moment)[-1], DateTimeField):
            msg = f"{code}: {records.model}.{moment} is no moment"
            raise ImproperlyConfigured(msg)


def _check_fields(model: type[Model], conditions: Iterable[Condition], paths: Iterable[str]) -> None:
    for path in {path for condition in conditions for path in named_fields(condition)} | set(paths):
        hops(model, path)


def _check_measured(indicator: Indicator, model: type[Model], formula: FromRecords) -> None:
    for measured in measures_of(formula):
        if isinstance(formula, Distinct) and not measured:
            msg = f"{indicator.code}: distinct values of what?"
            raise ImproperlyConfigured(msg)
        if not isinstance(hops(model, measured)[-1], _NUMBERS) and isinstance(formula, Sum | Mean | Share | RatioOf | Latest):
            msg = f"{indicator.code}: {measured} is no number"
            raise ImproperlyConfigured(msg)
    if isinstance(formula, Latest) and formula.per:
        hops(model, formula.per)


def _check_coverage(indicator: Indicator, formula: Coverage, things: Records) -> None:
    """Things must hold for a time, records happen on a day, and both name the same thing."""
    if not things.until or formula.records.until:
        msg = f"{indicator.code}: things hold until a day, what covers them happens on one"
        raise ImproperlyConfigured(msg)
    _check_records(indicator.code, formula.records)
    _check_fields(model_of(formula.records), (formula.where,), (formula.by,))
    thing, by = hops(model_of(things), formula.thing), hops(model_of(formula.records), formula.by)
    if len(thing) + len(by) > 2 or thing[0].null or _points_at(thing[0]) != _points_at(by[0]):  # noqa: PLR2004 - one hop each
        msg = f"{indicator.code}: {formula.thing} and {formula.by} do not name the same things"
        raise ImproperlyConfigured(msg)


def _points_at(field: AnyField) -> object:
    """The table a relation or a primary key is of, as its root tells; what kind of value any other field holds."""
    model = field.related_model or (field.model if field.primary_key else None)
    return (model._meta.get_parent_list() or [model])[-1] if isinstance(model, type) else field.get_internal_type()  # noqa: SLF001 - Django's public name
