"""The numbers plans hold an indicator against."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongjian.plans.models import Commitment
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.trail.office_day import end_of


def targets(code: str, on: date) -> QuerySet[Commitment]:
    """The targets and trends of an indicator in force by the end of ``on``, of plans of that year, each with its measure.

    A target has its value; a trend only its direction, up or down.
    """
    moment = end_of(on)
    standing = Q(effective_at__lt=moment) & (Q(replaced_at=None) | Q(replaced_at__gte=moment))
    valued = Q(kind=CommitmentKind.TARGET.value, value__isnull=False)
    turned = Q(kind=CommitmentKind.TREND.value, direction__in=("up", "down"))
    found = Commitment.objects.filter(standing, valued | turned, indicator=code)
    return found.filter(measure__programme__year=on.year).select_related("measure").order_by("measure__key", "order")
