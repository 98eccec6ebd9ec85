"""What people do in their own inbox. It is theirs alone: nothing of it goes into the log."""

from __future__ import annotations

from datetime import datetime

from gongjian.kernel.refusal import Refusal
from gongjian.notices.channels import Channel
from gongjian.notices.models import Delivery
from gongjian.people.models import User


def mark_read(entry: int, *, by: User, at: datetime) -> Delivery:
    """Note that ``by`` has read an entry of their inbox; read a second time, the first stands. Refusal if it is nobody's or another's."""
    found = Delivery.objects.select_related("dispatch").filter(pk=entry, channel=Channel.INBOX, user=by).first()
    if found is None:
        msg = "您的消息里没有这一条，可能已过保存期，请返回消息列表。"
        raise Refusal(msg)
    if Delivery.objects.filter(pk=entry, read_at=None).update(read_at=at):
        found.read_at = at
    return found


def mark_all_read(*, by: User, at: datetime, through: int | None = None) -> int:
    """Note that all in the inbox of ``by`` is read, up to entry ``through`` (None: to the last); the number that was unread.

    A page gives the newest entry it has shown, so that what came in meanwhile stays unread.
    """
    unread = Delivery.objects.filter(user=by, channel=Channel.INBOX, read_at=None, delivered_at__lte=at)
    return (unread if through is None else unread.filter(pk__lte=through)).update(read_at=at)
