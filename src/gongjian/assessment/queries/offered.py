"""Which periods one may begin to assess on a day."""

from __future__ import annotations

from datetime import date

from gongjian.assessment.models import Assessment, AssessmentState
from gongjian.indicators.periods import Period, PeriodKind, month, period_of
from gongjian.kernel.months import Month

MONTHS = 6  # back from the present one


def offered(today: date) -> list[Period]:
    """The last months, quarters and years that have begun and have no assessment in the making or published; one query."""
    last = [month(Month.of(today).shifted(-back)) for back in range(MONTHS)]
    quarters = dict.fromkeys(period_of(PeriodKind.QUARTER, one.first) for one in last)
    years = dict.fromkeys(period_of(PeriodKind.YEAR, one.first) for one in last)
    making = Assessment.objects.exclude(state__in=[AssessmentState.SUPERSEDED, AssessmentState.DROPPED]).values_list("kind", "first")
    taken = set(making)
    return [one for one in (*last, *quarters, *years) if (one.kind.value, one.first) not in taken]


def latest(period: Period) -> Assessment | None:
    """What is kept of a period: the published edition, else the one in the making; None where there is neither. One query."""
    order = [AssessmentState.PUBLISHED, AssessmentState.OBJECTING, AssessmentState.DRAFT]
    found = {one.state: one for one in Assessment.objects.filter(kind=period.kind.value, first=period.first, state__in=order)}
    return next((found[state] for state in order if state in found), None)
