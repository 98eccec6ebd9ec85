"""Every checklist of the house. Each field of work names its own; they are collected at start."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from gongjian.inspections.declaration import Checklist
from gongjian.kernel.refusal import Refusal

_CHECKLISTS: dict[str, Checklist] = {}


def register(*found: Checklist) -> None:
    """Take declarations in; ImproperlyConfigured where two share a slug. The same again changes nothing.

    Called from a room's ``AppConfig.ready``. Whether ledgers and kinds of case exist is asked by ``tests/inspections/test_checklists.py``.
    """
    for one in found:
        if _CHECKLISTS.get(one.slug, one) is not one:
            msg = f"two checklists are called {one.slug}"
            raise ImproperlyConfigured(msg)
        _CHECKLISTS[one.slug] = one


def forget(*slugs: str) -> None:
    """Take declarations out again; for tests."""
    for slug in slugs:
        _CHECKLISTS.pop(slug, None)


def checklists(ledger: str | None = None) -> list[Checklist]:
    """Every checklist, or those for things of one ledger (empty: for places in none)."""
    return [one for one in _CHECKLISTS.values() if ledger is None or one.takes(ledger)]


def checklist(slug: str) -> Checklist:
    """The checklist of that slug; Refusal when there is none."""
    if found := _CHECKLISTS.get(slug):
        return found
    msg = f"没有“{slug[:40]}”这份检查清单，请从列表中选择。"
    raise Refusal(msg)


def checklist_title(slug: str) -> str:
    """What people call it; the slug itself for one that is declared no more."""
    return _CHECKLISTS[slug].title if slug in _CHECKLISTS else slug
