"""What the form of a found problem offers."""

from __future__ import annotations

from gongjian.cases.declaration import CaseKind
from gongjian.cases.registry import kinds
from gongjian.ledgers.models import Entry
from gongjian.people.models import Department, User
from gongjian.people.permissions import reach
from gongjian.people.queries import departments
from gongjian.people.roles import Permission


def kinds_for(entry: Entry | None) -> list[CaseKind]:
    """The kinds of problem a thing can have, those made for it before those that fit anything."""
    fitting = [kind for kind in kinds() if not kind.ledgers or (entry is not None and entry.kind in kind.ledgers)]
    return sorted(fitting, key=lambda kind: not kind.ledgers)


def origins(user: User) -> list[Department]:
    """The departments one may enter a problem for; none for those who find everywhere."""
    found = reach(user, Permission.CASE_FIND)
    return [] if found.everywhere else list(departments().filter(pk__in=found.departments))


def streets() -> list[Department]:
    """The streets and towns in use."""
    return list(departments().filter(kind__in=("street", "town")))
