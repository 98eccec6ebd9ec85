"""What happened to an entry, for its page: its own records, and what rooms above know of it (a case, a task) and hand in here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


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
