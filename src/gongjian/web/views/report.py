"""The monthly report of one measure: written, handed in, reviewed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission
from gongjian.plans.actions import reporting
from gongjian.plans.flow import REPORT
from gongjian.plans.models import Measure, Report
from gongjian.plans.models.performance import ReportState
from gongjian.plans.queries.detail import detail
from gongjian.plans.queries.reports import answering, due_days
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt
from gongjian.web.forms import ReasonForm, ReportForm
from gongjian.web.showing import shown


@login_required
def report(request: HttpRequest, pk: int, month: Month) -> HttpResponse:
    """Read it, and where one may, write it or review it. POST saves a draft, and hands it in with ``then=submit``."""
    found = get_object_or_404(Measure.objects.select_related("programme"), pk=pk)
    if month not in due_days(found.programme):
        msg = f"{month.words()}不在这份计划的填报月份内。"
        raise Http404(msg)
    if request.method != "POST":
        return _page(request, found, month)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, found, month, form=form)
    words = "月报已提交，等待审核。" if "submit" in request.POST else "草稿已保存，尚未提交。"
    if refusal := attempt(request, lambda: _save(request, found, month, form.cleaned_data), words):
        return _page(request, found, month, form=form, refusal=refusal)
    return redirect("web:report", pk=pk, month=month)


def _save(request: HttpRequest, measure: Measure, month: Month, typed: dict[str, Any]) -> None:
    version = typed.pop("version")
    act = reporting.write_and_submit if "submit" in request.POST else reporting.write
    act(measure, month, reporting.Account(**typed), by=request.user, at=now(), version=version)  # type: ignore[arg-type]


_STEPS: dict[str, tuple[Callable[..., object], str]] = {
    "recall": (lambda report, _reason, **who: reporting.recall(report, **who), "月报已撤回，可以继续修改。"),
    "accept": (lambda report, reason, **who: reporting.accept(report, note=reason, **who), "月报已采用。"),
    "return": (reporting.send_back, "月报已退回，牵头部门会收到提醒。"),
}


@login_required
@require_POST
def step(request: HttpRequest, pk: int, month: Month, step: str) -> HttpResponse:
    """Recall, accept or return."""
    if step not in _STEPS:
        raise Http404
    found = get_object_or_404(Report.objects.select_related("measure__programme"), measure=pk, month=month.first)
    act, done = _STEPS[step]
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(
            request, found.measure, month, refusal=Refusal("".join(map(str, form.errors["reason"]))), reason=form["reason"].value()
        )
    reason = form.cleaned_data["reason"]
    if refusal := attempt(request, lambda: act(found, reason, by=request.user, at=now()), done):
        return _page(request, found.measure, month, refusal=refusal, reason=reason)
    if step != "recall" and request.POST.get("next") == "work":
        return redirect("web:workbench")
    return redirect("web:report", pk=pk, month=month)


def _page(
    request: HttpRequest,
    measure: Measure,
    month: Month,
    *,
    form: ReportForm | None = None,
    refusal: Refusal | None = None,
    reason: str = "",
) -> HttpResponse:
    seen = detail(measure, shown(request, measure.programme).last)
    leads = answering(seen.lead)
    require(request.user, Permission.REPORT_VIEW, departments=[*leads, *answering(seen.support)])
    stored = Report.objects.filter(measure=measure, month=month.first).select_related("department").first()
    state = ReportState(stored.state) if stored else ReportState.DRAFT
    writes = may(request.user, Permission.REPORT_WRITE, departments=leads)
    open_steps = {step.name for step in REPORT.open_from(state) if may(request.user, Permission(step.permission), departments=leads)}
    return render(
        request,
        "web/report.html",
        {
            "programme": measure.programme,
            "measure": measure,
            "seen": seen,
            "month": month,
            "due": due_days(measure.programme)[month],
            "stored": stored,
            "form": form or (_form(stored) if writes and "submit" in open_steps else None),
            "steps": open_steps if stored else set(),
            "history": stored.steps.all() if stored else (),
            "reason_form": ReasonForm({"reason": reason} if reason else None),
            "refusal": refusal,
            "search_url": reverse("web:home"),
        },
        status=409 if refusal else 200,
    )


def _form(stored: Report | None) -> ReportForm:
    fields = ("standing", "progress", "difficulties", "next_steps", "version")
    return ReportForm(initial={name: getattr(stored, name) for name in fields} if stored else {"standing": "on_course"})
