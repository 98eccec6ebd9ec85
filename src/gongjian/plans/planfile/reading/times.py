"""The deadlines printed in one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongjian.kernel.deadlines import Deadline, DeadlineKind, parse_deadline
from gongjian.plans.planfile.reading.wording import tidy

_BETWEEN = re.compile(r"[\s、，,；;/]+")
LONGEST = 4  # blanks a single deadline may be broken by


def deadlines_of(paragraphs: Sequence[str]) -> list[Deadline]:
    """The deadlines of a cell, in order; words that are none stay as an unstated deadline with their text."""
    whole = tidy(" ".join(paragraphs))
    if not whole:
        return []
    if one := parse_deadline(whole):
        return [one]
    words = [word for paragraph in paragraphs for word in _BETWEEN.split(paragraph) if word]
    return _taken(words) or [Deadline(DeadlineKind.UNSTATED, text=whole)]


def _taken(words: list[str]) -> list[Deadline]:
    """The words read as deadlines one after another, the longest run of words first; [] if any is left over."""
    found: list[Deadline] = []
    at = 0
    while at < len(words):
        for count in range(min(LONGEST, len(words) - at), 0, -1):
            if one := parse_deadline("".join(words[at : at + count])):
                found.append(one)
                at += count
                break
        else:
            return []
    return found
