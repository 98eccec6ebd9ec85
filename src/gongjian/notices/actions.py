"""Sending: into the outbox with the change, to the courier after the commit, again later where that failed."""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import datetime
from functools import partial

from django.db import transaction

from gongjian.notices import couriers
from gongjian.notices.courier import DeliveryError, Notice
from gongjian.notices.models import Dispatch

log = logging.getLogger("gongjian.notices")
MOST_ATTEMPTS = 5


def send(notice: Notice, *, at: datetime) -> bool:
    """Put a notice into the outbox and deliver it when the transaction has committed.

    False if its key has been sent before, or if there is nobody to tell. A transaction that rolls back sends nothing; a courier that
    fails breaks nothing, ``deliver_waiting`` tries again.
    """
    if not notice.to:
        return False
    fields = asdict(notice)
    key = fields.pop("key")
    dispatch, new = Dispatch.objects.get_or_create(key=key, defaults={**fields, "created_at": at})
    if new:
        transaction.on_commit(partial(_deliver, dispatch, at), robust=True)
    return new


def deliver_waiting(*, at: datetime, limit: int = 100) -> int:
    """Try what is still in the outbox, oldest first, up to five times each; the number delivered."""
    waiting = Dispatch.objects.filter(delivered_at=None, attempts__lt=MOST_ATTEMPTS)[:limit]
    return sum(_deliver(dispatch, at) for dispatch in waiting)


def _deliver(dispatch: Dispatch, at: datetime) -> bool:
    dispatch.attempts += 1
    try:
        couriers.current().deliver(dispatch.notice())
    except (DeliveryError, OSError) as error:
        dispatch.trouble = str(error)
        log.warning("notice %s not delivered, attempt %d: %s", dispatch.key, dispatch.attempts, error)
    else:
        dispatch.delivered_at, dispatch.trouble = at, ""
    dispatch.save(update_fields=["attempts", "trouble", "delivered_at"])
    return dispatch.delivered_at is not None
