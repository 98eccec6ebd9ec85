"""One alarm: what happened, its curve, its history, the step to take."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from gongjian.alarms.actions.stepping import take
from gongjian.alarms.flow import ALARM, SYSTEM
from gongjian.alarms.forms import AlarmStepForm
from gongjian.alarms.keeping import SHELF
from gongjian.alarms.models import Alarm, AlarmPaper, AlarmStep
from gongjian.alarms.queries.options import alarm_choices
from gongjian.alarms.queries.pictures import picture_of_alarm
from gongjian.alarms.rules import find_rule
from gongjian.alarms.states import AlarmState
from gongjian.alarms.telling import limit_words, told_alarm
from gongjian.alarms.views.asking import asker, seen_alarm
from gongjian.files.actions import Received, receive
from gongjian.files.sniffing import refuse_large
from gongjian.kernel.flows import Step
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt
from gongjian.ui.serving import served


@login_required
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything known of an alarm, and what can be done next by whom."""
    return _page(request, seen_alarm(request, pk))


def _page(request: HttpRequest, alarm: Alarm, refusal: Refusal | None = None) -> HttpResponse:
    at, words = now(), told_alarm(alarm)
    shown = {
        "alarm": alarm,
        "words": words,
        "limit": limit_words(alarm),
        "rule": find_rule(alarm.rule),
        "picture": picture_of_alarm(alarm, words),
        "steps": list(AlarmStep.objects.filter(alarm=alarm)),
        "papers": list(AlarmPaper.objects.filter(alarm=alarm)),
        "choices": alarm_choices(alarm, asker(request), at.date()),
        "refusal": refusal,
        "at": at,
    }
    return render(request, "alarms/alarm.html", shown, status=409 if refusal else 200)


@login_required
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a step: the form is what the flow requires. The same form sent twice is told that it is done."""
    alarm = seen_alarm(request, pk)
    if name not in {known.name for known in ALARM.steps if known.permission != SYSTEM}:
        raise Http404
    if AlarmStep.objects.filter(alarm=alarm, step=name, token=request.POST.get("token", "-")).exists():
        return redirect("alarms:alarm", pk=pk)
    try:
        arrow = ALARM.step(AlarmState(alarm.state), name)
    except Refusal as refusal:
        return _page(request, alarm, refusal)
    initial = {"token": secrets.token_hex(16), "version": alarm.version}
    form = AlarmStepForm(request.POST or None, request.FILES or None, arrow=arrow, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, alarm, arrow, form)
    refusal_found = attempt(request, lambda: _take(request, alarm, name, form), _("已办理：%s。") % arrow.words())
    if refusal_found:
        return _form_page(request, alarm, arrow, form, refusal_found)
    return redirect("alarms:alarm", pk=pk)


@login_required
def paper(request: HttpRequest, pk: int, paper: int) -> FileResponse:
    """A file the company gave: only to those who may see the alarm, never as anything but what it is."""
    alarm = seen_alarm(request, pk)
    found = get_object_or_404(AlarmPaper, pk=paper, alarm=alarm)
    ending, picture = found.path.rpartition(".")[2], found.content_type.startswith("image/")
    return served(SHELF.path_of(found.path), found.content_type, f"{alarm.number}-{found.pk}.{ending}", attachment=not picture)


def _form_page(
    request: HttpRequest, alarm: Alarm, arrow: Step[AlarmState], form: AlarmStepForm, refusal: Refusal | None = None
) -> HttpResponse:
    shown = {"alarm": alarm, "arrow": arrow, "form": form, "refusal": refusal, "words": told_alarm(alarm)}
    return render(request, "alarms/step.html", shown, status=409 if refusal else 200)


def _take(request: HttpRequest, alarm: Alarm, name: str, form: AlarmStepForm) -> None:
    typed, by, at = form.cleaned_data, asker(request), now()
    papers = [_paper(file, by, at) for file in typed.get("papers") or ()]
    take(alarm, name, form.carried(), by=by, at=at, papers=papers, version=typed["version"], token=typed["token"])


def _paper(file: UploadedFile[bytes], by: User, at: datetime) -> Received:
    """Looked through before anything is written, so that what is said of a bad one stays."""
    name = file.name or ""
    refuse_large(file.size or 0, name)
    return receive(file.read(), name, key=secrets.token_hex(16), by=by, at=at)
