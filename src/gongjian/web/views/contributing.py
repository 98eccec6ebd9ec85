"""What assisting departments contribute to a month's report: written, handed to the lead, asked for, returned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department, User
from gongjian.plans.actions import contributing
from gongjian.plans.models import Contribution, Measure
from gongjian.plans.queries.proofs import require_sight
from gongjian.plans.queries.reports import due_days
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt
from gongjian.web.forms import ContributionForm, ReasonForm
from gongjian.web.uploading import received
from gongjian.web.views.report_page import Typed, asker, report_page


@login_required
@require_POST
def contribution(request: HttpRequest, pk: int, month: Month, department: int) -> HttpResponse:
    """Save a draft with its files; ``submit`` hands it to the lead department."""
    measure, helper = _found(request, pk, month, department)
    form = ContributionForm(request.POST, request.FILES, department=department)
    typed = Typed(contribution=form, department=department)
    if not form.is_valid():
        return report_page(request, measure, month, typed=typed)
    words = "协办情况已报给牵头部门。" if "submit" in request.POST else "协办情况草稿已保存，尚未报出。"
    if refusal := attempt(request, lambda: _save(request, measure, month, helper, dict(form.cleaned_data)), words):
        return report_page(request, measure, month, typed=typed, refusal=refusal)
    return redirect("web:report", pk=pk, month=month)


def _save(request: HttpRequest, measure: Measure, month: Month, helper: Department, typed: dict[str, Any]) -> None:
    by, at = asker(request), now()
    files = received(typed["proofs"], by=by, at=at)
    act = contributing.write_and_hand_in if "submit" in request.POST else contributing.write
    act(measure, month, helper, typed["text"], by=by, at=at, version=typed["version"], files=files)


_Act = Callable[[Measure, Month, Department, str, User], object]
_STEPS: dict[str, tuple[_Act, str]] = {
    "recall": (lambda *what: contributing.recall(_standing(*what[:3]), by=what[4], at=now()), "协办情况已撤回，可以继续修改。"),
    "return": (
        lambda *what: contributing.send_back(_standing(*what[:3]), what[3], by=what[4], at=now()),
        "协办情况已退回，协办部门会收到提醒。",
    ),
    "ask": (lambda *what: contributing.ask(*what[:3], by=what[4], at=now()), "已向协办部门催要。"),
}


@login_required
@require_POST
def step(request: HttpRequest, pk: int, month: Month, department: int, step: str) -> HttpResponse:
    """Recall, return or ask for a contribution."""
    if step not in _STEPS:
        raise Http404
    measure, helper = _found(request, pk, month, department)
    act, done = _STEPS[step]
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else str(form["reason"].value())
    refusal = None if form.is_valid() else Refusal("".join(map(str, form.errors["reason"])))
    refusal = refusal or attempt(request, lambda: act(measure, month, helper, reason, asker(request)), done)
    if refusal:
        return report_page(request, measure, month, refusal=refusal, typed=Typed(department=department, returning=reason))
    return redirect("web:report", pk=pk, month=month)


def _found(request: HttpRequest, pk: int, month: Month, department: int) -> tuple[Measure, Department]:
    measure = get_object_or_404(Measure.objects.select_related("programme"), pk=pk)
    if month not in due_days(measure.programme):
        raise Http404
    require_sight(measure, by=asker(request), at=now())
    return measure, get_object_or_404(Department, pk=department)


def _standing(measure: Measure, month: Month, department: Department) -> Contribution:
    return get_object_or_404(Contribution, measure=measure, month=month.first, department=department)
