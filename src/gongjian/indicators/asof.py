"""Which version of a record was in force by the end of a past day: one WHERE clause."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongjian.indicators.grammar import Records
from gongjian.trail.office_day import end_of


def standing(records: Records, as_of: date | None) -> Q:
    """The versions in force by the end of ``as_of``; None: those in force now."""
    if as_of is None:
        return Q(**{f"{records.replaced}__isnull": True})
    moment = end_of(as_of)
    return Q(**{f"{records.entered}__lt": moment}) & (
        Q(**{f"{records.replaced}__isnull": True}) | Q(**{f"{records.replaced}__gte": moment})
    )


def entered_after(records: Records, day: date) -> Q:
    """Versions entered after the end of ``day``."""
    return Q(**{f"{records.entered}__gte": end_of(day)})
