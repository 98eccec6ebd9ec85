"""Pace and headroom: what must still be done, and what may still go wrong, for a target to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Pace:
    """How a count stands against its target with ``days`` of ``of`` gone.

    ``expected`` is what an even pace would have brought by now, ``projected`` the year-end value at the pace so far (None on the
    first morning), ``per_day`` what each remaining day must bring: 0 when done, None when no day is left and the target is missed.
    """

    done: float
    target: float
    expected: float
    projected: float | None
    per_day: float | None

    @property
    def on_course(self) -> bool:
        """Whether at least the even pace has been kept."""
        return self.done >= self.expected


def pace(done: float, target: float, days: int, of: int) -> Pace:
    """The pace of a count ``done`` after ``days`` of the ``of`` days it has; ValueError for days outside the period."""
    if not 0 <= days <= of or of == 0:
        msg = f"day {days} is not within {of} days"
        raise ValueError(msg)
    left = max(0.0, target - done)
    per_day = left / (of - days) if days < of else (None if left else 0.0)
    return Pace(done, target, target * days / of, done * of / days if days else None, per_day)


def failures_affordable(target: float | str, passed: int, failed: int, to_come: int = 0) -> int:
    """How many more may fail while the share passed still ends at ``target`` (0 to 1) or more, with ``to_come`` still to be tried.

    Negative: the target is lost by that many failures even if all that come pass. Never more than ``to_come`` when it is given; with
    0 it says how many failures could be added to today's figures. ``target`` is read as the decimal it is written as, so that 0.95
    of 100 leaves exactly 5. Raises ValueError for a target outside 0 to 1, and for one of 0 with no end to what is to come.
    """
    share = _share(target)
    if to_come:
        return min(to_come, floor((1 - share) * (passed + failed + to_come)) - failed)
    if share == 0:
        msg = "a target of zero can never be missed"
        raise ValueError(msg)
    return floor(Fraction(passed) / share) - (passed + failed)


def passes_needed(target: float | str, passed: int, failed: int) -> int | None:
    """How many passes in a row bring the share to ``target``: 0 when it is there, None when it cannot be reached (a target of 1)."""
    share = _share(target)
    if passed >= share * (passed + failed):
        return 0
    return None if share == 1 else ceil((share * (passed + failed) - passed) / (1 - share))


@dataclass(frozen=True, slots=True)
class Headroom:
    """What the rest must average at most for a mean to end at or under its target.

    ``rest_at_most`` is None when nothing is left; ``reachable`` is whether values of zero or more can still do it (or have done it).
    """

    so_far: float | None
    rest_at_most: float | None
    reachable: bool


def headroom(target: float, total: float, count: int, left: int) -> Headroom:
    """Headroom of a mean with ``count`` values adding up to ``total`` and ``left`` values still to come; ValueError without any.

    >>> headroom(55, total=60.0 * 300, count=300, left=66).rest_at_most
    32.27272727272727
    """
    if count < 0 or left < 0 or count + left == 0:
        msg = f"no mean of {count} values and {left} to come"
        raise ValueError(msg)
    so_far = total / count if count else None
    if left == 0:
        return Headroom(so_far, None, so_far is not None and so_far <= target)
    rest = (target * (count + left) - total) / left
    return Headroom(so_far, rest, rest >= 0)


def _share(target: float | str) -> Fraction:
    share = Fraction(str(target))
    if not 0 <= share <= 1:
        msg = f"a ratio target lies between 0 and 1, not at {target}"
        raise ValueError(msg)
    return share
