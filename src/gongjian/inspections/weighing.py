"""What may raise an object's chance in a draw. Each field of work may add its own; what weighs is written down with every object."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ImproperlyConfigured

from gongjian.cases.models import Case
from gongjian.kernel.refusal import Refusal
from gongjian.trail.office_day import end_of, start_of

ONCE, TWICE = 1000, 2000  # weights are thousandths
A_YEAR = timedelta(365)
Weigh = Callable[
    [Collection[int], date], Mapping[int, tuple[int, str]]
]  # of entries by id, as known on a day: weight and why; absent: once


@dataclass(frozen=True, slots=True)
class Weigher:
    """A way to weigh objects, with the rule in words as it is published."""

    slug: str
    title: str
    rule: str
    weigh: Weigh
    ledgers: tuple[str, ...] = ()


_WEIGHERS: dict[str, Weigher] = {}


def register_weigher(*found: Weigher) -> None:
    """Take weighers in, from a room's ``AppConfig.ready``; the same again changes nothing."""
    for one in found:
        if _WEIGHERS.get(one.slug, one) is not one:
            msg = f"two weighers are called {one.slug}"
            raise ImproperlyConfigured(msg)
        _WEIGHERS[one.slug] = one


def forget_weighers(*slugs: str) -> None:
    """Take weighers out again; for tests."""
    for slug in slugs:
        _WEIGHERS.pop(slug, None)


def weighers(ledger: str = "") -> list[Weigher]:
    """Those that can weigh the things of a ledger; empty: all."""
    return [one for one in _WEIGHERS.values() if not ledger or not one.ledgers or ledger in one.ledgers]


def weigher(slug: str) -> Weigher:
    """The weigher of that slug; Refusal when there is none."""
    if found := _WEIGHERS.get(slug):
        return found
    msg = f"没有“{slug[:40]}”这种加权方式，请从列表中选择。"
    raise Refusal(msg)


def _found_before(entries: Collection[int], on: date) -> Mapping[int, tuple[int, str]]:
    """Twice the chance for what had a problem in the year before; one query."""
    since = start_of(on - A_YEAR)
    bad = Case.objects.filter(entry__in=entries, found_at__gte=since, found_at__lt=end_of(on)).exclude(state="dismissed")
    return {entry: (TWICE, "一年内查出过问题") for entry in bad.values_list("entry", flat=True).distinct() if entry is not None}


FOUND_BEFORE = Weigher(
    "found-before", "一年内查出过问题的加倍", "一年内登记过问题（不予立案的除外）的对象，抽中的机会为其他对象的两倍", _found_before
)
