"""A declaration held against the table it reads: every field it names must be there and be fit for what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import DateField, DateTimeField, DecimalField, Field, FloatField, ForeignKey, IntegerField, Model

from gongjian.indicators.conditions import Condition, named_fields
from gongjian.indicators.formulas import Count, Distinct, FromRecords, Latest, Mean, Ratio, Share, Sum
from gongjian.indicators.grammar import Indicator, Records

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
    return (formula.where,)


def measured_of(formula: FromRecords) -> str:
    """The field whose values are added up or counted; empty where records are."""
    return "" if isinstance(formula, Count | Ratio) else formula.of


def check(indicator: Indicator) -> None:
    """Raise ImproperlyConfigured when the declaration does not fit its table; nothing to do for a computed one."""
    records, formula = indicator.records, indicator.formula
    if records is None or not isinstance(formula, FromRecords):
        return
    model = model_of(records)
    dated = hops(model, records.dated)[-1]
    if not isinstance(dated, DateField) or isinstance(dated, DateTimeField):
        msg = f"{indicator.code}: {records.model}.{records.dated} is no day"
        raise ImproperlyConfigured(msg)
    for moment in (records.entered, records.replaced):
        if not isinstance(hops(model, moment)[-1], DateTimeField):
            msg = f"{indicator.code}: {records.model}.{moment} is no moment"
            raise ImproperlyConfigured(msg)
    paths = {path for condition in conditions_of(formula) for path in named_fields(condition)}
    paths |= {split.path for split in indicator.splits}
    for path in paths:
        hops(model, path)
    _check_measured(indicator, model, formula)


def _check_measured(indicator: Indicator, model: type[Model], formula: FromRecords) -> None:
    measured = measured_of(formula)
    if measured and not isinstance(hops(model, measured)[-1], _NUMBERS) and isinstance(formula, Sum | Mean | Share | Latest):
        msg = f"{indicator.code}: {measured} is no number"
        raise ImproperlyConfigured(msg)
    if isinstance(formula, Latest) and formula.per:
        hops(model, formula.per)
    if isinstance(formula, Distinct) and not measured:
        msg = f"{indicator.code}: distinct values of what?"
        raise ImproperlyConfigured(msg)
