"""Duties: the list, one with its turns, entering and changing, an event, the end."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.inspections.actions.keeping import Asked, change_duty, enter_duty, stop_duty
from gongjian.inspections.actions.opening import note_event
from gongjian.inspections.forms import DutyForm, EventForm, StopForm
from gongjian.inspections.models import Duty, Every
from gongjian.inspections.queries.board import fetched, sieve_of, sifted
from gongjian.inspections.queries.duties import seen_turns
from gongjian.inspections.views.asking import asker, form_page, frame
from gongjian.people.permissions import may, reach, require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt

SHOWN = 20  # open tasks on a duty's page


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every duty this person may see, with how its turns of this year stand."""
    require(request.user, Permission.TASK_VIEW)
    on, found = now().date(), reach(request.user, Permission.TASK_VIEW)
    every = Duty.objects.select_related("department").order_by("department__order", "every", "code")
    duties = list(every if found.everywhere else every.filter(department__in=found.departments))
    seen = seen_turns(duties, date(on.year, 1, 1), date(on.year, 12, 31), [on])
    rows = [(duty, _tally(seen[duty.pk][on], on)) for duty in duties]
    return render(request, "inspections/duties.html", frame(request, "duties") | {"rows": rows, "on": on})


@login_required
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """A duty, its turns of this year, its open tasks."""
    found, on = _seen(request, pk), now().date()
    turns = seen_turns([found], date(on.year, 1, 1), date(on.year, 12, 31), [on])[found.pk][on]
    sieve = sieve_of({"duty": str(found.pk)})
    tasks = fetched(list(sifted(asker(request), sieve, on).values_list("pk", flat=True)[:SHOWN]))
    shown = {
        "duty": found,
        "turns": [(turn, turn.missed_on(on)) for turn in reversed(turns)],
        "tally": _tally(turns, on),
        "tasks": tasks,
        "on": on,
        "may_change": may(request.user, Permission.TASK_MANAGE, departments=[found.department_id]),
        "by_event": found.every == Every.EVENT,
    }
    return render(request, "inspections/duty.html", shown)


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Enter a duty."""
    require(request.user, Permission.TASK_MANAGE)
    form, refusal, made = DutyForm(request.POST or None), None, []
    if request.method == "POST" and form.is_valid():
        refusal = attempt(request, lambda: made.append(enter_duty(_asked(form), by=asker(request), at=now())), _("履职事项已登记。"))
        if made:
            return redirect("inspections:duty", pk=made[0].pk)
    return form_page(request, _("登记履职事项"), form, reverse("inspections:duties"), refusal, crumbs=_crumbs())


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a duty for the turns to come."""
    found = _managed(request, pk)
    form = DutyForm(request.POST or None, initial=_initial(found))
    refusal = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        refusal = attempt(
            request, lambda: change_duty(found, _asked(form), version=version, by=asker(request), at=now()), _("已更改，从下一轮起生效。")
        )
        if refusal is None:
            return redirect("inspections:duty", pk=pk)
    return form_page(request, _("更改履职事项"), form, reverse("inspections:duty", args=[pk]), refusal, crumbs=_crumbs(found))


@login_required
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """End a duty."""
    found, refusal = _managed(request, pk), None
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        refusal = attempt(request, lambda: stop_duty(found, until, by=asker(request), at=now()), _("已停止。"))
        if refusal is None:
            return redirect("inspections:duty", pk=pk)
    return form_page(request, _("停止履职事项"), form, reverse("inspections:duty", args=[pk]), refusal, crumbs=_crumbs(found))


@login_required
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """Note an event that asks for this duty: its tasks are made at once."""
    found, refusal = _managed(request, pk), None
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        refusal = attempt(
            request, lambda: note_event(found, said["event"], said["on"], by=asker(request), at=now()), _("已登记，任务已下达。")
        )
        if refusal is None:
            return redirect("inspections:duty", pk=pk)
    return form_page(request, _("登记事件"), form, reverse("inspections:duty", args=[pk]), refusal, crumbs=_crumbs(found), lede=found.title)


def _seen(request: HttpRequest, pk: int) -> Duty:
    found = get_object_or_404(Duty.objects.select_related("department"), pk=pk)
    require(request.user, Permission.TASK_VIEW, departments=[found.department_id])
    return found


def _managed(request: HttpRequest, pk: int) -> Duty:
    found = _seen(request, pk)
    require(request.user, Permission.TASK_MANAGE, departments=[found.department_id])
    return found


def _tally(turns: Any, on: date) -> dict[str, int]:
    """Turns of this year so far: begun, done, missed; tasks open past their day."""
    expected = [turn for turn in turns if turn.expected]
    return {
        "expected": len(expected),
        "done": sum(turn.is_done for turn in expected),
        "missed": sum(turn.missed_on(on) for turn in expected),
        "overdue": sum(turn.overdue for turn in expected),
    }


def _asked(form: DutyForm) -> Asked:
    said = dict(form.cleaned_data)
    said.pop("version")
    return Asked(**said)


def _initial(found: Duty) -> dict[str, Any]:
    names = [field for field in DutyForm.base_fields if field not in ("places", "department")]
    return {name: getattr(found, name) for name in names} | {"places": "\n".join(found.places), "department": found.department_id}


def _crumbs(found: Duty | None = None) -> list[dict[str, str]]:
    crumbs = [{"title": _("检查"), "url": reverse("inspections:mine")}, {"title": _("履职事项"), "url": reverse("inspections:duties")}]
    return [*crumbs, {"title": found.title, "url": reverse("inspections:duty", args=[found.pk])}] if found else crumbs
