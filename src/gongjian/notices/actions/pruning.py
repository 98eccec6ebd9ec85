"""Forgetting what is long over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from gongjian.notices.channels import Channel
from gongjian.notices.models import SETTLED, Delivery, Dispatch

KEPT = timedelta(days=365)


@transaction.atomic
def prune(*, now: datetime) -> int:
    """Delete notices more than a year old that nothing more will become of; the number deleted.

    An inbox keeps what has not been read, and a notice stays whole as long as anything of it waits. Keys name versions of things, so
    that a forgotten key does not come again.
    """
    pending = Delivery.objects.filter(~Q(state__in=SETTLED) | Q(channel=Channel.INBOX, read_at=None))
    old = Dispatch.objects.filter(created_at__lt=now - KEPT).exclude(pk__in=pending.values("dispatch"))
    return old.delete()[1].get("notices.Dispatch", 0)
