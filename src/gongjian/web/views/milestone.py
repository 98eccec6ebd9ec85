"""A milestone: marked done with evidence, or taken back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.plans.actions import milestones
from gongjian.plans.models import Achievement, Commitment
from gongjian.plans.queries.reports import lead_departments
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt
from gongjian.web.forms import MilestoneForm, ReasonForm


@login_required
def mark_done(request: HttpRequest, pk: int, commitment: int) -> HttpResponse:
    """The form, and its sending."""
    found = get_object_or_404(Commitment.objects.select_related("measure__programme"), pk=commitment, measure=pk)
    require(request.user, Permission.COMMITMENT_FULFIL, departments=lead_departments(found.measure, now()))
    form = MilestoneForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        refusal = attempt(
            request,
            lambda: milestones.mark_done(found, typed["done_on"], typed["evidence"], typed["document"], by=request.user, at=now()),  # type: ignore[arg-type]
            "节点已标记完成。",
        )
        if refusal is None:
            return redirect("web:measure", pk=pk)
    shown = {"commitment": found, "measure": found.measure, "programme": found.measure.programme, "form": form, "refusal": refusal}
    return render(request, "web/milestone.html", shown, status=409 if refusal else 200)


@login_required
def take_back(request: HttpRequest, pk: int, achievement: int) -> HttpResponse:
    """The form, and its sending."""
    found = get_object_or_404(Achievement.objects.select_related("commitment__measure__programme"), pk=achievement, commitment__measure=pk)
    measure = found.commitment.measure
    require(request.user, Permission.COMMITMENT_FULFIL, departments=lead_departments(measure, now()))
    form = ReasonForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        refusal = attempt(request, lambda: milestones.take_back(found, reason, by=request.user, at=now()), "完成记录已撤回。")  # type: ignore[arg-type]
        if refusal is None:
            return redirect("web:measure", pk=pk)
    shown = {"achievement": found, "measure": measure, "programme": measure.programme, "form": form, "refusal": refusal}
    return render(request, "web/milestone_take_back.html", shown, status=409 if refusal else 200)
