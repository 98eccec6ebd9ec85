"""Keeping what devices were asked for, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from gongjian.telemetry.fates import OLDEST, Fate, Note
from gongjian.telemetry.models import HistoryAsked
from gongjian.telemetry.moments import from_micros

KEPT: Final = timedelta(days=180)  # what is over is told for so long
GOING_ON: Final = [fate for fate in Fate if not fate.is_over]
_ONE: Final = ("device", "stream", "first", "last")
_MOVING: Final = ("fate", "rounds", "tries", "came", "said", "asked_at", "over_at")


@transaction.atomic
def keep_notes(notes: Iterable[Note], *, now: datetime) -> None:
    """Keep how far asking is; of notes on the same gap the last one counts.

    What has waited too long by ``now`` is given up; what has long been over is forgotten.
    System only: the gateway notes, nobody types.
    """
    newest = {note[: len(_ONE)]: note for note in notes}
    rows = [_row(note) for note in newest.values()]
    HistoryAsked.objects.bulk_create(rows, batch_size=500, update_conflicts=True, unique_fields=_ONE, update_fields=_MOVING)
    HistoryAsked.objects.filter(fate__in=GOING_ON, seen_at__lt=now - OLDEST).update(fate=Fate.SILENT, over_at=now)
    HistoryAsked.objects.filter(seen_at__lt=now - KEPT).delete()


def _row(note: Note) -> HistoryAsked:
    plain = note._asdict()
    moments = {name: None if plain[name] is None else from_micros(plain[name]) for name in ("seen_at", "asked_at", "over_at")}
    return HistoryAsked(device_id=plain.pop("device"), **plain | moments)
