"""Reading the log."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Model

from gongjian.trail.horizon import settled_id
from gongjian.trail.models import Batch, Event
from gongjian.trail.subjects import Subject, subject_of
from gongjian.trail.verification import Fault, Verification, verify

__all__ = ["Fault", "Verification", "events_after", "head", "history", "newest", "verify"]


def history(*things: Model | Subject, limit: int = 100) -> list[Event]:
    """The latest ``limit`` events about any of the things, newest first; one query for each type among them."""
    ids: dict[str, list[str]] = {}
    for subject in map(subject_of, things):
        ids.setdefault(subject.type, []).append(subject.id)
    found = [
        event
        for kind, numbers in ids.items()
        for event in Event.objects.filter(subject_type=kind, subject_id__in=numbers).order_by("-at", "-id")[:limit]
    ]
    return sorted(found, key=lambda event: (event.at, event.id), reverse=True)[:limit]


def events_after(cursor: int, limit: int, verbs: Collection[str] | None = None) -> list[Event]:
    """Up to ``limit`` events with an id above ``cursor``, oldest first, of these verbs (None: all).

    The last id is the next cursor. Only settled events are handed over, so that a reader never goes past one that commits late.
    """
    events = Event.objects.filter(id__gt=cursor, id__lte=settled_id(cursor)).order_by("id")
    return list((events if verbs is None else events.filter(verb__in=verbs))[:limit])


def newest(limit: int, *, before: int | None = None) -> list[Event]:
    """The latest ``limit`` events, newest first; those with an id below ``before`` where one is given."""
    events = Event.objects.order_by("-id")
    return list((events if before is None else events.filter(id__lt=before))[:limit])


def head() -> Batch | None:
    """The latest batch; its digest, kept outside this machine, anchors everything before it."""
    return Batch.objects.order_by("sequence").last()
