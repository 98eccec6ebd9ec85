"""The page of one measure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission
from gongjian.plans.models import Measure
from gongjian.plans.queries.detail import detail
from gongjian.plans.queries.reports import answering
from gongjian.supervision.queries.mine import orders_about
from gongjian.trail.clock import now
from gongjian.trail.queries import history
from gongjian.web.showing import shown


def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Text with its source cell, commitments with reasons, responsibilities, reports, history."""
    require(request.user, Permission.PLAN_VIEW)
    found = get_object_or_404(Measure.objects.select_related("programme"), pk=pk)
    dating = shown(request, found.programme)
    seen = detail(found, dating.on)
    leads = answering(seen.lead)
    tells = may(request.user, Permission.REPORT_VIEW, departments=[*leads, *answering(seen.support)])
    orders = orders_about(found.pk, request.user) if dating.is_today else []
    return render(
        request,
        "web/measure.html",
        {
            "programme": found.programme,
            "dating": dating,
            "seen": seen,
            "measure": found,
            "may_read_reports": tells,
            "may_write": dating.is_today and may(request.user, Permission.REPORT_WRITE, departments=leads),
            "may_fulfil": dating.is_today and may(request.user, Permission.COMMITMENT_FULFIL, departments=leads),
            "may_adjust": dating.is_today and may(request.user, Permission.PLAN_ADJUST),
            "may_supervise": dating.is_today and may(request.user, Permission.ORDER_ISSUE),
            "orders": orders,
            "at": now() if orders else None,
            "events": history(found, limit=50) if tells else [],
        },
    )
