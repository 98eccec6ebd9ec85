"""What was known by the end of several days: one query for all of them, however many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.expressions import Combinable

from gongjian.indicators.asof import standing
from gongjian.indicators.formulas import Records
from gongjian.trail.office_day import end_of

SINCE, UNTIL = "known_since", "known_until"
_ANY = Records("", "")  # versions of records and of entries are told apart alike
Known = list[list[tuple[Any, ...]]]


def known(found: QuerySet[Any], as_of: Sequence[date | None], *fields: str, **counted: Combinable) -> Known:
    """For each of ``as_of`` the rows of ``found`` in force by its end: the values of ``fields``, then of ``counted``.

    With ``counted`` the database adds up the rows of the same fields; a row may then come in parts, whose counts add up.
    """
    days = sorted({day for day in as_of if day is not None})
    ranked: list[date | None] = [*days, *([None] if None in as_of else [])]
    rows = found.order_by().filter(standing(_ANY, *ranked))
    if len(ranked) == 1:  # all that is left stood on that day
        taken = list((rows.values(*fields).annotate(**counted) if counted else rows).values_list(*fields, *counted))
        return [taken for _ in as_of]
    return _told_apart(rows, ranked, as_of, fields, counted)


def _told_apart(
    rows: QuerySet[Any], ranked: list[date | None], as_of: Sequence[date | None], fields: tuple[str, ...], counted: dict[str, Combinable]
) -> Known:
    moments = [end_of(day) for day in ranked if day is not None]
    never = When(**{f"{_ANY.replaced}__isnull": True}, then=Value(len(ranked)))
    rows = rows.annotate(**{SINCE: _rank(_ANY.entered, moments), UNTIL: _rank(_ANY.replaced, moments, never)})
    if counted:
        rows = rows.values(SINCE, UNTIL, *fields).annotate(**counted)
    taken = list(rows.values_list(SINCE, UNTIL, *fields, *counted))
    places = [ranked.index(day) for day in as_of]
    return [[row[2:] for row in taken if row[0] <= place < row[1]] for place in places]


def _rank(path: str, moments: Sequence[datetime], *first: When) -> Case:
    """The number of the first moment that a column lies before; how many there are where it lies before none."""
    whens = [When(**{f"{path}__lt": moment}, then=Value(number)) for number, moment in enumerate(moments)]
    return Case(*first, *whens, default=Value(len(moments)), output_field=IntegerField())
