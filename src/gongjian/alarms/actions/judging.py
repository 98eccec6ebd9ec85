"""Bringing the alarms of one cause to what its series says. A part of the sweep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from gongjian.alarms.actions.moving import moved
from gongjian.alarms.causes import cause_of, written_onto
from gongjian.alarms.declaration import AlarmRule
from gongjian.alarms.engine.folding import Episode
from gongjian.alarms.engine.matching import Change, Move
from gongjian.alarms.engine.verdicts import Judged
from gongjian.alarms.flow import ALARM
from gongjian.alarms.models import Alarm, AlarmStep, Outlet
from gongjian.alarms.states import AlarmState
from gongjian.kernel.worktime import Worktime
from gongjian.telemetry.models import Factor
from gongjian.trail.actions import record


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """What judging one cause rests on: the outlet, its factor, the rule, the series under its limits, the working time, the moment."""

    outlet: Outlet
    factor: Factor | None
    rule: AlarmRule
    judged: Judged | None
    office: Worktime
    at: datetime


def settle(bench: Bench, changes: Sequence[Change], alarms: Mapping[int, Alarm]) -> list[Alarm]:
    """Make the changes; the alarms that were opened, or opened again."""
    opened = []
    for change in changes:
        if change.key is None:
            opened.append(_open(bench, change.episode))
            continue
        alarm = alarms[change.key]
        if change.move is Move.WITHDRAWN:
            _withdraw(alarm, bench.at)
        elif _go_on(alarm, change.episode, bench):
            opened.append(alarm)
    return opened


def _open(bench: Bench, episode: Episode) -> Alarm:
    rule, outlet = bench.rule, bench.outlet
    factor = bench.factor.code if bench.factor else ""
    alarm = Alarm(outlet=outlet, factor=bench.factor, rule=rule.slug, cause=cause_of(outlet.station.code, factor, rule.slug))
    alarm.severity, alarm.opened_at = rule.severity, bench.at
    if rule.answer_within is not None:
        alarm.due_at = bench.office.due(bench.at, rule.answer_within)
    _bring(alarm, episode, bench)
    alarm.save()
    record("alarm.opened", alarm, by=None, at=bench.at, after={"cause": alarm.cause, "since": alarm.since})
    AlarmStep.objects.create(alarm=alarm, step="opened", state=alarm.state, at=bench.at, by_label="系统")
    if alarm.ended is not None and rule.heals:
        moved(alarm, "clear", AlarmState.CLEARED, by=None, at=bench.at)
    return alarm


def _go_on(alarm: Alarm, episode: Episode, bench: Bench) -> bool:
    """Bring a standing alarm up to date; whether it alarms anew."""
    _bring(alarm, episode, bench)
    if alarm.ended is not None and bench.rule.heals and alarm.state in (AlarmState.OPEN, AlarmState.ACKNOWLEDGED):
        moved(alarm, "clear", AlarmState.CLEARED, by=None, at=bench.at)
    elif alarm.ended is None and alarm.state == AlarmState.CLEARED:
        if bench.rule.answer_within is not None:
            alarm.due_at = bench.office.due(bench.at, bench.rule.answer_within)
        moved(alarm, "resume", AlarmState.OPEN, by=None, at=bench.at)
        return True
    else:
        alarm.save()
    return False


def _bring(alarm: Alarm, episode: Episode, bench: Bench) -> None:
    written_onto(alarm, episode)
    alarm.cleared_at = None if alarm.ended is None else (alarm.cleared_at or bench.at)
    if bench.judged is None:
        return
    series = bench.judged.series
    places = np.searchsorted(series.moments, [episode.peak_at, episode.since])
    alarm.peak = _number(series.values[places[0]])
    alarm.lower, alarm.upper = _number(bench.judged.lower[places[1]]), _number(bench.judged.upper[places[1]])


def _withdraw(alarm: Alarm, at: datetime) -> None:
    """What it told of was not so. One that was dealt with already keeps its state, and says so."""
    alarm.withdrawn_at = at
    state = AlarmState(alarm.state)
    goes = any(step.name == "withdraw" for step in ALARM.open_from(state))
    moved(alarm, "withdraw", AlarmState.WITHDRAWN if goes else state, by=None, at=at)


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
