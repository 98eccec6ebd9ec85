"""The kinds of item a scheme may weigh, and where their rows come from. Rooms above may add theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from gongjian.assessment.scoring import Row
from gongjian.kernel.refusal import Refusal

Rows = Mapping[str, Mapping[int, Sequence[Row]]]  # by kind of item, then by department id


@dataclass(frozen=True, slots=True)
class Term:
    """What is assessed: what fell from ``first`` to ``last``, as it was known by the end of ``on``, which is not after ``last``."""

    first: date
    last: date
    on: date


@dataclass(frozen=True, slots=True)
class ItemKind:
    """One kind of item: ``slug`` is its name in schemes, ``sentence`` says what a row is and when it is kept, partly or broken."""

    slug: str
    title: str
    sentence: str


class Source(Protocol):
    """Knows the rows of one kind of item or of several: pure verdicts over what other rooms' queries tell."""

    def __call__(self, term: Term) -> Rows:
        """Every department's rows of the term; a fixed number of queries."""
        ...


_KINDS: dict[str, ItemKind] = {}
_SOURCES: dict[str, tuple[Source, frozenset[str]]] = {}


def register(name: str, source: Source, *kinds: ItemKind) -> None:
    """Let ``source`` answer for these kinds; harmless when done again under the same name."""
    forget(name)
    if taken := [kind.slug for kind in kinds if kind.slug in _KINDS]:
        msg = f"item kinds registered twice: {taken}"
        raise ValueError(msg)
    _KINDS.update({kind.slug: kind for kind in kinds})
    _SOURCES[name] = (source, frozenset(kind.slug for kind in kinds))


def forget(name: str) -> None:
    """Take a source and its kinds out again."""
    _, slugs = _SOURCES.pop(name, (None, frozenset()))
    for slug in slugs:
        del _KINDS[slug]


def kinds() -> list[ItemKind]:
    """All of them, in the order they came."""
    return list(_KINDS.values())


def kind_called(slug: str) -> ItemKind:
    """The kind; Refusal where nobody answers for it."""
    if slug not in _KINDS:
        msg = f"考核办法里的考核项“{slug}”没有数据来源，请在考核办法中改用：{'、'.join(_KINDS)}。"
        raise Refusal(msg)
    return _KINDS[slug]


def sources_of(wanted: Sequence[str]) -> Iterator[Source]:
    """The sources needed for these kinds, each once; Refusal for a kind nobody answers for."""
    for slug in wanted:
        kind_called(slug)
    for source, slugs in _SOURCES.values():
        if slugs & set(wanted):
            yield source
