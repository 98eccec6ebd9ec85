"""One finding of data quality, and what an inspector does with it."""

from __future__ import annotations

import secrets

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongjian.alarms.actions import inspecting
from gongjian.alarms.flow import FINDING
from gongjian.alarms.forms import FindingForm
from gongjian.alarms.models import FindingStep, QualityFinding
from gongjian.alarms.queries.options import finding_choices
from gongjian.alarms.queries.pictures import picture_of_finding
from gongjian.alarms.states import FindingState
from gongjian.alarms.views.asking import asker, seen_finding
from gongjian.kernel.flows import Step
from gongjian.kernel.refusal import Refusal
from gongjian.standards.quality.catalogue import detector
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt


@login_required
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was seen, why it matters, by which rule, and the values themselves."""
    return _page(request, seen_finding(request, pk))


def _page(request: HttpRequest, found: QualityFinding, refusal: Refusal | None = None) -> HttpResponse:
    shown = {
        "found": found,
        "detector": detector(found.detector),
        "picture": picture_of_finding(found),
        "steps": list(FindingStep.objects.filter(finding=found)),
        "choices": finding_choices(found, asker(request), now().date()),
        "refusal": refusal,
    }
    return render(request, "alarms/finding.html", shown, status=409 if refusal else 200)


@login_required
def decide(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Nothing wrong, a case, look again: each with what was seen."""
    found = seen_finding(request, pk)
    if name not in {known.name for known in FINDING.steps}:
        raise Http404
    if FindingStep.objects.filter(finding=found, step=name, token=request.POST.get("token", "-")).exists():
        return redirect("alarms:finding", pk=pk)
    try:
        arrow = FINDING.step(FindingState(found.state), name)
    except Refusal as refusal:
        return _page(request, found, refusal)
    form = FindingForm(request.POST or None, initial={"token": secrets.token_hex(16), "version": found.version})
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, found, arrow, form)
    typed = form.cleaned_data
    said = {"version": typed["version"], "token": typed["token"]}
    refusal_found = attempt(
        request,
        lambda: inspecting.decide(found, name, typed["words"], by=asker(request), at=now(), **said),
        _("已办理：%s。") % arrow.words(),
    )
    if refusal_found:
        return _form_page(request, found, arrow, form, refusal_found)
    return redirect("alarms:finding", pk=pk)


def _form_page(
    request: HttpRequest, found: QualityFinding, arrow: Step[FindingState], form: FindingForm, refusal: Refusal | None = None
) -> HttpResponse:
    shown = {"found": found, "detector": detector(found.detector), "arrow": arrow, "form": form, "refusal": refusal}
    return render(request, "alarms/decide.html", shown, status=409 if refusal else 200)
