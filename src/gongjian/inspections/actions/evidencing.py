"""Giving evidence for a task, and striking what was given by mistake. Files go through the same checks and places as those of cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from gongjian.cases.actions.evidencing import Piece
from gongjian.cases.models import EvidenceKind
from gongjian.files.actions import receive
from gongjian.files.filing import file_away
from gongjian.inspections.actions.changing import label, locked, require_doer
from gongjian.inspections.checklists import checklist
from gongjian.inspections.declaration import ItemKind
from gongjian.inspections.models import OPEN, Task, TaskEvidence
from gongjian.inspections.shelf import SHELF
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.trail.actions import record

MOST = 40  # pieces of one task


@transaction.atomic
def attach(task: Task, pieces: Sequence[Piece], *, by: User | None, at: datetime, item: str = "") -> list[TaskEvidence]:
    """Give photos or documents for a task, or for one ``item`` of its checklist; all of the pieces or none.

    Each piece has a random ``key`` of 32 to 64 hexadecimal digits: one that this person gave before is answered with what was kept and
    not kept again. Refusal for a file that is not what it says, too large or with too many pixels, and for more than forty.
    """
    task = locked(task)
    standing = {row.key: row for row in TaskEvidence.objects.filter(task=task, key__in=[piece.key for piece in pieces], by=by)}
    if len(standing) == len(pieces):
        return [standing[piece.key] for piece in pieces]
    require_doer(task, by, at)
    _refuse_closed(task)
    _refuse_strange(task, item)
    fresh = [piece for piece in pieces if piece.key not in standing]
    if TaskEvidence.objects.filter(task=task).count() + len(fresh) > MOST:
        msg = f"一个任务最多 {MOST} 份佐证，请挑选最能说明情况的上传。"
        raise Refusal(msg)
    kept: list[str] = []
    try:
        given = {piece.key: _give(task, item, piece, kept, by, at) for piece in fresh}
    except BaseException:
        SHELF.discard(*kept)
        raise
    record("task.evidence_given", task, by=by, at=at, after={"pieces": [row.title for row in given.values()]})
    return [standing.get(piece.key) or given[piece.key] for piece in pieces]


@transaction.atomic
def strike(piece: TaskEvidence, reason: str, *, by: User | None, at: datetime) -> None:
    """The piece was given by mistake: it counts no longer and stays readable."""
    task = locked(piece.task)
    require_doer(task, by, at)
    _refuse_closed(task)
    reason = reason.strip()
    if not 0 < len(reason) <= 200:  # noqa: PLR2004 - the length of the column
        msg = "请用不超过 200 个字写明作废原因。"
        raise Refusal(msg)
    standing = TaskEvidence.objects.select_for_update().get(pk=piece.pk)
    if standing.struck_at is not None:
        msg = f"“{standing.title}”已经作废，请刷新页面。"
        raise Refusal(msg)
    standing.struck_at, standing.struck_why = at, reason
    standing.save(update_fields=["struck_at", "struck_why"])
    record("task.evidence_struck", task, by=by, at=at, before={"piece": standing.title}, note=reason)


def _refuse_closed(task: Task) -> None:
    if task.state not in OPEN:
        msg = f"任务 {task.number} 现在是“{task.words_of_state}”，不能再改动佐证；需要更正请联系确认人退回。"
        raise Refusal(msg)


def _refuse_strange(task: Task, item: str) -> None:
    asked = checklist(task.checklist)
    if item and asked.item(item) is None:
        msg = f"“{asked.title}”里没有“{item[:40]}”这一项，清单可能已经更新，请刷新后重传。"
        raise Refusal(msg)


def _give(task: Task, item: str, piece: Piece, kept: list[str], by: User | None, at: datetime) -> TaskEvidence:
    file = piece.received or receive(piece.data, piece.name, key=piece.key, by=by, at=at)
    if item and checklist(task.checklist).item(item).kind is ItemKind.PHOTO and not file.kind.is_picture:  # type: ignore[union-attr] # asked before
        msg = f"“{piece.name[:60]}”不是照片，这一项请上传 JPEG 或 PNG 照片。"
        raise Refusal(msg)
    filed = asdict(piece.completing(file_away(file, SHELF, kept)))
    del filed["looks"]  # photos used twice are looked for among cases
    return TaskEvidence.objects.create(
        task=task,
        key=piece.key,
        item=item,
        round=task.round,
        kind=EvidenceKind.PHOTO if file.kind.is_picture else EvidenceKind.DOCUMENT,
        title=(piece.title.strip() or piece.name)[:120] or "佐证",
        at=at,
        by=by,
        by_label=label(by),
        **filed,
    )
