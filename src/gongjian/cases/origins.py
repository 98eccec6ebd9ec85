"""What a case came from, told by the rooms above that made it: the way back from the case to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongjian.cases.models import Case
from gongjian.people.permissions import Asker


@dataclass(frozen=True, slots=True)
class Origin:
    """What a case came from: its title, the name of its page's address and its key there."""

    title: str
    page: str
    key: int


Telling = Callable[[Case, Asker], Origin | None]
_TELLERS: list[Telling] = []


def register_origin(teller: Telling) -> None:
    """Ask this one as well; it says None of cases that are none of its own, and to whom may not see it. Harmless when done again."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def origins_of(case: Case, asker: Asker) -> list[Origin]:
    """What a case came from, as far as this person may see it."""
    return [found for teller in _TELLERS if (found := teller(case, asker)) is not None]
