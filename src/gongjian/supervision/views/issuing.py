"""Issuing an order by hand: against a department, about a measure, a case or anything else."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.cases.clocks import office
from gongjian.cases.models import Case
from gongjian.cases.queries.concerning import within
from gongjian.kernel.worktime import days
from gongjian.people.permissions import reach, require
from gongjian.people.roles import Permission
from gongjian.plans.models import Measure
from gongjian.plans.queries.reports import lead_departments
from gongjian.supervision.actions.issuing import Draft, issue
from gongjian.supervision.forms import IssueForm
from gongjian.supervision.models import Colour, Order
from gongjian.supervision.views.asking import asker
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt

USUAL = 5  # working days a form offers for the answer


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """The form; ``?measure=`` and ``?case=`` are what the order is about, by their keys."""
    require(request.user, Permission.ORDER_ISSUE)
    visible = Case.objects.filter(within(reach(request.user, Permission.CASE_VIEW)))
    form = IssueForm(request.POST or None, visible=visible, initial=_initial(request))
    made: list[Order] = []
    refusal = None
    if request.method == "POST" and form.is_valid():
        refusal = attempt(request, lambda: made.append(_issue(request, form.cleaned_data)), _("督办单已签发，责任单位会收到提醒。"))
        if refusal is None:
            return redirect("supervision:order", pk=made[0].pk)
    return render(request, "supervision/new.html", {"form": form, "refusal": refusal}, status=409 if refusal else 200)


def _issue(request: HttpRequest, typed: dict[str, Any]) -> Order:
    said = {name: typed[name] for name in ("department", "colour", "title", "demand", "due_at", "fact", "measure", "case")}
    return issue(Draft(**said), by=asker(request), at=now(), token=typed["token"])


def _initial(request: HttpRequest) -> dict[str, Any]:
    at = now()
    due = office(at).due(timezone.localtime(at), days(USUAL))
    found: dict[str, Any] = {"token": secrets.token_hex(16), "colour": Colour.BLUE.value, "due_at": due}
    asked = request.GET.get("measure", "")
    measure = Measure.objects.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < len("9" * 18) else None
    if measure is not None:
        found |= {"measure": measure.key, "department": next(iter(lead_departments(measure, at)), None)}
    return found | {"case": request.GET.get("case", "")[:20]}
