"""Telling people: into the outbox and every inbox with the change, and planned for the other channels."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from gongjian.notices import couriers
from gongjian.notices.channels import CHOSEN, SHARED, Channel, Rhythm
from gongjian.notices.courier import Item, Letter, Notice
from gongjian.notices.couriers.inbox import Inbox
from gongjian.notices.models import Delivery, DeliveryState, Dispatch
from gongjian.notices.office import office_around
from gongjian.notices.planning import EVERYBODY, HOUR, Habit, Planned, Reader, plan_deliveries
from gongjian.notices.queries import habits_of
from gongjian.people.models import User

log = logging.getLogger("gongjian.notices")
UNASKED = Habit(Rhythm.AT_ONCE, quiet=False)  # of the console, and of people without an account


@transaction.atomic
def send(notice: Notice, *, at: datetime) -> bool:
    """Put a notice into the outbox, into the inbox of everybody it is for, and plan its deliveries by the other channels in use.

    False if its key has been sent before, or if there is nobody to tell. A transaction that rolls back sends nothing: whatever leaves the
    house is read out of the outbox afterwards, by ``deliver_waiting``.
    """
    if not notice.to:
        return False
    fields = asdict(notice)
    key = fields.pop("key")
    dispatch, new = Dispatch.objects.get_or_create(key=key, defaults={**fields, "created_at": at})
    if not new:
        return False
    users = list(User.objects.filter(pk__in=[who for who in notice.to if isinstance(who, int)], is_active=True))
    letter = Letter(key, "", notice.title, (Item(notice.title, notice.body, notice.link),), (), at, notice.urgent)
    Inbox().deliver_all(dispatch, users, letter)
    channels = couriers.current().keys()
    _plan(dispatch, notice, list(_readers(notice, users, channels)), timezone.localtime(at))
    if missed := [who for who in notice.to if isinstance(who, str)] if Channel.EMAIL not in channels else []:
        log.warning("notice %s: no e-mail courier in use, %d addresses not told", key, len(missed))
    return True


def _readers(notice: Notice, users: Collection[User], channels: Collection[Channel]) -> Iterator[Reader]:
    chosen = habits_of(users)
    for user in users:
        reaching = [channel for channel in channels if channel is not Channel.EMAIL or user.email]
        yield Reader(user.pk, {channel: chosen[user.pk][channel] if channel in CHOSEN else UNASKED for channel in reaching})
    if Channel.EMAIL in channels:
        yield from (Reader(who, {Channel.EMAIL: UNASKED}) for who in dict.fromkeys(notice.to) if isinstance(who, str))


def _plan(dispatch: Dispatch, notice: Notice, readers: list[Reader], at: datetime) -> None:
    if not any(reader.habits for reader in readers):
        return
    lately = _told_lately(notice.kind, [reader.who for reader in readers], at, without=dispatch)
    plan = plan_deliveries(readers, urgent=notice.urgent, at=at, office=office_around(at.date()), lately=lately)
    Delivery.objects.bulk_create(_row(dispatch, planned) for planned in plan)


def _row(dispatch: Dispatch, planned: Planned) -> Delivery:
    return Delivery(
        dispatch=dispatch,
        channel=planned.channel,
        user_id=planned.who if isinstance(planned.who, int) else None,
        address=planned.who if isinstance(planned.who, str) else "",
        state=DeliveryState.WAITING,
        next_at=planned.due,
        alone=planned.alone,
        in_hours=planned.in_hours,
    )


def _told_lately(kind: str, readers: Collection[int | str], at: datetime, *, without: Dispatch) -> dict[tuple[Channel, int | str], int]:
    """How many notices of a kind went alone in the hour before ``at``: by reader, and for shared channels in all. Two queries."""
    lately = Delivery.objects.filter(alone=True, dispatch__created_at__gt=at - HOUR, dispatch__key__startswith=f"{kind}:")
    lately = lately.exclude(Q(channel=Channel.INBOX) | Q(dispatch=without)).order_by()
    shared = lately.filter(channel__in=SHARED).values_list("channel").annotate(Count("dispatch", distinct=True))
    users = [who for who in readers if isinstance(who, int)]
    addresses = [who for who in readers if isinstance(who, str)]
    personal = lately.exclude(channel__in=SHARED).filter(Q(user__in=users) | Q(user=None, address__in=addresses))
    counted = personal.values_list("channel", "user", "address").annotate(Count("pk"))
    told: dict[tuple[Channel, int | str], int] = {(Channel(channel), EVERYBODY): number for channel, number in shared}
    return told | {(Channel(channel), user if user is not None else address): number for channel, user, address, number in counted}
