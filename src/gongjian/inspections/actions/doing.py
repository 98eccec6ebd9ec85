"""Doing a task: beginning it, answering its checklist, reporting it done. Each may be sent again by a telephone that heard no answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from math import cos, hypot, radians

from django.db import transaction

from gongjian.inspections.actions.changing import label, locked, require_doer, require_key, step
from gongjian.inspections.actions.problems import find_problems
from gongjian.inspections.actions.telling import tell_done
from gongjian.inspections.answering import cleaned, merged
from gongjian.inspections.checklists import checklist
from gongjian.inspections.declaration import Checklist
from gongjian.inspections.flow import TASK
from gongjian.inspections.models import OPEN, Filling, Task, TaskEvidence, TaskState, TaskStep
from gongjian.inspections.queries.tasks import lacking, latest_filling
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.trail.clock import local_day

METRES = 111_320  # of a degree of latitude
LON, LAT = (-180.0, 180.0), (-90.0, 90.0)
Place = tuple[float, float]


@transaction.atomic
def start(task: Task, *, by: User | None, at: datetime, key: str = "") -> Task:
    """Begin a task, not before it opens. The same ``key`` again begins nothing."""
    task = locked(task)
    if _taken(task, "start", key, by):
        return task
    require_doer(task, by, at)
    _require_open(task, at)
    step(task, "start", {}, by=by, at=at, token=key)
    return task


@transaction.atomic
def fill(task: Task, answers: Mapping[str, object], *, by: User | None, at: datetime, place: Place | None = None, key: str) -> Filling:
    """Answer items of the checklist, all or some of them, over what was answered before (None takes an answer back); begins the task.

    ``place`` is where the device was (longitude, latitude, WGS 84). ``key`` names this sending: the same again answers with the first
    result and writes nothing. Refusal for an item or answer that cannot be, a task that is done, one that has not opened yet.
    """
    require_key(key)
    task = locked(task)
    if (standing := Filling.objects.filter(task=task, key=key).first()) and standing.by_id == (by.pk if by else None):
        return standing
    require_doer(task, by, at)
    _require_open(task, at)
    asked = checklist(task.checklist)
    given = cleaned(asked, answers)
    if standing is not None:
        msg = "这次提交的标识已被别人用过，请刷新页面后重新提交。"
        raise Refusal(msg)
    if task.state != TaskState.STARTED:
        step(task, "start", {}, by=by, at=at)
    before = latest_filling(task)
    _keep_asked(task, asked)
    lon, lat = _checked(place)
    return Filling.objects.create(
        task=task,
        key=key,
        round=task.round,
        answers=merged(before.answers if before else {}, given),
        lon=lon,
        lat=lat,
        metres=_metres(task, lon, lat),
        at=at,
        by=by,
        by_label=label(by),
    )


@transaction.atomic
def finish(task: Task, *, by: User | None, at: datetime, key: str = "") -> Task:
    """Report a task done: every required item answered, the evidence there; what was found becomes problems. The same ``key`` again: once.

    Refusal that names what is missing. A task done late is done, and stays late.
    """
    task = locked(task)
    if _taken(task, "finish", key, by):
        return task
    require_doer(task, by, at)
    TASK.step(TaskState(task.state), "finish")
    _require_open(task, at)
    asked, filling = checklist(task.checklist), latest_filling(task)
    answers = filling.answers if filling else {}
    evidence = list(TaskEvidence.objects.filter(task=task))
    if lacks := lacking(task, asked, answers, evidence):
        msg = f"任务 {task.number} 还不能上报，尚缺：{'、'.join(lacks)}；请补齐后再上报。"
        raise Refusal(msg)
    find_problems(task, asked, answers, by=by, at=at)
    step(task, "finish", {}, by=by, at=at, token=key)
    tell_done(task, by, at=at)
    return task


def _taken(task: Task, name: str, key: str, by: User | None) -> bool:
    """Whether this person's sending of that key was taken as that step already."""
    return bool(key) and TaskStep.objects.filter(task=task, step=name, token=key, by=by).exists()


def _require_open(task: Task, at: datetime) -> None:
    if task.state not in OPEN:
        msg = f"任务 {task.number} 现在是“{task.words_of_state}”，不能再填报；需要更正请联系确认人退回。"
        raise Refusal(msg)
    if local_day(at) < task.opens_on:
        msg = f"任务 {task.number} 从 {task.opens_on:%Y-%m-%d} 起才能开始，请到时再做。"
        raise Refusal(msg)


def _keep_asked(task: Task, asked: Checklist) -> None:
    """The checklist as it is when it is answered, so that it can be read whatever becomes of the declaration."""
    told = {"version": asked.version, "title": asked.title, "items": [asdict(item) for item in asked.items]}
    if task.asked != told:
        task.asked = told
        task.save(update_fields=["asked"])


def _checked(place: Place | None) -> tuple[float | None, float | None]:
    if place is None:
        return None, None
    lon, lat = place
    if not (LON[0] <= lon <= LON[1] and LAT[0] <= lat <= LAT[1]):
        msg = f"定位坐标 {lon:g}, {lat:g} 不在地球上，请重新定位后提交。"
        raise Refusal(msg)
    return lon, lat


def _metres(task: Task, lon: float | None, lat: float | None) -> int | None:
    """How far the device was from the thing; CGCS2000 and WGS 84 agree to centimetres."""
    if lon is None or lat is None or task.lon is None or task.lat is None:
        return None
    return round(hypot((lon - task.lon) * cos(radians(task.lat)), lat - task.lat) * METRES)
