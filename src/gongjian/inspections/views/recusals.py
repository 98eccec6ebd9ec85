"""Recusals: who may not visit which enterprise."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.inspections.actions.recusing import end_recusal, recuse
from gongjian.inspections.forms import RecusalForm
from gongjian.inspections.models import Recusal
from gongjian.inspections.queries.drawing import possible_inspectors, recusals_on
from gongjian.inspections.views.asking import asker, frame
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The recusals in force, and entering one. Reasons are personal: only for those who organise draws."""
    require(request.user, Permission.TASK_MANAGE)
    on = now().date()
    form, refusal = RecusalForm(request.POST or None, people=possible_inspectors(on)), None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        refusal = attempt(
            request, lambda: recuse(said["user"], said["code"], said["reason"], by=asker(request), at=now()), _("回避已登记。")
        )
        if refusal is None:
            return redirect("inspections:recusals")
    shown = frame(request, "recusals") | {"rows": recusals_on(on).order_by("-id"), "form": form, "refusal": refusal}
    return render(request, "inspections/recusals.html", shown, status=409 if refusal else 200)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """One holds no longer."""
    require(request.user, Permission.TASK_MANAGE)
    found = get_object_or_404(Recusal, pk=pk)
    attempt(request, lambda: end_recusal(found, by=asker(request), at=now()), _("回避已解除。"))
    return redirect("inspections:recusals")
