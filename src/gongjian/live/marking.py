"""What is drawn on a curve besides its values. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Bounds(NamedTuple):
    """The limits of a factor on a day, the strictest of those in force; None: none."""

    lower: float | None
    upper: float | None

    def passed(self, value: float | None) -> bool:
        """Whether a value is beyond them."""
        return value is not None and ((self.upper is not None and value > self.upper) or (self.lower is not None and value < self.lower))


@dataclass(frozen=True, slots=True)
class Line:
    """A limit from one moment to another (seconds)."""

    first: int
    last: int
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """An alarm or a finding from one moment to another (seconds); on which page (the name of an address) of what it is dealt with."""

    first: int
    last: int
    words: str
    page: str
    key: int
    grave: bool
