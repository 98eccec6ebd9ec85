"""Whether a sheet says of a field what is stored: as far as a spreadsheet can say it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gongjian.documents.cells import BadCell, read_text
from gongjian.ledgers.fields import POINT, FieldSpec, Kind

_DEGREES = 6e-8  # half of the last digit that is read
_SHARE = 1e-12  # a spreadsheet keeps 15 digits
_SECOND = timedelta(seconds=1)


def same(one: FieldSpec, stored: Any, said: Any) -> bool:
    """Whether the two are one value; text is the same however it is spaced, numbers and moments to what a cell holds."""
    if stored == said:
        return True
    if stored in (None, "") or said in (None, ""):
        return stored in (None, "") and said in (None, "")
    if one.name in POINT:
        return bool(abs(stored - said) <= _DEGREES)
    if isinstance(stored, float):
        return bool(abs(stored - said) <= abs(stored) * _SHARE)
    if isinstance(stored, datetime):
        return bool(abs(stored - said) < _SECOND)
    return one.kind is Kind.TEXT and _plain(stored) == said


def _plain(stored: str) -> str:
    """Stored text as it comes back from a cell."""
    try:
        return read_text(stored, longest=len(stored))
    except BadCell:
        return stored
