"""Days that are over, remembered so that a map of any past day is one query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from gongjian.indicators.models import Remembered
from gongjian.indicators.recalling import store
from gongjian.indicators.reckoning import computed_now
from gongjian.indicators.registry import catalogue
from gongjian.indicators.standing import Standing, Wish, as_json
from gongjian.kernel.refusal import Refusal
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day
from gongjian.trail.subjects import Actor, Subject

AT_ONCE = 31  # days computed together


def remember(days: Iterable[date], *, now: datetime, wishes: Sequence[Wish] | None = None) -> int:
    """Store how every indicator, whole and by each split, stood on days that are over; returns how many were new.

    ``wishes`` narrows it. Refusal for a day that is not over: its light may still change.
    """
    chosen = sorted(set(days))
    if chosen and chosen[-1] >= local_day(now):
        msg = f"{chosen[-1]}还没有过完，不能留存这一天的读数。"
        raise Refusal(msg)
    asked = list(wishes) if wishes is not None else _every_wish()
    return sum(_remember(asked, chosen[start : start + AT_ONCE]) for start in range(0, len(chosen), AT_ONCE))


def _every_wish() -> list[Wish]:
    """Every indicator as a whole and by each of its splits."""
    return [Wish(indicator, name) for indicator in catalogue() for name in ("", *(split.name for split in indicator.splits))]


def forget(codes: Sequence[str], since: date, *, why: str, by: Actor | None, now: datetime) -> int:
    """Forget days from ``since`` on: for an importer that enters records as of a past day, which nothing else may do."""
    with transaction.atomic():
        gone, _ = Remembered.objects.filter(code__in=codes, day__gte=since).delete()
        if gone:
            subject = Subject("indicators.remembered", since.isoformat(), "、".join(codes)[:200])
            record("readings.forgotten", subject, by=by, at=now, after={"since": since, "days": gone}, note=why)
    return gone


def _remember(wishes: Sequence[Wish], days: Sequence[date]) -> int:
    methods = {wish.indicator.code: wish.indicator.method for wish in wishes}
    held = set(Remembered.objects.filter(code__in=methods, day__in=days, stamp="").values_list("code", "split", "day", "method"))
    missing = [day for day in days if any((w.indicator.code, w.split, day, w.indicator.method) not in held for w in wishes)]
    found = computed_now(wishes, missing)
    rows = [
        _row(code, split, methods[code], standing)
        for (code, split, day), standing in found.items()
        if (code, split, day, methods[code]) not in held
    ]
    store(rows)
    return len(rows)


def _row(code: str, split: str, method: str, standing: Standing) -> Remembered:
    return Remembered(code=code, split=split, day=standing.day, method=method, standing=as_json(standing))
