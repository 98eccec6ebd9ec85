"""A document before it is confirmed: doubts first, corrections, the change it would make, the confirmation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.plans.actions import intakes
from gongjian.plans.models import Intake
from gongjian.plans.queries.intake import Line, preview
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt
from gongjian.web.forms import CorrectionForm

STEPS = ("上传文件", "核对存疑与变动", "确认载入")


@login_required
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """What was understood beside where it stands, the doubts first, and what it would change."""
    require(request.user, Permission.PLAN_LOAD)
    found = get_object_or_404(Intake.objects.select_related("programme"), pk=pk)
    if found.state != Intake.State.OPEN:
        messages.info(request, f"“{found.filename}”{Intake.State(found.state).label}。")
        return redirect("web:documents")
    return render(request, "web/intake.html", {"seen": preview(found), "intake": found, "steps": STEPS})


@login_required
def correct(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The form to set one measure right."""
    require(request.user, Permission.PLAN_LOAD)
    found = get_object_or_404(Intake.objects.select_related("programme"), pk=pk, state=Intake.State.OPEN)
    line = next((line for line in preview(found).lines if line.measure.key == key), None)
    if line is None:
        raise Http404
    form = CorrectionForm(request.POST or None, initial=_initial(line))
    refusal = None
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in form.changed_data} or _as_read(line)
        refusal = attempt(request, lambda: intakes.correct(found, key, fields, by=request.user, at=now()), f"{key} 已核对。")  # type: ignore[arg-type]
        if refusal is None:
            return redirect("web:intake", pk=pk)
    context = {"intake": found, "line": line, "form": form, "refusal": refusal, "steps": STEPS}
    return render(request, "web/intake_correct.html", context, status=409 if refusal else 200)


def _initial(line: Line) -> dict[str, str]:
    measure = line.measure
    return {
        "text": measure.text,
        "section": measure.section,
        "task": measure.task,
        "deadline": measure.deadline.words(),
        "lead": "、".join(party.name for party in measure.lead),
        "support": "、".join(party.name for party in measure.support),
    }


def _as_read(line: Line) -> dict[str, str]:
    """Nothing was changed: the person confirms the doubted fields as they were read."""
    initial = _initial(line)
    doubted = {doubt.field for doubt in line.measure.doubts if doubt.field in initial}
    return {name: initial[name] for name in doubted} or {"text": initial["text"]}


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write it: everything or nothing."""
    found = get_object_or_404(Intake.objects.select_related("programme"), pk=pk)
    if refusal := attempt(request, lambda: intakes.confirm(found, by=request.user, at=now()), f"“{found.filename}”已载入。"):  # type: ignore[arg-type]
        messages.error(request, str(refusal))
        return redirect("web:intake", pk=pk)
    return redirect("web:home")


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it away."""
    found = get_object_or_404(Intake, pk=pk)
    if refusal := attempt(request, lambda: intakes.discard(found, by=request.user, at=now()), f"已放弃“{found.filename}”，没有写入计划。"):  # type: ignore[arg-type]
        messages.error(request, str(refusal))
    return redirect("web:documents")
