"""One task: its page with the checklist as a form, and sending the form."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.inspections.actions.doing import fill, finish
from gongjian.inspections.actions.evidencing import attach
from gongjian.inspections.forms import ChecklistForm
from gongjian.inspections.models import OPEN, TaskState
from gongjian.inspections.queries.concerning import may_do, who_does
from gongjian.inspections.queries.tasks import TaskFile, is_overdue
from gongjian.inspections.uploading import pieces
from gongjian.inspections.views.asking import asker, seen_task
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import may
from gongjian.people.roles import Permission
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt


@login_required
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be looked at, what was answered, what can be done next."""
    return page(request, seen_task(request, pk))


@login_required
@require_POST
def fill_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what was answered, with the files, and report the task done where that was asked for."""
    told = seen_task(request, pk)
    form = _form(request, told)
    if not form.is_valid():
        return page(request, told, form=form)
    if refusal := attempt(request, lambda: _save(request, told, form), _("已保存。")):
        return page(request, seen_task(request, pk), refusal, form)
    if "finish" in request.POST:
        refusal = attempt(request, lambda: finish(told.task, by=asker(request), at=now(), key=_key(form)), _("已上报，等待确认。"))
    if refusal:
        return page(request, seen_task(request, pk), refusal)
    return redirect("inspections:task", pk=pk)


def page(request: HttpRequest, told: TaskFile, refusal: Refusal | None = None, form: ChecklistForm | None = None) -> HttpResponse:
    """The page of a task, with a refusal where something was refused."""
    found, user, at = told.task, asker(request), now()
    doing = may_do(found, user, at.date()) and found.state in OPEN and found.opens_on <= at.date()
    judging = found.state == TaskState.DONE and may(user, Permission.TASK_CONFIRM, departments=[found.department_id])
    managing = found.state in OPEN and may(user, Permission.TASK_MANAGE, departments=[found.department_id])
    own_report = next((step.by_id == user.pk for step in reversed(told.steps) if step.step == "finish"), False)
    shown: dict[str, Any] = {
        "file": told,
        "task": found,
        "refusal": refusal,
        "overdue": is_overdue(found, at.date()),
        "form": form or (_form(request, told, fresh=True) if doing else None),
        "doing": doing,
        "who": who_does(found),
        "judging": judging and not own_report,
        "own_report": judging and own_report,
        "managing": managing,
        "may_give": managing and found.drawn_id is None,
        "on": at.date(),
    }
    return render(request, "inspections/task.html", shown, status=409 if refusal else 200)


def _form(request: HttpRequest, told: TaskFile, *, fresh: bool = False) -> ChecklistForm:
    data, files = (None, None) if fresh else (request.POST, request.FILES)
    return ChecklistForm(data, files, checklist=told.checklist, answers=told.answers, initial={"key": secrets.token_hex(16)})


def _key(form: ChecklistForm) -> str:
    return form.cleaned_data["key"] or secrets.token_hex(16)


@transaction.atomic
def _save(request: HttpRequest, told: TaskFile, form: ChecklistForm) -> None:
    """Answers, then files: all of a form or none of it."""
    by, at, key = asker(request), now(), _key(form)
    fill(told.task, form.answers(), by=by, at=at, place=form.place(), key=key)
    for item, given in pieces(told.checklist, form.cleaned_data, key):
        attach(told.task, given, by=by, at=at, item=item)
