"""Objections: made by departments, answered by the office, approved by a second person."""

from __future__ import annotations

import secrets

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from gongjian.assessment.actions import objecting
from gongjian.assessment.forms import OUT, REJECT, AnswerForm, ObjectionForm, ReasonForm
from gongjian.assessment.freezing import rows_of
from gongjian.assessment.models import Assessment, Objection
from gongjian.assessment.queries.seeing import manages
from gongjian.assessment.views.asking import asker, seen_assessment, seen_score
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt


@login_required
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """Every objection to an assessment that this person may see, those that wait first."""
    assessment, sight = seen_assessment(request, pk)
    found = [one for one in assessment.objections.select_related("department") if sight.covers(one.department_id)]
    found.sort(key=lambda one: not one.waits)
    shown = {"assessment": assessment, "objections": found, "manages": manages(request.user)}
    return render(request, "assessment/objections.html", shown)


@login_required
def new(request: HttpRequest, pk: int, department: int, item: str) -> HttpResponse:
    """Object to a row (named in the address) or to the whole item."""
    assessment, score, _sight = seen_score(request, pk, department)
    if not manages(request.user):
        require(request.user, Permission.ASSESSMENT_OBJECT, departments=[department])
    row = request.GET.get("row", "")
    told = next((one for one in rows_of(score.facts).get(item, ()) if one.key == row), None)
    title = next((one["title"] for one in assessment.scheme["items"] if one["kind"] == item), None)
    if title is None or (row and told is None):
        raise Http404
    form, refusal = ObjectionForm(request.POST or None, initial={"token": secrets.token_hex(16)}), None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        refusal = attempt(
            request,
            lambda: objecting.object_to(
                assessment, score.department, item, row, typed["reason"], by=asker(request), at=now(), token=typed["token"]
            ),
            _("已提出异议，统筹办答复后会通知您。"),
        )
        if refusal is None:
            return redirect("assessment:score", pk=pk, department=department)
    shown = {
        "assessment": assessment,
        "department": score.department,
        "told": told,
        "item_title": title,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "assessment/object.html", shown, status=409 if refusal else 200)


@login_required
def answer(request: HttpRequest, pk: int, objection: int) -> HttpResponse:
    """One objection with what came of it, and the form to answer it."""
    assessment, found = _seen(request, pk, objection)
    form, refusal = AnswerForm(request.POST or None), None
    if request.method == "POST":
        require(request.user, Permission.ASSESSMENT_MANAGE)
        if form.is_valid():
            refusal = attempt(request, lambda: _answer(request, found, form), _("已答复。"))
            if refusal is None:
                return redirect("assessment:answer", pk=pk, objection=objection)
    return _objection_page(request, assessment, found, form, refusal)


@login_required
def approval(request: HttpRequest, pk: int, objection: int) -> HttpResponse:
    """A second person lets a correction count, or sends it back with a reason."""
    assessment, found = _seen(request, pk, objection)
    require(request.user, Permission.ASSESSMENT_MANAGE)
    refusal = None
    if request.method == "POST":
        reason = request.POST.get("reason", "").strip()
        if "back" in request.POST:
            refusal = attempt(request, lambda: objecting.send_back(found, reason, by=asker(request), at=now()), _("已退回重新答复。"))
        else:
            refusal = attempt(request, lambda: objecting.approve(found, by=asker(request), at=now()), _("已复核同意，得分和排名已重算。"))
    if refusal is None:
        return redirect("assessment:answer", pk=pk, objection=objection)
    return _objection_page(request, assessment, _seen(request, pk, objection)[1], AnswerForm(), refusal)


def _objection_page(
    request: HttpRequest, assessment: Assessment, found: Objection, form: AnswerForm, refusal: Refusal | None
) -> HttpResponse:
    apart = asker(request).pk not in (found.answered_by_id, found.by_id)
    shown = {
        "assessment": assessment,
        "objection": found,
        "form": form,
        "back_form": ReasonForm(),
        "manages": manages(request.user),
        "apart": apart,
        "item_title": next((one["title"] for one in assessment.scheme["items"] if one["kind"] == found.item), found.item),
        "refusal": refusal,
    }
    return render(request, "assessment/objection.html", shown, status=409 if refusal else 200)


def _answer(request: HttpRequest, found: Objection, form: AnswerForm) -> None:
    typed, by, at = form.cleaned_data, asker(request), now()
    if typed["decision"] == REJECT:
        objecting.reject(found, typed["answer"], by=by, at=at)
    else:
        objecting.propose(found, None if typed["decision"] == OUT else typed["share"], typed["answer"], by=by, at=at)


def _seen(request: HttpRequest, pk: int, objection: int) -> tuple[Assessment, Objection]:
    assessment, sight = seen_assessment(request, pk)
    found = get_object_or_404(Objection.objects.select_related("department", "assessment"), pk=objection, assessment=assessment)
    if not sight.covers(found.department_id):
        require(request.user, Permission.ASSESSMENT_PREVIEW, departments=[found.department_id])
    return assessment, found
