"""What was found while doing a task becomes a problem of the closed loop: one for each kind, or the one that is open already."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from gongjian.cases.actions.evidencing import Piece
from gongjian.cases.actions.finding import Finding as Problem
from gongjian.cases.actions.finding import find_problem
from gongjian.cases.evidence.keeping import path_of
from gongjian.cases.models import OPEN, Case
from gongjian.cases.registry import find_kind
from gongjian.inspections.answering import Finding, findings
from gongjian.inspections.declaration import Checklist, Makes
from gongjian.inspections.models import Task, TaskCase, TaskEvidence
from gongjian.people.models import Department, User
from gongjian.people.permissions import reach
from gongjian.people.roles import Permission
from gongjian.trail.clock import local_day

MOST_PHOTOS = 9  # of one problem


def find_problems(task: Task, checklist: Checklist, answers: Mapping[str, object], *, by: User | None, at: datetime) -> list[TaskCase]:
    """Make the problems that answers tell of, inside the transaction of the report; Refusal where a kind lacks evidence."""
    by_kind: dict[str, list[Finding]] = {}
    for found in findings(checklist, answers):
        if found.item.makes:
            by_kind.setdefault(found.item.makes.kind, []).append(found)
    return [_linked(task, kind, found, by, at) for kind, found in by_kind.items()]


def _linked(task: Task, kind: str, found: Sequence[Finding], by: User | None, at: datetime) -> TaskCase:
    standing = Case.objects.filter(entry=task.entry_id, kind=kind, state__in=OPEN).order_by("id").first() if task.entry_id else None
    case = standing or find_problem(
        _problem(task, found, by, at), by=by, at=at, pieces=_pieces(task, found), token=f"task:{task.pk}:{task.round}:{kind}"[:40]
    )
    items = [one.item.slug for one in found]
    return TaskCase.objects.create(task=task, case=case, kind=kind, round=task.round, items=items, again=standing is not None)


def _problem(task: Task, found: Sequence[Finding], by: User | None, at: datetime) -> Problem:
    worst = _worst(found)
    told = "；".join(one.words for one in found)
    return Problem(
        kind=worst.kind,
        level=worst.level,
        title=worst.title if len(found) == 1 else f"{worst.title}等{len(found)}项",
        description=f"检查任务 {task.number}“{task.title}”发现：{told}。",
        found_at=at,
        origin=_origin(task, by, at),
        entry=task.entry,
        street=task.street,
        address="" if task.entry_id else task.label,
        lon=task.lon,
        lat=task.lat,
    )


def _worst(found: Sequence[Finding]) -> Makes:
    """The finding whose level stands highest in its kind; of several, the first of the checklist."""
    makes = [one.item.makes for one in found if one.item.makes]
    levels = [level.slug for level in find_kind(makes[0].kind).levels]
    return max(makes, key=lambda one: levels.index(one.level))


def _origin(task: Task, by: User | None, at: datetime) -> Department:
    """The department that found it: the task's, or, where its inspector is of another, theirs."""
    found = reach(by, Permission.CASE_FIND, on=local_day(at))
    if found.covers([task.department_id]) or not found.departments:
        return task.department
    return Department.objects.filter(pk__in=found.departments).order_by("order", "id")[0]


def _pieces(task: Task, found: Sequence[Finding]) -> list[Piece]:
    """The photos given for these items, or where there are none all photos of the task, as evidence of the problem."""
    photos = [piece for piece in TaskEvidence.objects.filter(task=task, round=task.round, struck_at=None) if piece.is_photo]
    items = {one.item.slug for one in found}
    chosen = [piece for piece in photos if piece.item in items] or photos
    return [_copied(piece) for piece in chosen[:MOST_PHOTOS]]


def _copied(piece: TaskEvidence) -> Piece:
    """A copy under a name of its own, as hard to guess as the first."""
    key = hashlib.sha256(f"{piece.path}|case".encode()).hexdigest()
    return Piece(title=piece.title, data=path_of(piece.path).read_bytes(), name=piece.title, key=key)
