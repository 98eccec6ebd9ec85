"""A reading with its series and provenance as plain JSON: for the command line and the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gongjian.indicators.grammar import Indicator
from gongjian.indicators.periods import Period
from gongjian.indicators.queries.frozen import reading
from gongjian.indicators.queries.values import series
from gongjian.kernel.months import Month


def told(indicator: Indicator, period: Period, as_of: date | None, now: datetime) -> dict[str, Any]:
    """The reading of a period with the months it touches; the frozen one where there is one and no past day is asked for."""
    found = reading(indicator, period, as_of)
    months = series(indicator, Month.of(period.first), Month.of(period.last), as_of)
    return {
        "code": indicator.code,
        "title": indicator.title,
        "period": period.code,
        "value": found.value,
        "unit": found.unit,
        "valid": found.valid,
        "reasons": list(found.reasons),
        "expected": found.expected,
        "present": found.present,
        "series": [
            {
                "period": month.period.code,
                "value": month.value,
                "valid": month.valid,
                "reasons": list(month.reasons),
                "expected": month.expected,
                "present": month.present,
            }
            for month in months
        ],
        "provenance": found.provenance(now),
    }
