"""Writing the log: recording events and sealing them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, router, transaction
from django.db.models import Model

from gongjian.trail.canonical import clean, plain
from gongjian.trail.horizon import settled_id
from gongjian.trail.leaves import pack
from gongjian.trail.models import NO_BATCH, Batch, Event
from gongjian.trail.subjects import Actor, Subject, subject_of, words_for

BATCH_SIZE = 1000  # events
PATIENCE = 2.0  # seconds a seal waits for writers that are under way


@dataclass(frozen=True, slots=True)
class Change:
    """One change of several that one person makes at one moment; the fields are those of ``record``."""

    verb: str
    subject: Model | Subject
    before: Any = None
    after: Any = None
    note: str = ""


def record(
    verb: str, subject: Model | Subject, *, by: Actor | None, at: datetime, before: Any = None, after: Any = None, note: str = ""
) -> Event:
    """Write one event with one INSERT, inside the transaction of the change it tells of (RuntimeError outside one).

    ``by`` None is the system itself. ``before`` and ``after`` may hold dates, decimals and the like; they are stored as plain JSON.
    """
    _require_transaction()
    event = _event(Change(verb, subject, before, after, note), by, at)
    event.save()
    return event


def record_many(changes: Iterable[Change], *, by: Actor | None, at: datetime) -> list[Event]:
    """Write many events of one person and moment at once, in order."""
    _require_transaction()
    return Event.objects.bulk_create(_event(change, by, at) for change in changes)


def seal(*, now: datetime) -> Batch | None:
    """Seal every settled event that is not sealed, in batches of up to 1000; the last batch made, None if there was nothing to seal.

    Writers do not notice. No event escapes: a batch goes only as far as the log is settled (see ``horizon``), so none with a lower id
    can appear later, and one that does was put there. What is still unsettled is taken by the next call. Two sealers at once are
    harmless: the chain has one place for each sequence number, the second finds it taken and leaves the rest to the first.
    """
    head = Batch.objects.order_by("sequence").last()
    reach = settled_id(head.last_id if head else 0, patience=PATIENCE)
    made = None
    while batch := _seal_next(reach, now):
        made = batch
    return made


def _require_transaction() -> None:
    if not transaction.get_connection(router.db_for_write(Event)).in_atomic_block:
        msg = "an event is recorded inside the transaction of the change it tells of"
        raise RuntimeError(msg)


def _event(change: Change, by: Actor | None, at: datetime) -> Event:
    if at.tzinfo is None:
        msg = "an event needs a moment with a time zone"
        raise ValueError(msg)
    subject = subject_of(change.subject)
    actor_id, actor_label = words_for(by)
    event = Event(
        at=at,
        actor_id=actor_id,
        actor_label=clean(actor_label)[:150],
        verb=change.verb,
        subject_type=subject.type,
        subject_id=clean(subject.id),
        subject_label=clean(subject.label)[:200],
        before=plain(change.before),
        after=plain(change.after),
        note=clean(change.note),
    )
    event.digest = event.content_digest()
    return event


def _seal_next(reach: int, now: datetime) -> Batch | None:
    head = Batch.objects.order_by("sequence").last()
    start = head.last_id if head else 0
    events = list(Event.objects.filter(id__gt=start, id__lte=reach).order_by("id").values_list("id", "digest")[:BATCH_SIZE])
    if not events:
        return None
    batch = Batch(
        sequence=head.sequence + 1 if head else 1,
        first_id=events[0][0],
        last_id=events[-1][0],
        count=len(events),
        leaves=pack(events),
        previous=head.digest if head else NO_BATCH,
        sealed_at=now,
    )
    batch.digest = batch.content_digest()
    try:
        with transaction.atomic():
            batch.save()
    except IntegrityError:  # another sealer was first
        return None
    return batch
