"""Where one begins: every period that was assessed, and what can be drafted."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.assessment.actions.drafting import draft
from gongjian.assessment.forms import DraftForm
from gongjian.assessment.models import Assessment, ObjectionState
from gongjian.assessment.queries.offered import offered
from gongjian.assessment.queries.seeing import manages, oversees, seen
from gongjian.assessment.views.asking import asker, tabs
from gongjian.indicators.periods import parse_period
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import reach, require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt

PAGE = 50


@login_required
def assessments(request: HttpRequest) -> HttpResponse:
    """Every assessment this person may open."""
    require(request.user, Permission.ASSESSMENT_VIEW)
    return _page(request)


@login_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Draft the assessment of a period and open it."""
    require(request.user, Permission.ASSESSMENT_MANAGE)
    made: list[Assessment] = []
    form = DraftForm(request.POST, offered=offered(now().date()))
    if not form.is_valid():
        return _page(request, Refusal(_("这一期不能编制，或已经在编制：请从列表里选择。")))
    period = parse_period(form.cleaned_data["period"])
    words = _("已编制%s考核的草稿。") % period.words()
    refusal = attempt(request, lambda: made.append(draft(period, by=asker(request), at=now())), words)
    return _page(request, refusal) if refusal else redirect("assessment:assessment", pk=made[0].pk)


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    waiting = Count("objections", filter=Q(objections__state__in=[ObjectionState.OPEN, ObjectionState.PROPOSED]), distinct=True)
    found = seen(request.user).annotate(waiting=waiting).defer("scheme").order_by("-first", "kind", "-edition")
    may_draft = manages(request.user)
    shown = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "form": DraftForm(offered=offered(now().date())) if may_draft else None,
        "oversees": oversees(request.user),
        "own": sorted(reach(request.user, Permission.ASSESSMENT_PREVIEW).departments),
        "tabs": tabs("kept"),
        "refusal": refusal,
    }
    return render(request, "assessment/list.html", shown, status=409 if refusal else 200)
