"""What happened to an entry, for its page: its own records, and what rooms above know of it (a case, a task) and hand in here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from gongjian.people.permissions import Asker


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: when, of what kind, in words; ``bad`` where something was found.

    ``page`` is the name of the address where to read on, with what it is about.
    """

    on: date
    title: str
    words: str
    page: str = ""
    about: tuple[object, ...] = ()
    bad: bool = False


Source = Callable[[int, date], Sequence[Happening]]  # of an entry by id, as known on a day: the newest twenty at most, in one query or two
_SOURCES: list[Source] = []


def register_happenings(source: Source) -> None:
    """Take in a room's source, from its ``AppConfig.ready``; the same again changes nothing."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def from_above(entry: int, on: date) -> list[Happening]:
    """What the rooms above know of an entry."""
    return [happening for source in _SOURCES for happening in source(entry, on)]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a room above offers to do about an entry, on its page."""

    title: str
    icon: str
    page: str  # the name of the address
    query: str


Offering = Callable[[int, Asker], Sequence[Offer]]  # about an entry by id, to somebody: only what they may
_OFFERINGS: list[Offering] = []


def register_offers(offering: Offering) -> None:
    """Take in what a room offers, from its ``AppConfig.ready``; the same again changes nothing."""
    if offering not in _OFFERINGS:
        _OFFERINGS.append(offering)


def offers(entry: int, asker: Asker) -> list[Offer]:
    """What rooms above offer this person to do about an entry."""
    return [offer for offering in _OFFERINGS for offer in offering(entry, asker)]
