"""One case: its file, the step to take, the print-out."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongjian.cases.actions.evidencing import attach
from gongjian.cases.actions.stepping import take
from gongjian.cases.flow import LOOP
from gongjian.cases.forms import CommentForm, StepForm, TimeAnswerForm
from gongjian.cases.models import Case, State
from gongjian.cases.origins import origins_of
from gongjian.cases.queries.concerning import concerned, within
from gongjian.cases.queries.file import WAY, CaseFile, case_file
from gongjian.cases.queries.lacking import lacking
from gongjian.cases.queries.options import options
from gongjian.cases.queries.since import taken, what_happened
from gongjian.cases.registry import find_kind
from gongjian.cases.uploading import pieces
from gongjian.cases.views.asking import asker, seen_case
from gongjian.kernel.flows import Step
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import may, reach
from gongjian.people.roles import Permission
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt


@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything known of a case, and what can be done next by whom."""
    return page(request, seen_case(request, pk))


def page(request: HttpRequest, found: Case, refusal: Refusal | None = None, **more: Any) -> HttpResponse:
    """The page of a case, with a refusal where something was refused."""
    at = now()
    told = case_file(found)
    shown = {"file": told, "case": found, "at": at, "refusal": refusal, "way": WAY, "origins": origins_of(found, asker(request))}
    shown |= {**_rights(request, told), **more}
    return render(request, "cases/case.html", {"comment_form": CommentForm()} | shown, status=409 if refusal else 200)


@login_required
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole file on paper."""
    found = seen_case(request, pk)
    return render(request, "cases/file.html", {"file": case_file(found), "case": found, "at": now()})


@login_required
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a step: the form is what the flow and the kind require. The same form sent twice is told that it is done."""
    found = seen_case(request, pk)
    if name not in {known.name for known in LOOP.steps}:
        raise Http404
    if taken(found, name, request.POST.get("token", "")):
        return redirect("cases:case", pk=pk)
    arrow = next((arrow for arrow in LOOP.open_from(State(found.state)) if arrow.name == name), None)
    if arrow is None:
        return page(request, found, Refusal(what_happened(found)))
    visible = Case.objects.filter(within(reach(request.user, Permission.CASE_VIEW)))
    form = StepForm(
        request.POST or None,
        request.FILES or None,
        arrow=arrow,
        kind=find_kind(found.kind),
        visible=visible,
        initial={"token": secrets.token_hex(16), "version": found.version},
    )
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, found, arrow, form)
    refusal = attempt(request, lambda: _take(request, found, name, form), _("已办理：%s。") % arrow.words())
    if refusal and not taken(found, name, form.cleaned_data["token"]):
        return _form_page(request, seen_case(request, pk), arrow, form, refusal)
    return redirect("cases:case", pk=pk)


def _form_page(request: HttpRequest, found: Case, arrow: Step[State], form: StepForm, refusal: Refusal | None = None) -> HttpResponse:
    missing = lacking(found, find_kind(found.kind), arrow.name)
    shown = {"case": found, "arrow": arrow, "form": form, "refusal": refusal, "missing": missing, "at": now()}
    return render(request, "cases/step.html", shown, status=409 if refusal else 200)


def _take(request: HttpRequest, found: Case, name: str, form: StepForm) -> None:
    """First the evidence, which stays given whatever becomes of the step; then the step."""
    by, at, typed = asker(request), now(), form.cleaned_data
    if given := pieces(typed, find_kind(found.kind).needs(name), lambda: secrets.token_hex(16)):
        attach(found, name, given, by=by, at=at)
    take(found, name, form.carried(), by=by, at=at, version=typed["version"], token=typed["token"])


def _rights(request: HttpRequest, told: CaseFile) -> dict[str, Any]:
    """What this person may do beside the way, and which steps are open to whom."""
    found, user, on = told.case, asker(request), now().date()
    handles = may(user, Permission.CASE_HANDLE, departments=concerned(found, Permission.CASE_HANDLE))
    verifies = may(user, Permission.CASE_VERIFY, departments=concerned(found, Permission.CASE_VERIFY))
    hands_over = may(user, Permission.CASE_HAND_OVER, departments=concerned(found, Permission.CASE_HAND_OVER))
    in_hand = found.state in {State.HANDED_OVER, State.SIGNED, State.HANDLING}
    waiting = told.waiting
    own = {row.pk for row in told.assistances if may(user, Permission.CASE_HANDLE, departments=[row.department_id])}
    rights = {Permission.CASE_HANDLE: handles, Permission.CASE_VERIFY: verifies, Permission.CASE_HAND_OVER: hands_over}
    open_extras = {todo.extra.slug for todo in told.extras if rights[todo.extra.permission] and found.is_open and found.department}
    open_steps = options(found, user, on)
    return {
        "options": open_steps,
        "strikable": _strikable(told, {option.name for option in open_steps if option.may}, open_extras),
        "own_help": own,
        "may_ask_help": in_hand and (handles or hands_over),
        "may_ask_time": in_hand and handles and found.due_at is not None and waiting is None,
        "may_answer_time": waiting is not None and verifies and waiting.by_id != user.pk,
        "time_form": TimeAnswerForm() if waiting else None,
        "may_sanction": handles and bool(told.kind.sanctions),
        "may_publish": verifies and found.state == State.CLOSED and told.kind.publication is not None and found.published_at is None,
        "open_extras": open_extras,
    }


def _strikable(told: CaseFile, steps: set[str], extras: set[str]) -> set[int]:
    """The pieces this person may strike: given for a step or an extra step that is theirs to take now."""
    return {
        piece.pk for piece in told.evidence if piece.struck_at is None and piece.round == told.case.round and piece.step in steps | extras
    }
