"""The measures in one cell: paragraphs, numbered items, or sentences where the page shows they are several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongjian.plans.planfile.reading.wording import ended, numbered, sentences, tidy

_BLANK_STOP = re.compile(r"(?<=[。！？])[ \t\u3000]+(?=\S)")
SHORT_FRAGMENT = 12  # characters; shorter lines are no paragraphs
MANY_FRAGMENTS = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one measure; how it was cut out of its cell."""

    text: str
    at_blank: bool = False  # cut off where a blank after a full stop betrays a lost paragraph
    by_sentence: bool = False
    fragments: int = 1  # lines it was put together from
    joined: bool = False  # begun in a row above


def pieces_of(paragraphs: Sequence[str], *, punctuated: bool) -> list[Piece]:
    """The measures printed in a cell, by paragraphs; an unfinished paragraph goes on in the next.

    ``punctuated`` tells whether the document closes its measures with full stops; where it does not, every paragraph is a measure.
    """
    found: list[Piece] = []
    for paragraph in paragraphs:
        parts = _BLANK_STOP.split(paragraph)
        for part in parts:
            piece = Piece(tidy(part), at_blank=len(parts) > 1)
            if found and punctuated and not ended(found[-1].text) and not numbered(part):
                found[-1] = _joined(found[-1], piece)
            elif piece.text:
                found.append(piece)
    return found


def _joined(first: Piece, rest: Piece) -> Piece:
    between = " " if (first.text[-1:] + rest.text[:1]).isascii() else ""
    return replace(first, text=first.text + between + rest.text, fragments=first.fragments + rest.fragments)


def carried_on(before: Piece, rest: Piece) -> Piece:
    """A measure with the words that follow in a later row."""
    return replace(_joined(before, rest), fragments=before.fragments, joined=True)


def by_sentences(piece: Piece, count: int) -> list[Piece]:
    """The piece cut into ``count`` sentences, or left whole if it has not as many."""
    parts = sentences(piece.text)
    if len(parts) != count:
        return [piece]
    return [Piece(part.strip(), by_sentence=True) for part in parts]


def disordered(piece: Piece) -> bool:
    """Whether a piece was put together from so many short lines that they were no paragraphs."""
    return piece.fragments >= MANY_FRAGMENTS and len(piece.text) < piece.fragments * SHORT_FRAGMENT
