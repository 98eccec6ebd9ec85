"""What every part of the made-up district shares: its seed, its size, its days, its departments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import sqrt
from random import Random

from gongjian.kernel.workdays import Calendar
from gongjian.mobile.demonstration.luck import luck_of
from gongjian.people.models import Department

ENFORCEMENT, POLICE, RUNNING, ECONOMY = "综合执法局", "公安分局交通大队", "城市运行局", "经济发展局"
DEPARTMENTS = (ENFORCEMENT, POLICE, RUNNING, ECONOMY)


@dataclass(frozen=True, slots=True)
class Story:
    """The days from ``since`` to ``until`` of a district ``scale`` times the size of the smallest."""

    seed: int
    scale: int
    since: date
    until: date
    calendar: Calendar
    departments: Mapping[str, Department] = field(hash=False)

    def luck(self, part: str) -> Random:
        """The stream of one part."""
        return luck_of(self.seed, part)

    def places(self, count: float) -> int:
        """How many of something there are of which a larger district has more, but not in proportion."""
        return max(1, round(count * sqrt(self.scale)))
