"""Telling those whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from gongjian.inspections.models import DutyTurn, Task, TaskInspector
from gongjian.notices.actions import send
from gongjian.notices.courier import Notice
from gongjian.people.models import Department, User
from gongjian.people.queries import holders
from gongjian.people.roles import Role
from gongjian.trail.clock import local_day

DOERS = (Role.OFFICER, Role.HEAD)


def tell_turn(turn: DutyTurn, due: date, *, at: datetime) -> None:
    """Tell the department that a turn was opened, once for all its tasks."""
    duty = turn.duty
    title = f"履职任务已下达：{duty.title}{f'（{turn.event}）' if turn.event else ''}，{turn.things} 项，{due:%Y-%m-%d} 前完成"
    _send(f"task.opened:{turn.pk}", title, "", _people(duty.department_id, DOERS, at), f"/inspections/duties/{duty.pk}/", duty, at)


def tell_given(task: Task, users: Iterable[User], *, at: datetime) -> None:
    """Tell people that a task is theirs."""
    title = f"检查任务指派给您：{task.label} {task.title}，{task.due_on:%Y-%m-%d} 前完成"
    _send(f"task.given:{task.pk}:{task.version}", title, "", tuple(user.pk for user in users), _link(task), task, at)


def tell_done(task: Task, by: User | None, *, at: datetime) -> None:
    """Tell the head of the department that something waits to be confirmed."""
    heads = tuple(key for key in _people(task.department_id, (Role.HEAD,), at) if by is None or key != by.pk)
    _send(f"task.finish:{task.pk}:{task.round}", f"{task.number} {task.label}：已完成上报，请确认", "", heads, _link(task), task, at)


def tell_returned(task: Task, reason: str, *, at: datetime) -> None:
    """Tell whoever did it that it must be done again."""
    _send(
        f"task.send_back:{task.pk}:{task.round}",
        f"{task.number} {task.label}：被退回，请重做",
        reason,
        _doers(task, at),
        _link(task),
        task,
        at,
    )


def tell_overdue(department: Department, number: int, *, at: datetime) -> None:
    """Tell a department in the morning how many of its tasks became overdue."""
    title = f"有 {number} 项检查任务已过期未完成"
    key = f"task.overdue:{department.pk}:{local_day(at):%Y-%m-%d}"
    _send(key, title, "", _people(department.pk, DOERS, at), "/inspections/list/?state=overdue", department, at)


def _doers(task: Task, at: datetime) -> tuple[int, ...]:
    named = tuple(TaskInspector.objects.filter(task=task).values_list("user", flat=True))
    return named or _people(task.department_id, DOERS, at)


def _people(department: int, roles: tuple[Role, ...], at: datetime) -> tuple[int, ...]:
    return tuple(holders(roles, departments=[department], on=local_day(at)).values_list("pk", flat=True))


def _link(task: Task) -> str:
    return f"/inspections/{task.pk}/"


def _send(key: str, title: str, body: str, to: tuple[int, ...], link: str, about: object, at: datetime) -> None:
    meta = about._meta  # type: ignore[attr-defined] # noqa: SLF001 - Django's public name
    send(Notice(key=key, title=title, body=body, to=to, link=link, about=f"{meta.label_lower}:{about.pk}"), at=at)  # type: ignore[attr-defined]
