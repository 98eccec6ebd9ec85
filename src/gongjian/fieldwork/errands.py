"""Errands (要办的事): what waits for somebody out there. Rooms hand in sources; the phone knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongjian.kernel.geometry import Point
from gongjian.people.models import User

MOST = 200  # errands asked of one source


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One thing to be done: ``sort`` is what it is (问题), ``todo`` the next step in words.

    It is done at the address named ``page`` (``cases:case``) of what it is ``about``, with ``query`` behind a question mark.

    ``thing`` and ``address`` say what it is about and where; ``entry`` is the ledger's entry, whose page on the phone it then leads to.
    """

    sort: str
    title: str
    todo: str
    page: str
    about: tuple[object, ...] = ()
    query: str = ""
    due_at: datetime | None = None
    overdue: bool = False
    thing: str = ""
    address: str = ""
    entry: int | None = None
    place: Point | None = None


# What waits for a person at a moment, the most pressing ``MOST`` at most; only what they may do; a bounded number of queries.
Source = Callable[[User, datetime], Sequence[Errand]]
_SOURCES: list[Source] = []


def register_errands(source: Source) -> None:
    """Take in a source, from an ``AppConfig.ready`` or where rooms are connected; the same again changes nothing."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def forget_errands(source: Source) -> None:
    """Take a source out again; for tests."""
    _SOURCES.remove(source)


def errands(user: User, at: datetime) -> list[Errand]:
    """Everything that waits for ``user``, source by source."""
    return [errand for source in _SOURCES for errand in source(user, at)]
