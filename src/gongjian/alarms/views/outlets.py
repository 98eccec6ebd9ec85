"""Outlets and the limits that bind them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from gongjian.alarms.actions.outlets import Bound, end_limit, set_limit
from gongjian.alarms.forms import EndForm, LimitForm
from gongjian.alarms.models import Limit, Outlet
from gongjian.alarms.queries.outlets import limits_shown, open_alarms, outlets_seen
from gongjian.alarms.rules import rules_for
from gongjian.alarms.views.asking import asker, seen_outlet, tabs
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import may, reach, require
from gongjian.people.roles import Permission
from gongjian.telemetry.store import Period
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every outlet in use, whose it is and what waits there."""
    require(request.user, Permission.ALARM_VIEW)
    outlets = outlets_seen(reach(request.user, Permission.ALARM_VIEW))
    return render(request, "alarms/outlets.html", {"tabs": tabs("outlets"), "outlets": outlets})


@login_required
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """An outlet: what is open, its limits, the rules it is watched by; and the form for another limit."""
    outlet = seen_outlet(request, pk)
    form, refusal = LimitForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        bound = Bound(**form.cleaned_data | {"averaging": Period(form.cleaned_data["averaging"])})
        refusal = attempt(request, lambda: set_limit(outlet, bound, by=asker(request), at=now()), _("限值已登记。"))
        if refusal is None:
            return redirect("alarms:outlet", pk=pk)
    return _page(request, outlet, form, refusal)


@login_required
def end(request: HttpRequest, pk: int, limit: int) -> HttpResponse:
    """Let a limit no longer bind from a day on."""
    outlet = seen_outlet(request, pk)
    found = get_object_or_404(Limit.objects.select_related("outlet__station", "factor"), pk=limit, outlet=outlet)
    require(request.user, Permission.LIMIT_WRITE, departments=[outlet.department_id])
    form, refusal = EndForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        refusal = attempt(request, lambda: end_limit(found, form.cleaned_data["on"], by=asker(request), at=now()), _("限值已停用。"))
        if refusal is None:
            return redirect("alarms:outlet", pk=pk)
    shown = {"outlet": outlet, "limit": found, "form": form, "refusal": refusal}
    return render(request, "alarms/end_limit.html", shown, status=409 if refusal else 200)


def _page(request: HttpRequest, outlet: Outlet, form: LimitForm, refusal: Refusal | None) -> HttpResponse:
    shown = {
        "outlet": outlet,
        "limits": limits_shown(outlet),
        "alarms": open_alarms(outlet.station),
        "rules": rules_for(outlet.station.kind),
        "may_write": may(request.user, Permission.LIMIT_WRITE, departments=[outlet.department_id]),
        "form": form,
        "refusal": refusal,
        "today": now().date(),
    }
    return render(request, "alarms/outlet.html", shown, status=409 if refusal else 200)
