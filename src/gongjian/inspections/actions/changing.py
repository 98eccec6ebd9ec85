"""What every change of a task goes through: the row locked, the right person, the step taken and written down with what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from gongjian.inspections.flow import LONGEST, TASK
from gongjian.inspections.models import Task, TaskOutcome, TaskState, TaskStep
from gongjian.inspections.queries.concerning import may_do, who_does
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import Forbidden, require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

LONGEST_KEY = 64


def locked(task: Task) -> Task:
    """The task as it is now, held until the transaction ends."""
    return Task.objects.select_for_update().select_related(None).get(pk=task.pk)


def label(by: User | None) -> str:
    """Whoever does it, as it is written down."""
    return str(by) if by else "系统"


def require_doer(task: Task, by: User | None, at: datetime) -> None:
    """Forbidden for whoever the task is not given to."""
    require(by, Permission.TASK_DO, on=local_day(at))
    if not may_do(task, by, local_day(at)):
        msg = f"检查任务 {task.number} 由{who_does(task)}完成，您不能填报；需要时请该部门负责人或统筹办改派。"
        raise Forbidden(msg)


def require_key(key: str) -> None:
    """Refusal for a key that could not name a sending."""
    if not 0 < len(key) <= LONGEST_KEY or "\x00" in key:
        msg = f"提交标识须为 1 至 {LONGEST_KEY} 个字符，请刷新页面后重新提交。"
        raise Refusal(msg)


def step(task: Task, name: str, carried: Mapping[str, Any], *, by: User | None, at: datetime, token: str = "") -> None:
    """Take a step of a task that is held: its state, its history, its outcome and the log. NotAllowed from a wrong state."""
    before = task.state
    task.state = TASK.take(TaskState(before), name, carried)
    task.done_on = (task.done_on or local_day(at)) if task.state in (TaskState.DONE, TaskState.CONFIRMED) else None
    task.round += name == "send_back"
    task.version += 1
    task.save()
    text = _fitting(str(carried.get("reason") or ""))
    TaskStep.objects.create(
        task=task, step=name, state=task.state, round=task.round, text=text, at=at, by=by, by_label=label(by), token=token
    )
    keep_outcome(task, at)
    record(f"task.{name}", task, by=by, at=at, before={"state": before}, after={"state": task.state}, note=text)


def keep_outcome(task: Task, at: datetime) -> None:
    """Let what figures are made of follow the task; nothing where it is as it was."""
    standing = TaskOutcome.objects.select_for_update().filter(task=task, replaced_at=None).first()
    now = outcome_of(task, at)
    if standing is not None:
        if all(getattr(standing, name) == getattr(now, name) for name in ("counted", "done", "done_on", "in_time", "department_id")):
            return
        standing.replaced_at = at
        standing.save(update_fields=["replaced_at"])
    now.save(force_insert=True)


def first_outcomes(tasks: Iterable[Task], at: datetime) -> None:
    """The outcomes of tasks that have just been made."""
    TaskOutcome.objects.bulk_create([outcome_of(task, at) for task in tasks], batch_size=1000)


def outcome_of(task: Task, at: datetime) -> TaskOutcome:
    """How a task stands at a moment."""
    done, over = task.done_on is not None, local_day(at) > task.due_on
    counted = task.state != TaskState.CANCELLED
    in_time = task.done_on <= task.due_on if task.done_on is not None else False if over else None
    return TaskOutcome(
        task=task,
        duty_id=task.duty_id,
        turn_id=task.turn_id,
        on=task.due_on,
        label=task.label,
        department_id=task.department_id,
        street=task.street,
        counted=counted,
        done=done,
        done_on=task.done_on,
        in_time=in_time if counted else None,
        drawn=task.drawn_id is not None,
        entered_at=at,
    )


def _fitting(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        msg = f"理由有 {len(text)} 个字，最多 {LONGEST} 个字，请精简。"
        raise Refusal(msg)
    return text
