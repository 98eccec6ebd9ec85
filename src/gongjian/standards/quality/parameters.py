"""The numbers detectors go by, as dated data: which edition applies depends on the days looked at, never on today.

HJ 75-2017 (stack gas) and HJ 356-2019 (waste water) say which data are valid and how many there must be; for what looks forged or broken
they give no numbers. Those below are the house's own: strict enough that honest data rarely show (rates are stated with each detector and
tested), and every finding is for a person to look at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

MINUTE, HOUR, DAY = 60, 3600, 86400  # periods, seconds
SLOW = frozenset({"w01001", "w01010", "a01001", "a01006", "a19001"})  # pH, temperatures, pressure, oxygen: may stand still for long


@dataclass(frozen=True, slots=True)
class Parameters:
    """One edition, in force from ``since``.

    ``capture`` and ``validity`` are the least shares; ``flat`` the equal values in a row that are too many, by period, ``slow`` times as
    many for ``SLOW`` factors; ``jump_window``, ``jump_times``, ``jump_share``: so many values before, so many times their scatter, which
    counts as at least that share of their median; ``likeness`` and ``steps``: correlation of changes, over at least so many changes;
    ``margin``: width of the band below a limit as a share of it, ``margin_share`` of the values in it, ``margin_odds`` below for one
    above; ``alpha``: how often chance alone may lead to a finding of the two tests.
    """

    since: date
    capture: float = 0.90
    validity: float = 0.90
    flat: Mapping[int, int] = field(default_factory=lambda: {MINUTE: 60, HOUR: 6, DAY: 4}, hash=False)
    slow: int = 4
    jump_window: int = 24
    jump_times: float = 12.0
    jump_share: float = 0.05
    likeness: float = 0.999
    steps: int = 24
    margin: float = 0.05
    margin_share: float = 1 / 3
    margin_odds: float = 3.0
    least: int = 48
    alpha: float = 0.01

    def flat_length(self, factor: str, period: int) -> int:
        """How many equal values in a row are too many; a period nobody thought of goes by the hours."""
        return self.flat.get(period, self.flat[HOUR]) * (self.slow if factor in SLOW else 1)


EDITIONS = (Parameters(date(2017, 1, 1)),)


def parameters_on(day: date) -> Parameters:
    """The edition in force on a day; the first one for the days before it."""
    return next((edition for edition in reversed(EDITIONS) if edition.since <= day), EDITIONS[0])
