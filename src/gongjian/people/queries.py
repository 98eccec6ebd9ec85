"""Reading departments, people and the working calendar."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from gongjian.people.models import CalendarDay, Department, DepartmentAlias, DepartmentGroup, Post, User
from gongjian.people.names import folded
from gongjian.people.roles import Role

Answerable = Department | DepartmentGroup  # what a plan may name as leading or assisting


def departments(*, active_only: bool = True) -> QuerySet[Department]:
    """The departments in their order."""
    return Department.objects.filter(active=True) if active_only else Department.objects.all()


def name_index() -> dict[str, Answerable]:
    """Every name that means something, canonical names, aliases and groups, folded as by ``names.folded``; three queries."""
    index: dict[str, Answerable] = {department.name: department for department in Department.objects.all()}
    for alias in DepartmentAlias.objects.select_related("department"):
        index[alias.alias] = alias.department
    return index | {group.name: group for group in DepartmentGroup.objects.all()}


def resolve(name: str) -> Answerable | None:
    """The department or group that goes by ``name``; None if nobody does. For many names take ``name_index`` once."""
    printed = folded(name)
    department = Department.objects.filter(Q(name=printed) | Q(aliases__alias=printed)).first()
    return department or DepartmentGroup.objects.filter(name=printed).first()


def group_departments(group: DepartmentGroup) -> list[Department]:
    """The departments in use that a group stands for, in their order."""
    return list(departments() if group.everyone else group.members.filter(active=True))


def active_posts(user: User, on: date) -> list[Post]:
    """The posts ``user`` holds on a day, departments included."""
    return [post for post in user.posts.select_related("department") if post.held_on(on)]


def holders(roles: Collection[Role], *, departments: Collection[int] | None = None, on: date) -> QuerySet[User]:
    """Active users who hold one of the roles on a day, in one of the departments (ids; None: any)."""
    posts = Post.objects.filter(Q(until=None) | Q(until__gt=on), role__in=roles, since__lte=on)
    if departments is not None:
        posts = posts.filter(department__in=departments)
    return User.objects.filter(is_active=True, pk__in=posts.values("user"))


def working_calendar(first: date, last: date) -> dict[date, bool]:
    """The days from ``first`` to ``last`` that differ from their weekday, True worked, False free: for ``kernel.workdays.Calendar``."""
    return dict(CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "working"))


def calendar_years() -> list[int]:
    """The years the calendar has special days for; any other is only Monday to Friday, and whoever reckons with it should say so."""
    return [day.year for day in CalendarDay.objects.dates("day", "year")]
