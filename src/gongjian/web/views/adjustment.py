"""In-year adjustments of a measure: deadline, departments, a target value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.plans.actions import adjusting
from gongjian.plans.models import Measure
from gongjian.plans.queries.detail import Detail, detail
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt
from gongjian.web.forms import DeadlineForm, PartiesForm, TargetForm
from gongjian.web.showing import shown

TITLES = {"deadline": "调整完成时限", "lead": "调整牵头部门", "support": "调整协办部门", "target": "调整目标值"}
FORMS: dict[str, type[forms.Form]] = {"deadline": DeadlineForm, "lead": PartiesForm, "support": PartiesForm, "target": TargetForm}


@login_required
def adjust(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """The form for one kind of adjustment, and its sending."""
    require(request.user, Permission.PLAN_ADJUST)
    measure = get_object_or_404(Measure.objects.select_related("programme"), pk=pk)
    kind, _, number = what.partition("-")
    if kind not in FORMS:
        raise Http404
    seen = detail(measure, shown(request, measure.programme).last)
    form = FORMS[kind](request.POST or None, initial=_initial(seen, kind, number))
    refusal = None
    if request.method == "POST" and form.is_valid():
        refusal = attempt(request, _act(request, seen, kind, number, form.cleaned_data), "调整已登记，原文保持不变。")
        if refusal is None:
            return redirect("web:measure", pk=pk)
    context = {"measure": measure, "programme": measure.programme, "seen": seen, "form": form, "title": TITLES[kind], "refusal": refusal}
    return render(request, "web/adjust.html", context, status=409 if refusal else 200)


def _initial(seen: Detail, kind: str, number: str) -> dict[str, Any]:
    if kind == "deadline":
        return {"printed": seen.wording.deadline.words()}
    if kind == "target":
        return {"value": _promised(seen, number).promised.promise.value}
    return {"names": "\n".join(str(row.department or row.group) for row in getattr(seen, kind))}


def _promised(seen: Detail, number: str) -> Any:
    found = next((kept for kept in seen.commitments if str(kept.promised.row) == number), None)
    if found is None:
        msg = "没有这个考核点，或它已被更新的版本替代。"
        raise Http404(msg)
    return found


def _act(request: HttpRequest, seen: Detail, kind: str, number: str, typed: dict[str, Any]) -> Callable[[], object]:
    who: dict[str, Any] = {"by": request.user, "at": now()}

    def act() -> object:
        ground = adjusting.Ground(typed["reason"], typed["document"])
        if kind == "deadline":
            return adjusting.adjust_deadline(seen.measure, typed["printed"], ground, **who)
        if kind == "target":
            return adjusting.adjust_target(_promised(seen, number).promised.row, typed["value"], ground, **who)
        names = [line.strip() for line in typed["names"].splitlines() if line.strip()]
        return adjusting.adjust_parties(seen.measure, kind, names, ground, **who)

    return act
