"""What this room adds to the pages of rooms below: to a ledger's entry the tasks about it, to a case the tasks in which it was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongjian.cases.models import Case
from gongjian.cases.origins import Origin
from gongjian.inspections.models import Task, TaskCase, TaskState
from gongjian.inspections.queries.tasks import is_overdue
from gongjian.ledgers.happenings import Happening
from gongjian.people.permissions import Asker, may
from gongjian.people.roles import Permission
from gongjian.trail.office_day import end_of

NEWEST = 20


def task_happenings(entry: int, on: date) -> Sequence[Happening]:
    """The tasks about an entry that had been made by the end of a day, as they stand now."""
    made = Task.objects.filter(entry=entry, made_at__lt=end_of(on)).exclude(state=TaskState.CANCELLED)
    return [
        Happening(
            on=task.done_on or min(task.due_on, on),
            title=f"检查任务：{task.title}",
            words=f"{task.words_of_state}，截止 {task.due_on:%Y-%m-%d}",
            page="inspections:task",
            about=(task.pk,),
            bad=is_overdue(task, on),
        )
        for task in made.order_by("-due_on", "-id")[:NEWEST]
    ]


def case_tasks(case: Case, asker: Asker) -> Sequence[Origin]:
    """The tasks in which a case was found, or found still unsolved, the first one first; to those who may see them."""
    rows = TaskCase.objects.filter(case=case).select_related("task").order_by("pk")
    seen = [row.task for row in rows if may(asker, Permission.TASK_VIEW, departments=[row.task.department_id])]
    return [Origin(f"检查任务 {task.number} {task.title}", "inspections:task", task.pk) for task in seen]
