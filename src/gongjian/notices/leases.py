"""Taking a letter out of the outbox and saying what became of it: two short transactions with the sending between them.

A letter is claimed, committed as under way, and only then handed to a courier. Whoever stops between the two leaves it ``SENDING``; when
its lease has run out it is ``UNCERTAIN``, for nobody knows whether it went, and it is not tried again, unless the courier is one that
recognises a key it has had. Two workers never claim the same rows: PostgreSQL locks them (a locked row is passed over), SQLite has one
writer at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zlib import crc32

from django.db import connection, transaction
from django.db.models import F, QuerySet

from gongjian.notices.channels import SHARED
from gongjian.notices.courier import Courier
from gongjian.notices.models import Delivery, DeliveryState
from gongjian.notices.planning import Office

LEASE = timedelta(minutes=10)  # far longer than any courier's patience
MINUTE = timedelta(minutes=1)
MOST_FOLDED = 50  # notices in one letter
MOST_ATTEMPTS = 10  # with the pauses below: some eight and a half hours, a night
LONGEST_PAUSE = timedelta(hours=6)
BROKEN_OFF = "发送途中程序中断，不知是否送达；系统不会自动重发，请核实后决定是否重发。"


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: a minute, then twice as long each time, at most six hours."""
    doubled: int = 2 ** min(max(attempts - 1, 0), 30)
    return min(MINUTE * doubled, LONGEST_PAUSE)


@transaction.atomic(durable=True)
def end_leases(courier: Courier, now: datetime) -> int:
    """What somebody set out with and never came back from; the number of deliveries that are uncertain now."""
    lost = Delivery.objects.filter(channel=courier.channel, state=DeliveryState.SENDING, claimed_at__lte=now - LEASE)
    if courier.deduplicates:
        lost.update(state=DeliveryState.WAITING, next_at=now)
        return 0
    return lost.update(state=DeliveryState.UNCERTAIN, trouble=BROKEN_OFF)


@transaction.atomic(durable=True)
def claim(courier: Courier, office: Office, now: datetime) -> list[Delivery]:
    """The deliveries of the next letter, marked as under way; empty where nothing is due or the minute is full."""
    _one_at_a_time(courier)
    if courier.per_minute is not None and _letters_lately(courier, now) >= courier.per_minute:
        return []
    due = Delivery.objects.filter(channel=courier.channel, state=DeliveryState.WAITING, next_at__lte=now)
    if not office.is_open(now):
        due = due.filter(in_hours=False)
    due = due.select_for_update(skip_locked=True, of=("self",))
    first = due.order_by("-dispatch__urgent", "next_at", "id").first()
    if first is None:
        return []
    letter = first.letter or f"{first.channel}-{first.pk}"
    ids = [row.pk for row in _together(due, first).order_by("id")[:MOST_FOLDED]]
    Delivery.objects.filter(pk__in=ids).update(state=DeliveryState.SENDING, letter=letter, claimed_at=now, attempts=F("attempts") + 1)
    return list(Delivery.objects.filter(pk__in=ids).select_related("dispatch", "user").order_by("id"))


def _together(due: QuerySet[Delivery], first: Delivery) -> QuerySet[Delivery]:
    """What goes in one letter with ``first``: its letter once it has one; alone, its notice in a group; else whatever is folded."""
    if first.letter:
        return Delivery.objects.select_for_update(skip_locked=True).filter(letter=first.letter, state=DeliveryState.WAITING)
    unsealed = due.filter(letter="", alone=first.alone)
    if first.channel in SHARED:
        return unsealed.filter(dispatch=first.dispatch_id) if first.alone else unsealed
    return unsealed.filter(pk=first.pk) if first.alone else unsealed.filter(user=first.user_id, address=first.address)


def _letters_lately(courier: Courier, now: datetime) -> int:
    lately = Delivery.objects.filter(channel=courier.channel, claimed_at__gt=now - MINUTE)
    return lately.values("letter").distinct().count()


def _one_at_a_time(courier: Courier) -> None:
    """Where letters are counted, two workers on PostgreSQL count one after the other; on SQLite they cannot do otherwise."""
    if courier.per_minute is not None and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(f"gongjian.notices.{courier.channel}".encode())])


def settle_delivered(deliveries: Sequence[Delivery], now: datetime) -> int:
    """They arrived. Said also of those that were given up as uncertain meanwhile: now we know."""
    return _under_way(deliveries, DeliveryState.SENDING, DeliveryState.UNCERTAIN).update(
        state=DeliveryState.DELIVERED, delivered_at=now, trouble=""
    )


def settle_uncertain(deliveries: Sequence[Delivery], trouble: str) -> None:
    """Nobody knows; somebody must look."""
    _under_way(deliveries, DeliveryState.SENDING).update(state=DeliveryState.UNCERTAIN, trouble=trouble)


def settle_undelivered(deliveries: Sequence[Delivery], now: datetime, trouble: str, *, forever: bool) -> bool:
    """They did not arrive: tried again after a pause, or given up where that is ``forever`` or has been tried often enough (True)."""
    attempts = max(delivery.attempts for delivery in deliveries)
    given_up = forever or attempts >= MOST_ATTEMPTS
    under_way = _under_way(deliveries, DeliveryState.SENDING, DeliveryState.UNCERTAIN)
    if given_up:
        under_way.update(state=DeliveryState.FAILED, trouble=trouble)
    else:
        under_way.update(state=DeliveryState.WAITING, next_at=now + pause_after(attempts), trouble=trouble)
    return given_up


def _under_way(deliveries: Sequence[Delivery], *states: DeliveryState) -> QuerySet[Delivery]:
    """Those that are still as their bearer left them: this letter, this attempt."""
    first = deliveries[0]
    ids = [delivery.pk for delivery in deliveries]
    return Delivery.objects.filter(pk__in=ids, letter=first.letter, claimed_at=first.claimed_at, state__in=states)
