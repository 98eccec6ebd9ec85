"""Alarms in words: ``{% load alarms %}``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongjian.alarms.flow import ALARM, FINDING
from gongjian.alarms.models import Alarm, AlarmStep, FindingStep
from gongjian.alarms.severity import Severity
from gongjian.alarms.states import Cause
from gongjian.alarms.telling import limit_words, told_alarm
from gongjian.standards.quality.catalogue import detector

register = template.Library()
register.filter("told_alarm", told_alarm)
register.filter("limit_words", limit_words)
SHADES = {
    "open": "red",
    "acknowledged": "amber",
    "explained": "blue",
    "accepted": "green",
    "cased": "grey",
    "cleared": "green",
    "withdrawn": "grey",
    "fresh": "amber",
    "sound": "green",
}
SEVERITIES = {Severity.SERIOUS: "red", Severity.GENERAL: "amber", Severity.MINOR: "grey"}
SOON = timedelta(hours=4)


@register.filter
def alarm_shade(state: str) -> str:
    """The shade of a state's badge."""
    return SHADES.get(state, "grey")


@register.filter
def severity_shade(severity: str) -> str:
    """The shade of a severity's badge."""
    return SEVERITIES.get(Severity(severity), "grey") if severity in Severity.values else "grey"


@register.filter
def detector_title(slug: str) -> str:
    """What people call a detector."""
    return detector(slug).title


@register.filter
def answer_in(alarm: Alarm, at: datetime) -> SafeString:
    """How much time is left to explain an alarm, or by how much it is past; empty where nothing is waited for."""
    if alarm.due_at is None or not alarm.is_open:
        return SafeString("")
    left = alarm.due_at - at
    shade = " left-past" if left < timedelta() else " left-soon" if left <= SOON else ""
    words = _("还有 %s") if left >= timedelta() else _("超时 %s")
    return format_html('<span class="left{}">{}</span>', shade, words % _length(abs(left)))


def _length(span: timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    if hours >= 48:  # noqa: PLR2004 - two days are told in days
        return _("%d 天") % (hours // 24)
    return _("%d 小时") % hours if hours else _("%d 分钟") % max(int(span.total_seconds() // 60), 1)


@register.filter
def alarm_history(steps: Iterable[AlarmStep]) -> list[dict[str, object]]:
    """An alarm's steps as a history, the latest on top."""
    return [_line(step) for step in sorted(steps, key=lambda step: (step.at, step.pk), reverse=True)]


def _line(step: AlarmStep) -> dict[str, object]:
    words = _("系统报警") if step.step == "opened" else next((arrow.words() for arrow in ALARM.steps if arrow.name == step.step), step.step)
    reason = _("（%s）") % Cause(step.reason).label if step.reason in Cause.values else ""
    teller = _("　企业说明人：%s") % step.teller if step.teller else ""
    return {"at": step.at, "by": step.by_label, "words": f"{words}{reason}{teller}", "why": step.words}


@register.filter
def finding_history(steps: Iterable[FindingStep]) -> list[dict[str, object]]:
    """What was done with a finding, the latest on top."""
    titles = {arrow.name: arrow.words() for arrow in FINDING.steps}
    told = sorted(steps, key=lambda step: (step.at, step.pk), reverse=True)
    return [{"at": step.at, "by": step.by_label, "words": titles.get(step.step, step.step), "why": step.words} for step in told]
