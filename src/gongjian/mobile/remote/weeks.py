"""How a terminal connected to our gateway stood in a week, by what came from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

WEEK = timedelta(7)


class Came(NamedTuple):
    """What came from a vehicle until the end of a week.

    The days it was heard first and last, of anything at all and until now (None: never); its last kept day until then; of the days of the
    week the share (%) of the running time for which data came, None where the engine never ran.
    """

    first_heard: date | None
    last_heard: date | None
    last_kept: date | None
    percent: float | None


class Stood(NamedTuple):
    """A status: on the line or not, how complete the data were (%), the last day with data."""

    online: bool
    percent: float | None
    last_seen: date | None


def stood(came: Came, sunday: date) -> Stood | None:
    """The status of the week that ends with ``sunday``; None for one before the terminal was connected to us.

    On the line is whoever sent anything in the week, readable or sealed: of the latter all that is known is when it came last.
    """
    if came.first_heard is not None and came.first_heard > sunday:
        return None
    heard = came.last_heard if came.last_heard is not None and came.last_heard <= sunday else None
    last = max((day for day in (came.last_kept, heard) if day is not None), default=None)
    online = last is not None and last > sunday - WEEK
    return Stood(online, came.percent if online else None, last)
