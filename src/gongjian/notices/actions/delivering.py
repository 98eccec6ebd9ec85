"""Carrying what waits in the outbox out of the house. Never inside a transaction: see ``leases``."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from gongjian.notices import couriers
from gongjian.notices.courier import Courier, DeliveryError, DoubtfulError, UndeliverableError
from gongjian.notices.leases import claim, end_leases, settle_delivered, settle_uncertain, settle_undelivered
from gongjian.notices.letters import letter_of
from gongjian.notices.models import Delivery
from gongjian.notices.office import office_around

log = logging.getLogger("gongjian.notices")
LONGEST = timedelta(seconds=40)  # one run: the timetable has other things to do every minute
PATIENCE = 3  # failures in a row after which a courier is left alone until the next run: it is the courier, not the letter
NO_ACCOUNT = "账号已停用，不再发送。"


def deliver_waiting(*, now: Callable[[], datetime], limit: int = 100) -> int:
    """Try what is due, at most ``limit`` letters by each channel and ``LONGEST``; the number of deliveries that arrived.

    ``now`` is asked before and after each letter: how long a courier takes counts. May run in several processes at once.
    """
    return sum(_Run(courier, now, limit).go() for courier in couriers.current().values())


class _Run:
    """One courier's turn."""

    def __init__(self, courier: Courier, clock: Callable[[], datetime], limit: int) -> None:
        self._courier = courier
        self._clock = clock
        self._limit = limit

    def go(self) -> int:
        """Claim, try and settle letter by letter until nothing is due, time is up, or the courier seems to be down."""
        begun = self._clock()
        if lost := end_leases(self._courier, begun):
            log.error("%d deliveries by %s were broken off: uncertain, not tried again", lost, self._courier.channel)
        arrived = failures = 0
        for _ in range(self._limit):
            moment = timezone.localtime(self._clock())
            if failures >= PATIENCE or moment > begun + LONGEST:
                break
            deliveries = claim(self._courier, office_around(moment.date()), moment)
            if not deliveries:
                break
            delivered = self._try_those_still_here(deliveries)
            arrived += delivered
            failures = 0 if delivered else failures + 1
        return arrived

    def _try_those_still_here(self, deliveries: list[Delivery]) -> int:
        here = [delivery for delivery in deliveries if delivery.user is None or delivery.user.is_active]
        if gone := [delivery for delivery in deliveries if delivery not in here]:
            settle_undelivered(gone, self._clock(), NO_ACCOUNT, forever=True)
        return self._try(here) if here else 0

    def _try(self, deliveries: list[Delivery]) -> int:
        """Hand over and note what became of it; how many arrived."""
        name = deliveries[0].letter
        try:
            self._courier.deliver(letter_of(deliveries, at=self._clock()))
        except DeliveryError as error:
            given_up = settle_undelivered(deliveries, self._clock(), str(error), forever=isinstance(error, UndeliverableError))
            log.log(logging.ERROR if given_up else logging.WARNING, "letter %s not delivered: %s", name, error)
            return 0
        except DoubtfulError as error:
            settle_uncertain(deliveries, str(error))
            log.error("letter %s: uncertain, not tried again: %s", name, error)  # noqa: TRY400 - the sentence says it all
            return 0
        except Exception as error:  # a fault of ours may strike after the letter has left: rather untold than told twice
            settle_uncertain(deliveries, f"发送途中程序出错（{type(error).__name__}），不知是否送达。")
            log.exception("letter %s: uncertain, not tried again", name)
            return 0
        return settle_delivered(deliveries, self._clock())
