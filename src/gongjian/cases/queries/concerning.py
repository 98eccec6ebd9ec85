"""Which departments a case concerns, for each permission: the basis of who may see it and do what."""

from __future__ import annotations

from django.db.models import Q

from gongjian.cases.models import Assistance, Case
from gongjian.people.permissions import Reach
from gongjian.people.roles import Permission


def concerned(case: Case, permission: Permission) -> list[int]:
    """The departments whose people may use the permission on the case.

    Handling is for the department it was handed to; handing over and verifying for the one that found it; seeing for these and all that
    help or helped.
    """
    if permission is Permission.CASE_HANDLE:
        return _there(case.department_id)
    if permission is not Permission.CASE_VIEW:
        return _there(case.origin_id)
    helping = Assistance.objects.filter(case=case).values_list("department_id", flat=True)
    return [*_there(case.origin_id), *_there(case.department_id), *helping]


def within(reach: Reach) -> Q:
    """The cases somebody may see."""
    if reach.everywhere:
        return Q()
    own = reach.departments
    helping = Assistance.objects.filter(department__in=own).values("case")
    return Q(department__in=own) | Q(origin__in=own) | Q(pk__in=helping)


def _there(*departments: int | None) -> list[int]:
    return [department for department in departments if department is not None]
