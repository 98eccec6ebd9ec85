"""What is added beside the way: comments, help, time, extra steps, sanctions, publication."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.cases.actions.adding import comment as say
from gongjian.cases.actions.adding import do_extra, sanction
from gongjian.cases.actions.adding import publish as make_public
from gongjian.cases.actions.evidencing import attach
from gongjian.cases.actions.joining import ask_for_help, give_help
from gongjian.cases.actions.postponing import answer_for_time, ask_for_time
from gongjian.cases.forms import AnswerForm, CommentForm, ExtraForm, HelpForm, SanctionForm, TimeAnswerForm, TimeForm
from gongjian.cases.models import Assistance, Case, Postponement
from gongjian.cases.registry import find_kind
from gongjian.cases.uploading import pieces
from gongjian.cases.views.asking import asker, seen_case
from gongjian.cases.views.case import page
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt


@login_required
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about the case."""
    found = seen_case(request, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return page(request, found, comment_form=form)
    refusal = attempt(request, lambda: say(found, form.cleaned_data["text"], by=asker(request), at=now()), _("留言已保存。"))
    return page(request, found, refusal, comment_form=form) if refusal else redirect("cases:case", pk=pk)


@login_required
def ask_help(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another department to help."""
    found, form = seen_case(request, pk), HelpForm(request.POST or None)

    def act(typed: dict[str, Any]) -> None:
        ask_for_help(found, typed["department"], typed["text"], by=asker(request), at=now())

    return _formed(request, found, form, _("商请协办"), act, _("已商请，对方部门会收到提醒。"))


@login_required
def answer_help(request: HttpRequest, pk: int, assistance: int) -> HttpResponse:
    """Tell what the department did to help."""
    found, form = seen_case(request, pk), AnswerForm(request.POST or None)
    row = get_object_or_404(Assistance, pk=assistance, case=found)

    def act(typed: dict[str, Any]) -> None:
        give_help(row, typed["text"], by=asker(request), at=now())

    return _formed(request, found, form, _("反馈协办情况"), act, _("协办情况已反馈。"), lede=row.task)


@login_required
def ask_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to move the running deadline."""
    found = seen_case(request, pk)
    form = TimeForm(request.POST or None, initial={"version": found.version})

    def act(typed: dict[str, Any]) -> None:
        ask_for_time(found, typed["wanted"], typed["reason"], by=asker(request), at=now(), version=typed["version"])

    return _formed(request, found, form, _("申请延期"), act, _("延期申请已提交，等待批复。"))


@login_required
@require_POST
def answer_time(request: HttpRequest, pk: int, postponement: int) -> HttpResponse:
    """Grant or refuse a request for time."""
    found, form = seen_case(request, pk), TimeAnswerForm(request.POST)
    row = get_object_or_404(Postponement.objects.select_related("case"), pk=postponement, case=found)
    if not form.is_valid():
        return page(request, found, time_form=form)
    granted = "grant" in request.POST
    answer = form.cleaned_data["answer"]
    refusal = attempt(request, lambda: answer_for_time(row, granted, answer, by=asker(request), at=now()), _("延期申请已批复。"))
    return page(request, seen_case(request, pk), refusal, time_form=form) if refusal else redirect("cases:case", pk=pk)


@login_required
def extra(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Do an extra step of the kind."""
    found = seen_case(request, pk)
    kind = find_kind(found.kind)
    declared = kind.extra_step(slug)
    if declared is None:
        raise Http404
    form = ExtraForm(request.POST or None, request.FILES or None, kind=kind, slug=slug)

    def act(typed: dict[str, Any]) -> None:
        by, at = asker(request), now()
        if given := pieces(typed, kind.needs(slug), lambda: secrets.token_hex(16), by=by, at=at):
            attach(found, slug, given, by=by, at=at)
        do_extra(found, slug, typed["text"], by=by, at=at, department=typed.get("department"))

    return _formed(request, found, form, declared.title, act, _("已办理：%s。") % declared.title, lede=declared.about)


@login_required
def note_sanction(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a sanction that followed."""
    found = seen_case(request, pk)
    form = SanctionForm(request.POST or None, kind=find_kind(found.kind))

    def act(typed: dict[str, Any]) -> None:
        sanction(found, typed["sanction"], typed["on"], typed["document"], by=asker(request), at=now(), amount=typed["amount"])

    return _formed(request, found, form, _("登记惩戒措施"), act, _("惩戒措施已登记。"))


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a closed case public."""
    found = seen_case(request, pk)
    refusal = attempt(request, lambda: make_public(found, by=asker(request), at=now()), _("已公开。"))
    return page(request, found, refusal) if refusal else redirect("cases:case", pk=pk)


def _formed(
    request: HttpRequest, case: Case, form: forms.Form, title: str, act: Callable[[dict[str, Any]], None], done: str, *, lede: str = ""
) -> HttpResponse:
    """A form on a page of its own: shown, or handed over and back to the case."""
    refusal = None
    if request.method == "POST" and form.is_valid():
        refusal = attempt(request, lambda: act(form.cleaned_data), done)
        if refusal is None:
            return redirect("cases:case", pk=case.pk)
    shown = {"case": case, "form": form, "title": title, "lede": lede, "refusal": refusal}
    return render(request, "cases/form_page.html", shown, status=409 if refusal else 200)
