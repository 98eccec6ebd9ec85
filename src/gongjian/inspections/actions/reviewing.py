"""What others decide about a task: whose it is, whether it was done well, whether it is still wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongjian.inspections.actions.changing import locked, step
from gongjian.inspections.actions.telling import tell_given, tell_returned
from gongjian.inspections.models import OPEN, Task, TaskInspector, TaskStep
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import Forbidden, may, require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day


@transaction.atomic
def confirm(task: Task, *, by: User | None, at: datetime) -> Task:
    """The task was done well; said by somebody else than whoever did it."""
    task = _reviewed(task, by, at)
    step(task, "confirm", {}, by=by, at=at)
    return task


@transaction.atomic
def send_back(task: Task, reason: str, *, by: User | None, at: datetime) -> Task:
    """The task must be done again: answers and evidence count afresh, problems that were found stay."""
    task = _reviewed(task, by, at)
    step(task, "send_back", {"reason": reason}, by=by, at=at)
    tell_returned(task, reason, at=at)
    return task


@transaction.atomic
def cancel(task: Task, reason: str, *, by: User | None, at: datetime) -> Task:
    """The task is not wanted any more; it stays readable with the reason. An object drawn by lot is not so got rid of."""
    task = locked(task)
    require(by, Permission.TASK_MANAGE, departments=[task.department_id], on=local_day(at))
    if task.drawn_id is not None and not may(by, Permission.TASK_MANAGE, departments=[], on=local_day(at)):
        msg = f"任务 {task.number} 是双随机抽出的，只有统筹办可以取消。"
        raise Forbidden(msg)
    step(task, "cancel", {"reason": reason}, by=by, at=at)
    return task


@transaction.atomic
def give(task: Task, users: Sequence[User], *, by: User | None, at: datetime) -> Task:
    """Give a task to people by name; to nobody: to its whole department. Those drawn by lot stay as they were drawn."""
    task = locked(task)
    require(by, Permission.TASK_MANAGE, departments=[task.department_id], on=local_day(at))
    if task.drawn_id is not None:
        msg = f"任务 {task.number} 的检查人员由抽签产生，不能改派；确有变故请取消任务并写明理由。"
        raise Refusal(msg)
    if task.state not in OPEN:
        msg = f"任务 {task.number} 现在是“{task.words_of_state}”，不能再指派。"
        raise Refusal(msg)
    if unable := [str(user) for user in users if not may(user, Permission.TASK_DO, on=local_day(at))]:
        msg = f"{'、'.join(unable)}没有填报检查任务的权限，请另选人员。"
        raise Refusal(msg)
    TaskInspector.objects.filter(task=task).delete()
    TaskInspector.objects.bulk_create([TaskInspector(task=task, user=user) for user in dict.fromkeys(users)])
    task.named = bool(users)
    task.version += 1
    task.save(update_fields=["named", "version"])
    record("task.given", task, by=by, at=at, after={"inspectors": [str(user) for user in users]})
    if users:
        tell_given(task, users, at=at)
    return task


def _reviewed(task: Task, by: User | None, at: datetime) -> Task:
    """The task, held, for somebody who may judge it: of its department or everywhere, and not the one who reported it."""
    task = locked(task)
    require(by, Permission.TASK_CONFIRM, departments=[task.department_id], on=local_day(at))
    last = TaskStep.objects.filter(task=task, step="finish").order_by("id").last()
    if by is not None and last is not None and last.by_id == by.pk:
        msg = f"任务 {task.number} 是您自己上报的，须由另一个人确认或退回。"
        raise Forbidden(msg)
    return task
