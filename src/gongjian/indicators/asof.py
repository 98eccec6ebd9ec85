"""Which version of a record was in force by the end of a past day: one WHERE clause."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongjian.indicators.formulas import Records
from gongjian.trail.office_day import end_of


def standing(records: Records, *as_of: date | None) -> Q:
    """The versions in force by the end of any of the days ``as_of``, which ascend; None, the last of them: those in force now."""
    first, last = as_of[0], as_of[-1]
    kept = Q(**{f"{records.replaced}__isnull": True})
    if first is not None:
        kept |= Q(**{f"{records.replaced}__gte": end_of(first)})
    return kept if last is None else Q(**{f"{records.entered}__lt": end_of(last)}) & kept


def entered_after(records: Records, day: date) -> Q:
    """Versions entered after the end of ``day``."""
    return Q(**{f"{records.entered}__gte": end_of(day)})
