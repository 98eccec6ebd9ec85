"""The monthly report of one measure: written, handed in, reviewed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.plans.actions import reporting
from gongjian.plans.models import Contribution, Measure, Report
from gongjian.plans.queries.reports import due_days
from gongjian.plans.quoting import taken_over
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt
from gongjian.web.forms import ReasonForm, ReportForm
from gongjian.web.uploading import received
from gongjian.web.views.report_page import Typed, asker, report_page


@login_required
def report(request: HttpRequest, pk: int, month: Month) -> HttpResponse:
    """Read it, and where one may, write it or review it.

    POST saves a draft with its files; ``submit`` hands it in, ``take`` adds what the department of that number contributed.
    """
    found = get_object_or_404(Measure.objects.select_related("programme"), pk=pk)
    if month not in due_days(found.programme):
        msg = f"{month.words()}不在这份计划的填报月份内。"
        raise Http404(msg)
    if request.method != "POST":
        return report_page(request, found, month)
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return report_page(request, found, month, typed=Typed(form=form))
    if refusal := attempt(request, lambda: _save(request, found, month, dict(form.cleaned_data)), _done(request)):
        return report_page(request, found, month, typed=Typed(form=form), refusal=refusal)
    return redirect("web:report", pk=pk, month=month)


def _done(request: HttpRequest) -> str:
    if "take" in request.POST:
        return "协办情况已写入“本月进展”，草稿已保存，可以接着修改。"
    return "月报已提交，等待审核。" if "submit" in request.POST else "草稿已保存，尚未提交。"


def _save(request: HttpRequest, measure: Measure, month: Month, typed: dict[str, Any]) -> None:
    version, by, at = typed.pop("version"), asker(request), now()
    files = received(typed.pop("proofs"), by=by, at=at)
    account = reporting.Account(**typed)
    if "take" in request.POST:
        account = taken_over(account, _contribution(measure, month, request.POST["take"]))
    act = reporting.write_and_submit if "submit" in request.POST and "take" not in request.POST else reporting.write
    act(measure, month, account, by=by, at=at, version=version, files=files)


def _contribution(measure: Measure, month: Month, department: str) -> Contribution:
    number = int(department) if department.isdecimal() and len(department) < len("9" * 18) else 0
    found = Contribution.objects.select_related("department").filter(measure=measure, month=month.first, department=number).first()
    if found is None:
        msg = "没有找到这个部门的协办情况，请刷新页面。"
        raise Refusal(msg)
    return found


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
        refusal = Refusal("".join(map(str, form.errors["reason"])))
        return report_page(request, found.measure, month, refusal=refusal, typed=Typed(reason=form["reason"].value()))
    reason = form.cleaned_data["reason"]
    if refused := attempt(request, lambda: act(found, reason, by=request.user, at=now()), done):
        return report_page(request, found.measure, month, refusal=refused, typed=Typed(reason=reason))
    if step != "recall" and request.POST.get("next") == "work":
        return redirect("web:workbench")
    return redirect("web:report", pk=pk, month=month)
