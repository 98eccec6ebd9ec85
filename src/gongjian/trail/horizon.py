"""Up to which event the log is settled: no event with a lower id can appear any more.

SQLite has one writer at a time, so ids are committed in order. PostgreSQL gives out ids before transactions commit: one that commits
late brings a lower id than others that can already be read, and whoever has gone past it would never see it. But an INSERT takes a
RowExclusiveLock on the table before it is given an id, and keeps it to the end of its transaction. So: read the highest id, *then* look
who holds that lock. When all of those have ended, everything up to that id is there to be read or never will be (rolled back).
Writers that come later get higher ids and are not waited for; nobody ever waits for us.
"""

from __future__ import annotations

import time

from django.db import connections, router
from django.db.models import Max

from gongjian.trail.models import Event

PAUSE = 0.02  # seconds between two looks
SCAN = 10_000  # rows looked at for a gap
WRITERS = """
    SELECT virtualtransaction FROM pg_locks
    WHERE locktype = 'relation' AND relation = 'trail_event'::regclass AND mode = 'RowExclusiveLock' AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid IS DISTINCT FROM pg_backend_pid()
"""


def settled_id(after: int, *, patience: float = 0.0) -> int:
    """The highest id up to which the log is settled, at least ``after`` (itself known to be settled).

    Waits up to ``patience`` seconds for writers that were under way; if some still are, the log is settled as far as no id is missing.
    """
    newest: int = Event.objects.aggregate(newest=Max("id"))["newest"] or after
    if connections[router.db_for_read(Event)].vendor != "postgresql" or _ended(_writers(), patience):
        return max(newest, after)
    return _without_gap(after, newest)


def _ended(under_way: set[str], patience: float) -> bool:
    until = time.monotonic() + patience
    while under_way and under_way & _writers():
        if time.monotonic() >= until:
            return False
        time.sleep(PAUSE)
    return True


def _writers() -> set[str]:
    with connections[router.db_for_read(Event)].cursor() as cursor:
        cursor.execute(WRITERS)
        return {row[0] for row in cursor.fetchall()}


def _without_gap(after: int, newest: int) -> int:
    reached = after
    for number in Event.objects.filter(id__gt=after, id__lte=newest).order_by("id").values_list("id", flat=True)[:SCAN]:
        if number != reached + 1:
            break
        reached = number
    return reached
