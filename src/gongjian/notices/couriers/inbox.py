"""The inbox inside the system: a row, written in the transaction of the change, so exactly once by nature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from gongjian.notices.channels import Channel
from gongjian.notices.courier import Letter, UndeliverableError
from gongjian.notices.models import Delivery, DeliveryState, Dispatch
from gongjian.people.models import User


class Inbox:
    """Puts letters into inboxes: ``to`` is a user id as text, ``key`` that of a notice in the outbox."""

    channel: ClassVar[Channel] = Channel.INBOX
    deduplicates: ClassVar[bool] = True
    per_minute: ClassVar[int | None] = None

    def deliver(self, letter: Letter) -> None:
        """Put one letter into one inbox; one that lies there already stays as it is, read or not."""
        dispatch = Dispatch.objects.filter(key=letter.key).first()
        readers = User.objects.filter(pk=letter.to) if letter.to.isdecimal() else User.objects.none()
        if dispatch is None or not readers:
            msg = f"收件箱里放不进去：没有用户“{letter.to}”或没有这条消息。"
            raise UndeliverableError(msg)
        self.deliver_all(dispatch, list(readers), letter)

    def deliver_all(self, dispatch: Dispatch, readers: Sequence[User], letter: Letter) -> None:
        """Put it into all these inboxes with one INSERT."""
        Delivery.objects.bulk_create(
            [
                Delivery(
                    dispatch=dispatch, channel=self.channel, user=reader, state=DeliveryState.DELIVERED, attempts=1, delivered_at=letter.at
                )
                for reader in readers
            ],
            ignore_conflicts=True,
        )
