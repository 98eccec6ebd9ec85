"""A task on the spot: its checklist, answered with a network or without."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongjian.fieldwork.forms.checking import CheckForm
from gongjian.fieldwork.forms.drafted import MOST_PHOTOS
from gongjian.fieldwork.queries.things import place_of_task
from gongjian.fieldwork.views.doors import asker, for_finders, here, received, shown
from gongjian.inspections.models import OPEN, Task
from gongjian.inspections.queries.concerning import may_do
from gongjian.inspections.queries.tasks import TaskFile, is_overdue
from gongjian.inspections.queries.tasks import task as task_of
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Forbidden
from gongjian.trail.clock import today

CONFLICT, UNPROCESSABLE = 409, 422  # HTTP


@for_finders
@require_http_methods(["GET", "POST"])
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """The checklist of a task. Without a script it is sent as it is; with one it becomes a draft first."""
    told = _told(request, pk)
    form = form_of(request, told)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            receipt = received(request, form)
        except Forbidden:
            raise
        except Refusal as said:
            refusal = said
        else:
            messages.success(request, f"{receipt.sending.label}：{receipt.sending.note}")
            return redirect("fieldwork:today")
    on = today()
    doing = told.task.state in OPEN and told.task.opens_on <= on and may_do(told.task, asker(request), on)
    context = {
        "file": told,
        "task": told.task,
        "form": form if doing else None,
        "refusal": refusal,
        "overdue": is_overdue(told.task, on),
        "needed": _needed(told),
        "most_photos": MOST_PHOTOS,
        "here": here(request),
        "place": place_of_task(told.task),
    }
    return shown(request, "fieldwork/task.html", context, status=CONFLICT if refusal else UNPROCESSABLE if form.errors else 200)


def form_of(request: HttpRequest, told: TaskFile) -> CheckForm:
    """The form of a task, filled with what was answered before."""
    initial = {"key": str(uuid.uuid4()), "task": told.task.pk}
    typed = request.POST if request.method == "POST" else None
    return CheckForm(typed, request.FILES or None, checklist=told.checklist, answers=told.answers, initial=initial)


def _told(request: HttpRequest, pk: int) -> TaskFile:
    try:
        return task_of(pk, asker(request))
    except Task.DoesNotExist as error:
        raise Http404 from error


def _needed(told: TaskFile) -> str:
    """For the script: the items without which a task is not reported; ``kept`` where photos of it are there already."""
    pictured = {piece.item for piece in told.standing_evidence}
    rows: list[dict[str, Any]] = [
        {"box": f"item-{item.slug}", "text": item.text, "kept": item.slug in pictured} for item in told.checklist.items if item.required
    ]
    return json.dumps(rows, ensure_ascii=False)
