"""Conditions compiled for Django's database layer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import and_, or_

from django.db.models import F, Q

from gongjian.indicators.conditions import All, Any, Compare, CompareFields, Condition, Known, Not, OneOf

_LOOKUPS: Mapping[str, str] = {"==": "exact", "<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
NOTHING = Q(pk__in=())


def compiled(condition: Condition) -> Q:  # noqa: PLR0911 - one arm for each node
    """The condition as a Q; empty where it always holds. TypeError on a node this engine does not know."""
    match condition:
        case Compare(path=path, op=op, value=value):
            return _compare(path, op, value, Q())
        case CompareFields(path=path, op=op, other=other):
            return _compare(path, op, F(other), Q(**{f"{other}__isnull": False}))
        case OneOf(path=path, values=values):
            return Q(**{f"{path}__in": values}) if values else NOTHING
        case Known(path=path):
            return Q(**{f"{path}__isnull": False})
        case All(parts=parts):
            return reduce(and_, map(compiled, parts), Q())
        case Any(parts=parts):
            return _any(parts)
        case Not(part=part):
            inside = compiled(part)
            return ~inside if inside else NOTHING
    msg = f"{condition!r} is no condition this engine knows"
    raise TypeError(msg)


def _compare(path: str, op: str, value: object, known: Q) -> Q:
    if op == "!=":  # a missing value is not different, it is missing
        return ~Q(**{path: value}) & Q(**{f"{path}__isnull": False}) & known
    return Q(**{f"{path}__{_LOOKUPS[op]}": value}) & known


def _any(parts: tuple[Condition, ...]) -> Q:
    """A part that always holds compiles to an empty Q, which Django would drop from an OR."""
    inside = [compiled(part) for part in parts]
    if not inside:
        return NOTHING
    return reduce(or_, inside) if all(inside) else Q()
