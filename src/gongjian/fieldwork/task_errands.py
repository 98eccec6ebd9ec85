"""Tasks of inspection as errands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gongjian.fieldwork.errands import MOST, Errand
from gongjian.inspections.queries.tasks import TaskSeen, open_for
from gongjian.kernel.geometry import Point
from gongjian.people.models import User
from gongjian.trail.clock import local_day
from gongjian.trail.office_day import end_of

A_MINUTE = timedelta(minutes=1)  # a task is due until the last minute of its day


def task_errands(user: User, at: datetime) -> Sequence[Errand]:
    """The open tasks of this person, the most pressing first; three queries."""
    return [_errand(task) for task in open_for(user, local_day(at))[:MOST]]


def _errand(task: TaskSeen) -> Errand:
    placed = task.longitude is not None and task.latitude is not None
    return Errand(
        sort="检查任务",
        title=task.title,
        todo="检查",
        page="fieldwork:task",
        about=(task.pk,),
        due_at=end_of(task.due) - A_MINUTE,
        overdue=task.overdue,
        thing=task.name,
        address=task.street,
        entry=task.entry,
        place=Point(task.longitude or 0.0, task.latitude or 0.0) if placed else None,
    )
