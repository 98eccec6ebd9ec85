"""An alarm in words."""

from __future__ import annotations

from django.utils import timezone

from gongjian.alarms.engine.verdicts import Sort
from gongjian.alarms.models import Alarm
from gongjian.alarms.rules import find_rule
from gongjian.alarms.units import with_unit


def told_alarm(alarm: Alarm) -> str:
    """What happened, from when, how often and how far beyond, in one sentence."""
    rule, begin = find_rule(alarm.rule), f"{timezone.localtime(alarm.begin):%m-%d %H:%M}"
    until = f"，至 {timezone.localtime(alarm.ended):%m-%d %H:%M} 恢复" if alarm.ended else "，仍在持续"
    if rule.sort is Sort.OFFLINE:
        return f"{alarm.outlet}自 {begin} 起没有数据{until}。"
    worst = _worst(alarm) if rule.sort in (Sort.OVER, Sort.IMPOSSIBLE) and alarm.peak is not None else ""
    return f"{alarm.outlet}{alarm.factor.name if alarm.factor else ''}自 {begin} 起{rule.sort.label} {alarm.bad} 次{worst}{until}。"


def limit_words(alarm: Alarm) -> str:
    """The limit it was judged by: ``限值 30 mg/m³``; empty where none was."""
    unit = alarm.factor.unit if alarm.factor else ""
    if alarm.lower is not None and alarm.upper is not None:
        return with_unit(f"限值 {alarm.lower:g} 至 {alarm.upper:g}", unit)
    if alarm.upper is not None:
        return with_unit(f"限值 {alarm.upper:g}", unit)
    return with_unit(f"限值不低于 {alarm.lower:g}", unit) if alarm.lower is not None else ""


def _worst(alarm: Alarm) -> str:
    limit = f"（{limit_words(alarm)}）" if limit_words(alarm) else ""
    return f"，最严重时 {with_unit(f'{alarm.peak:g}', alarm.factor.unit if alarm.factor else '')}{limit}"
