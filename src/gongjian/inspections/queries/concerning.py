"""Who may see a task, and who may do it: the people it is given to by name, else the people of its department."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongjian.inspections.models import Task, TaskInspector
from gongjian.people.models import User
from gongjian.people.permissions import Reach, held_posts, reach
from gongjian.people.roles import Permission, Role


def doing_departments(user: User, on: date) -> list[int]:
    """The departments whose tasks this person does: those of posts that do tasks, not everywhere a permission reaches."""
    posts = held_posts(user, on)
    return [post.department_id for post in posts if post.department_id and Permission.TASK_DO in Role(post.role).card.grants]


def for_me(user: User, on: date) -> Q:
    """The tasks this person may do: given to them by name, or to nobody by name and their department's."""
    named = TaskInspector.objects.filter(user=user).values("task")
    mine = Q(pk__in=named)
    if own := doing_departments(user, on):
        mine |= Q(department__in=own, named=False)
    return mine


def may_do(task: Task, user: User | None, on: date) -> bool:
    """Whether this person may do the task; the system itself may. One query."""
    if user is None:
        return True
    if not reach(user, Permission.TASK_DO, on=on):
        return False
    named = set(TaskInspector.objects.filter(task=task).values_list("user", flat=True))
    return user.pk in named if named else task.department_id in doing_departments(user, on)


def who_does(task: Task) -> str:
    """Who may do the task, in words; one query."""
    named = [str(row.user) for row in TaskInspector.objects.filter(task=task).select_related("user")]
    return "、".join(named) or f"{task.department}的经办人或负责人"


def within(found: Reach, user: User) -> Q:
    """The tasks somebody may see: their departments', and those given to them by name."""
    if found.everywhere:
        return Q()
    return Q(department__in=found.departments) | Q(pk__in=TaskInspector.objects.filter(user=user).values("task"))
