"""One alarm: what happened, its curve, its history, the step to take."""

from __future__ import annotations

import secrets

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from gongjian.alarms.actions.stepping import Paper, take
from gongjian.alarms.flow import ALARM, SYSTEM
from gongjian.alarms.forms import AlarmStepForm
from gongjian.alarms.models import Alarm, AlarmPaper, AlarmStep
from gongjian.alarms.queries.options import alarm_choices
from gongjian.alarms.queries.pictures import picture_of_alarm
from gongjian.alarms.rules import find_rule
from gongjian.alarms.states import AlarmState
from gongjian.alarms.telling import limit_words, told_alarm
from gongjian.alarms.views.asking import asker, seen_alarm
from gongjian.cases.evidence.keeping import path_of
from gongjian.cases.evidence.sniffing import LARGEST, MEGABYTE
from gongjian.kernel.flows import Step
from gongjian.kernel.refusal import Refusal
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt


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
    if not path_of(found.path).is_file():
        raise Http404
    ending = found.path.rpartition(".")[2]
    response = FileResponse(
        path_of(found.path).open("rb"),
        as_attachment=not found.content_type.startswith("image/"),
        filename=f"{alarm.number}-{found.pk}.{ending}",
        content_type=found.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _form_page(
    request: HttpRequest, alarm: Alarm, arrow: Step[AlarmState], form: AlarmStepForm, refusal: Refusal | None = None
) -> HttpResponse:
    shown = {"alarm": alarm, "arrow": arrow, "form": form, "refusal": refusal, "words": told_alarm(alarm)}
    return render(request, "alarms/step.html", shown, status=409 if refusal else 200)


def _take(request: HttpRequest, alarm: Alarm, name: str, form: AlarmStepForm) -> None:
    typed = form.cleaned_data
    papers = [_paper(file) for file in typed.get("papers") or ()]
    take(alarm, name, form.carried(), by=asker(request), at=now(), papers=papers, version=typed["version"], token=typed["token"])


def _paper(file: UploadedFile[bytes]) -> Paper:
    if (file.size or 0) > LARGEST:
        msg = f"“{(file.name or '')[:60]}”有 {(file.size or 0) / MEGABYTE:.1f} MB，文件最多 {LARGEST // MEGABYTE} MB，请压缩后再上传。"
        raise Refusal(msg)
    return Paper(file.name or "", file.read(), secrets.token_hex(16))
