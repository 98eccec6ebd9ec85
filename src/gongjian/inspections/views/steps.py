"""What others decide about a task: confirmed, sent back, cancelled, given to somebody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.inspections.actions.reviewing import cancel, confirm, give, send_back
from gongjian.inspections.flow import TASK
from gongjian.inspections.forms import GiveForm, ReasonForm
from gongjian.inspections.queries.drawing import departments_of, possible_inspectors
from gongjian.inspections.queries.tasks import TaskFile
from gongjian.inspections.views.asking import asker, form_page, seen_task
from gongjian.inspections.views.task import page
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt

BECAUSE = {"send_back": send_back, "cancel": cancel}  # steps that ask for a reason


@login_required
@require_POST
def confirmed(request: HttpRequest, pk: int) -> HttpResponse:
    """The task was done well."""
    told = seen_task(request, pk)
    refusal = attempt(request, lambda: confirm(told.task, by=asker(request), at=now()), _("已确认。"))
    return page(request, seen_task(request, pk), refusal) if refusal else redirect("inspections:task", pk=pk)


@login_required
def because(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A step for a reason."""
    if name not in BECAUSE:
        raise Http404
    told = seen_task(request, pk)
    title = next(step.words() for step in TASK.steps if step.name == name)
    permission = Permission(next(step.permission for step in TASK.steps if step.name == name))
    require(request.user, permission, departments=[told.task.department_id])
    form, refusal = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        refusal = attempt(request, lambda: BECAUSE[name](told.task, reason, by=asker(request), at=now()), _("已办理：%s。") % title)
        if refusal is None:
            return redirect("inspections:task", pk=pk)
    return form_page(request, title, form, reverse("inspections:task", args=[pk]), refusal, crumbs=_crumbs(told), lede=told.task.label)


@login_required
def given(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the task to people by name."""
    told = seen_task(request, pk)
    require(request.user, Permission.TASK_MANAGE, departments=[told.task.department_id])
    on = now().date()
    people = [
        user for user in possible_inspectors(on) if told.task.department.name in departments_of(user, on) or not departments_of(user, on)
    ]
    form, refusal = GiveForm(request.POST or None, people=people, initial={"users": [user.pk for user in told.inspectors]}), None
    if request.method == "POST" and form.is_valid():
        users = list(form.cleaned_data["users"])
        refusal = attempt(request, lambda: give(told.task, users, by=asker(request), at=now()), _("已指派。"))
        if refusal is None:
            return redirect("inspections:task", pk=pk)
    return form_page(
        request, _("指派任务"), form, reverse("inspections:task", args=[pk]), refusal, crumbs=_crumbs(told), lede=told.task.label
    )


def _crumbs(told: TaskFile) -> list[dict[str, str]]:
    return [
        {"title": _("检查"), "url": reverse("inspections:mine")},
        {"title": told.task.number, "url": reverse("inspections:task", args=[told.task.pk])},
    ]
