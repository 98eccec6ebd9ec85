"""Who receives a case, by its place and its subject."""

from __future__ import annotations

from gongjian.cases.declaration import CaseKind
from gongjian.people.models import Department
from gongjian.people.queries import resolve


def recipient(kind: CaseKind, street: str, ledger: str) -> Department | None:
    """The department in use that the kind's rules name; None where none does, and a person must choose."""
    for rule in kind.recipients:
        if rule.takes(street, ledger):
            found = resolve(rule.department)
            if isinstance(found, Department) and found.active:
                return found
    return None
