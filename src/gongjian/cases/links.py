"""Where a case came from, as rooms above know it: the task in which it was found. Handed in here, shown on the case's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """One thing a case belongs to: what it is, its name, and the name of the address, with its id, where to read on."""

    title: str
    words: str
    page: str
    about: int


Source = Callable[[int], Sequence[Link]]  # of a case by id; one query
_SOURCES: list[Source] = []


def register_links(source: Source) -> None:
    """Take in a room's source, from its ``AppConfig.ready``; the same again changes nothing."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def links_of(case: int) -> list[Link]:
    """What the rooms above know a case to belong to."""
    return [link for source in _SOURCES for link in source(case)]
