"""The measures in one cell: paragraphs, numbered items, or sentences where the page shows they are several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongjian.documents import PERHAPS
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
    perhaps: tuple[str, ...] = ()  # what it falls into if each possible paragraph in it is one


def pieces_of(paragraphs: Sequence[str], *, punctuated: bool) -> list[Piece]:
    """The measures printed in a cell, by paragraphs; an unfinished paragraph goes on in the next.

    ``punctuated`` tells whether the document closes its measures with full stops; where it does not, every paragraph is a measure.
    """
    found: list[Piece] = []
    for paragraph in paragraphs:
        parts = _BLANK_STOP.split(paragraph)
        for part in parts:
            perhaps = tuple(map(tidy, part.split(PERHAPS))) if PERHAPS in part else ()
            piece = Piece(tidy(part), at_blank=len(parts) > 1, perhaps=perhaps)
            if found and punctuated and not ended(found[-1].text) and not numbered(part):
                found[-1] = _joined(found[-1], piece)
            elif piece.text:
                found.append(piece)
    return found


def _joined(first: Piece, rest: Piece) -> Piece:
    between = " " if (first.text[-1:] + rest.text[:1]).isascii() else ""
    before, after = _possible(first), _possible(rest)
    perhaps = (*before[:-1], before[-1] + between + after[0], *after[1:])
    return replace(
        first,
        text=first.text + between + rest.text,
        fragments=first.fragments + rest.fragments,
        perhaps=perhaps if len(perhaps) > 1 else (),
    )


def _possible(piece: Piece) -> tuple[str, ...]:
    return piece.perhaps or (piece.text,)


def carried_on(before: Piece, rest: Piece) -> Piece:
    """A measure with the words that follow in a later row."""
    return replace(_joined(before, rest), fragments=before.fragments, joined=True)


def cut_to(pieces: list[Piece], count: int) -> list[Piece]:
    """The pieces cut into ``count`` where what stands beside them asks for it and the text allows it, else as they are.

    First at possible paragraphs, then a single piece by its sentences.
    """
    if len(pieces) == count:
        return pieces
    possible = [Piece(text, by_sentence=bool(piece.perhaps)) for piece in pieces for text in _possible(piece)]
    if len(possible) == count:
        return possible
    parts = sentences(pieces[0].text) if len(pieces) == 1 else []
    return [Piece(part.strip(), by_sentence=True) for part in parts] if len(parts) == count else pieces


def disordered(piece: Piece) -> bool:
    """Whether a piece was put together from so many short lines that they were no paragraphs."""
    return piece.fragments >= MANY_FRAGMENTS and len(piece.text) < piece.fragments * SHORT_FRAGMENT
