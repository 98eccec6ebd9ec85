"""Holding the log against its seals, batch by batch: the first thing that does not fit, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from gongjian.trail.canonical import digest_of
from gongjian.trail.leaves import unpack
from gongjian.trail.models import CONTENT, NO_BATCH, Batch, Event

UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError, RecursionError, DatabaseError)  # what a garbled row raises when read
CHUNK = 1000  # events held in memory at a time


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing found wrong: the event or the batch it is about, and one Chinese sentence (``str()``)."""

    message: str
    event: int | None = None
    batch: int | None = None

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found. Counts are of what was checked up to the first fault; ``head`` is the last batch's digest, "" without one."""

    events: int
    batches: int
    unsealed: int
    head: str
    first_bad: Fault | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return self.first_bad is None


@dataclass(frozen=True, slots=True)
class Row:
    """An event as it is now: the digest it carries, the one its content has ("" if it cannot be read), and how to speak of it."""

    id: int
    carried: Any
    computed: str
    words: str

    @property
    def intact(self) -> bool:
        """Whether it agrees with itself."""
        return bool(self.computed) and self.carried == self.computed


def verify(*, expect_head: str | None = None) -> Verification:
    """Check every event and every batch, oldest first, stopping at the first fault; memory is bounded by one batch.

    A log rewritten as a whole, events, batches and all, agrees with itself; so does one whose end was cut off. Against both, keep a
    head's digest outside this machine and pass it as ``expect_head``: its batch must still be in the chain.
    """
    events = batches = unsealed = 0
    awaited = expect_head.strip().lower() if expect_head else None
    last: Batch | None = None
    fault: Fault | None = None
    for batch, following in _pairs():
        if fault := _check_batch(batch, last, following):
            break
        events, batches, last = events + batch.count, batches + 1, batch
        awaited = None if batch.digest == awaited else awaited
    if not fault and awaited:
        fault = Fault(f"另行保管的链头摘要 {awaited[:16]}… 不在封存链中：日志曾被整体改写或截去了末尾。")
    if not fault:
        unsealed, fault = _check_unsealed(last.last_id if last else None)
    return Verification(events + unsealed, batches, unsealed, last.digest if last else "", fault)


def _pairs() -> Iterator[tuple[Batch, Batch | None]]:
    """Each batch with the one after it."""
    batch = Batch.objects.order_by("sequence").first()
    while batch:
        following = Batch.objects.filter(sequence__gt=batch.sequence).order_by("sequence").first()
        yield batch, following
        batch = following


def _check_batch(batch: Batch, last: Batch | None, following: Batch | None) -> Fault | None:
    expected = last.sequence + 1 if last else 1
    if batch.sequence != expected:
        return Fault(f"封存链不完整：第{expected}批封存缺失。", batch=expected)
    rewritten = None if _stands(batch, last, following) else _rewritten(batch)
    try:
        leaves = list(unpack(bytes(batch.leaves)))
    except UNREADABLE:
        return rewritten
    row, fault = _first_misfit(
        leaves, _rows(last.last_id if last else None, leaves[-1][0] if leaves else batch.last_id, len(leaves) + 1), batch
    )
    if row and not row.intact:  # it disagrees with itself, whatever the seal says
        return fault
    return rewritten or fault


def _rewritten(batch: Batch) -> Fault:
    return Fault(f"{batch}的封存记录被改动，与封存链不符。", batch=batch.sequence)


def _stands(batch: Batch, last: Batch | None, following: Batch | None) -> bool:
    """Whether the batch agrees with itself and its neighbours; a following one that is itself broken is no witness."""
    if not _self_consistent(batch) or batch.previous != (last.digest if last else NO_BATCH):
        return False
    if following is None or following.sequence != batch.sequence + 1 or not _self_consistent(following):
        return True
    return following.previous == batch.digest


def _self_consistent(batch: Batch) -> bool:
    try:
        return batch.digest == batch.content_digest()
    except UNREADABLE:
        return False


def _first_misfit(leaves: list[tuple[int, str]], rows: Iterable[Row], batch: Batch) -> tuple[Row | None, Fault | None]:
    for leaf, row in zip_longest(leaves, rows):
        if row is None or (leaf and row.id > leaf[0]):
            return None, Fault(f"第{leaf[0]}号事件已列入第{batch.sequence}批封存，现在日志中缺失。", leaf[0], batch.sequence)
        if leaf is None or row.id < leaf[0]:
            return None, Fault(f"{row.words}不在封存之列，是第{batch.sequence}批封存之后插入的。", row.id, batch.sequence)
        if not row.intact:
            return row, Fault(f"{row.words}与登记时的摘要不符，已被改动。", row.id, batch.sequence)
        if row.computed != leaf[1]:
            return row, Fault(f"{row.words}与第{batch.sequence}批封存的摘要不符，已连同自身摘要被改动。", row.id, batch.sequence)
    return None, None


def _check_unsealed(after: int | None) -> tuple[int, Fault | None]:
    """Events not sealed yet can only be held against their own digest."""
    seen = 0
    while rows := _rows(after, None, CHUNK):
        for row in rows:
            if not row.intact:
                return seen, Fault(f"{row.words}（尚未封存）与登记时的摘要不符，已被改动。", row.id)
            seen += 1
        after = rows[-1].id
    return seen, None


def _rows(after: int | None, last: int | None, limit: int) -> list[Row]:
    events = Event.objects.order_by("id")
    events = events if after is None else events.filter(id__gt=after)
    events = events if last is None else events.filter(id__lte=last)
    try:
        return [_row(*values) for values in events.values_list("id", "digest", *CONTENT)[:limit]]
    except UNREADABLE:  # one of them is garbled: read them one by one to learn which
        return [_row_alone(number) for number in events.values_list("id", flat=True)[:limit]]


def _row_alone(number: int) -> Row:
    try:
        return _row(*Event.objects.values_list("id", "digest", *CONTENT).get(id=number))
    except UNREADABLE:
        return Row(number, "", "", f"第{number}号事件")


def _row(number: int, digest: Any, *content: Any) -> Row:
    (
        at,
        _,
        actor,
        verb,
        *_,
    ) = content
    return Row(number, digest, digest_of(*content), _words(number, at, actor, verb, content[6]))


def _words(number: int, at: datetime, actor: str, verb: str, label: str) -> str:
    return f"第{number}号事件（{timezone.localtime(at):%Y-%m-%d %H:%M} {actor} {verb} {label}）"
