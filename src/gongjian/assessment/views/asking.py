"""What every page of the assessment begins with."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.assessment.models import Assessment, Score
from gongjian.assessment.queries.seeing import Sight, sight_of
from gongjian.indicators.periods import Period, PeriodKind, parse_period, period_of
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import Forbidden
from gongjian.trail.clock import now

KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)


def asker(request: HttpRequest) -> User:
    """Who is signed in; pages that act ask for that first."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before  # nosec B101
    return request.user


def seen_assessment(request: HttpRequest, pk: int) -> tuple[Assessment, Sight]:
    """The assessment of the address, and what of it this person may see."""
    assessment = get_object_or_404(Assessment, pk=pk)
    return assessment, sight_of(assessment, request.user)


def seen_score(request: HttpRequest, pk: int, department: int) -> tuple[Assessment, Score, Sight]:
    """A department's score, if this person may see it."""
    assessment, sight = seen_assessment(request, pk)
    score = get_object_or_404(Score.objects.select_related("department"), assessment=assessment, department=department)
    if not sight.covers(score.department_id):
        msg = f"{assessment}尚未公布，公布之前只能看本部门的得分。"
        raise Forbidden(msg)
    return assessment, score, sight


def period_called(code: str) -> Period:
    """The period of the address; 404 for what is no month, quarter or year that has begun."""
    try:
        period = parse_period(code)
    except Refusal as refusal:
        raise Http404 from refusal
    if period.kind not in KINDS or period.first > now().date():
        raise Http404
    return period


def tabs(here: str) -> list[dict[str, Any]]:
    """The two places of this room: what is kept, and how it stands now."""
    this_month = period_of(PeriodKind.MONTH, now().date()).code
    places = (
        ("kept", _("各期考核"), reverse("assessment:assessments")),
        ("live", _("本月实时"), reverse("assessment:live", args=[this_month])),
    )
    return [{"title": title, "url": url, "active": name == here} for name, title, url in places]
