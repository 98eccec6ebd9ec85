"""Today's list: every errand, in the order somebody out there would take them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongjian.fieldwork.errands import errands
from gongjian.fieldwork.ordering import Placed, ordered
from gongjian.kernel.geometry import Point
from gongjian.people.models import User

SHOWN = 300  # errands of one list: the phone orders them by nearness itself, so what is near must be among them


@dataclass(frozen=True, slots=True)
class Today:
    """``shown`` are the first of ``total``; ``overdue`` of all of them are late."""

    shown: list[Placed]
    total: int
    overdue: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.shown)


def today(user: User, at: datetime, here: Point | None) -> Today:
    """What waits for ``user``; a query or a few for each source."""
    found = ordered(errands(user, at), here)
    return Today(found[:SHOWN], len(found), sum(placed.errand.overdue for placed in found))
