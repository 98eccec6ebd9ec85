"""The numbers plans hold an indicator against."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongjian.plans.models import Commitment
from gongjian.plans.office_day import end_of
from gongjian.plans.planfile.model import CommitmentKind


def targets(code: str, on: date) -> QuerySet[Commitment]:
    """The targets of an indicator in force by the end of ``on``, of plans of that year, each with its measure."""
    moment = end_of(on)
    standing = Q(effective_at__lt=moment) & (Q(replaced_at=None) | Q(replaced_at__gte=moment))
    found = Commitment.objects.filter(standing, kind=CommitmentKind.TARGET.value, indicator=code, value__isnull=False)
    return found.filter(measure__programme__year=on.year).select_related("measure").order_by("measure__key", "order")
