"""What can be done next with a case, by whom, and whether this person may."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from gongjian.cases.flow import APART, AWAITED, LOOP
from gongjian.cases.models import Case, CaseStep, State
from gongjian.cases.queries.concerning import concerned
from gongjian.kernel.flows import Step
from gongjian.people.models import Department, User
from gongjian.people.permissions import may
from gongjian.people.roles import POSTED, Permission, Scope


@dataclass(frozen=True, slots=True)
class Option:
    """One step that leaves the present state. ``usual`` is the one the state waits for; ``barred`` says why a second person is needed."""

    name: str
    words: str
    usual: bool
    may: bool
    who: str
    barred: bool = False


def options(case: Case, user: User, on: date) -> list[Option]:
    """Every step that can be taken from here, the usual one first; one query at most."""
    state = State(case.state)
    arrows = LOOP.open_from(state)
    own = _own_steps(case, user, {name for arrow in arrows for name in APART.get(arrow.name, ())})
    found = [_option(case, arrow, user, on, own) for arrow in arrows]
    return sorted(found, key=lambda option: not option.usual)


def _option(case: Case, arrow: Step[State], user: User, on: date, own: Collection[str]) -> Option:
    permission = Permission(arrow.permission)
    barred = bool(APART.get(arrow.name, frozenset()) & set(own))
    allowed = may(user, permission, departments=concerned(case, permission), on=on)
    usual = AWAITED.get(State(case.state)) == arrow.name
    return Option(arrow.name, arrow.words(), usual, allowed and not barred, who(case, permission), allowed and barred)


def who(case: Case, permission: Permission) -> str:
    """Who may use the permission on this case, in words: ``统筹办、执法检查员、交通局（部门负责人）``."""
    department = case.department if permission is Permission.CASE_HANDLE else case.origin
    everywhere = [role.title for role in POSTED if role.card.grants.get(permission) is Scope.ALL]
    own = [role.title for role in POSTED if role.card.grants.get(permission) is Scope.OWN]
    return "、".join(everywhere + _there(department, own))


def _there(department: Department | None, titles: list[str]) -> list[str]:
    return [f"{department.label}（{'、'.join(titles)}）"] if department and titles else []


def _own_steps(case: Case, user: User, names: Collection[str]) -> set[str]:
    """Which of these steps this person took."""
    if not names:
        return set()
    return set(CaseStep.objects.filter(case=case, by=user, step__in=names).values_list("step", flat=True))
