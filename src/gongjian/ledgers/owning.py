"""Whose a row is where nobody says: that of the one department its writer writes for."""

from __future__ import annotations

from datetime import date

from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department, User
from gongjian.people.permissions import reach
from gongjian.people.roles import Permission


def own_department(by: User | None, permission: Permission, on: date) -> Department:
    """The one department this person writes for; Refusal where there is none or are several, and it must be said."""
    mine = reach(by, permission, on=on).departments
    if len(mine) == 1:
        return Department.objects.get(pk__in=mine)
    msg = "请写明主管（实施）部门：您不只在一个部门任职，或不属于任何部门。"
    raise Refusal(msg)
