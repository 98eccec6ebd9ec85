"""How alike two measures are, by what they say: wording first, then where they stand, who answers and by when."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from gongjian.plans.planfile.model import Measure, Party

_NOISE = re.compile(r"[\W_]+")


class Likeness(NamedTuple):
    """Alikeness from 0 to 1 in each respect; ``total`` weighs them. ``condensed``: one side had only a digest to be held against a text."""

    wording: float
    task: float
    section: float
    lead: float
    support: float
    deadline: float
    condensed: bool

    @property
    def total(self) -> float:
        """1 for the same content, 0 for nothing in common."""
        rest = 0.16 * self.task + 0.06 * self.section + 0.09 * self.lead + 0.04 * self.support + 0.05 * self.deadline
        return 0.6 * self.wording + rest


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a measure is compared, worked out once: sets of character pairs, names of departments, the deadline's code."""

    text: frozenset[str]
    digest: frozenset[str]
    task: frozenset[str]
    section: frozenset[str]
    lead: frozenset[str]
    support: frozenset[str]
    deadline: str


def traits_of(measure: Measure) -> Traits:
    """The traits of ``measure``."""
    return Traits(
        _pairs(measure.text),
        _pairs(measure.digest),
        _pairs(measure.task),
        _pairs(measure.section),
        _names(measure.lead),
        _names(measure.support),
        measure.deadline.code(),
    )


def likeness(old: Traits, new: Traits) -> Likeness:
    """How alike two measures are. Equal traits give 1 in every respect."""
    wording, condensed = _wording(old, new)
    return Likeness(
        wording,
        _dice(old.task, new.task),
        _dice(old.section, new.section),
        _dice(old.lead, new.lead),
        _dice(old.support, new.support),
        float(old.deadline == new.deadline),
        condensed,
    )


def _wording(old: Traits, new: Traits) -> tuple[float, bool]:
    """Like with like where both have it; a digest against a text by how much of the shorter is in the longer."""
    same = [_dice(a, b) for a, b in ((old.text, new.text), (old.digest, new.digest)) if a and b]
    if same:
        return max(same), False
    crossed = [_contained(a, b) for a, b in ((old.digest, new.text), (old.text, new.digest)) if a and b]
    if crossed:
        return max(crossed), True
    return float(not (old.text or old.digest or new.text or new.digest)), False


def _pairs(text: str) -> frozenset[str]:
    """Neighbouring characters, letters and digits only, widths and spaces folded; a single character stands for itself."""
    folded = _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()
    return frozenset(folded[at : at + 2] for at in range(len(folded) - 1)) or frozenset(filter(None, [folded]))


def _names(parties: tuple[Party, ...]) -> frozenset[str]:
    return frozenset(party.name for party in parties)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def _contained(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
