"""Couriers that need nothing outside the process. ``GONGJIAN_COURIER`` names the one in use by its dotted path."""

from __future__ import annotations

import sys
from collections import OrderedDict
from functools import cache
from typing import TextIO, cast

from django.conf import settings
from django.utils.module_loading import import_string

from gongjian.notices.courier import Courier, Notice, Receipt

__all__ = ["Console", "Courier", "Memory", "Notice", "Null", "Receipt", "current"]

DEFAULT = "gongjian.notices.couriers.Console"
REMEMBERED = 10_000  # keys; the outbox remembers all of them, this guards against two deliveries at once


class _Once:
    """A courier that delivers each key once; what delivering means is ``_hand_over``."""

    def __init__(self) -> None:
        self._keys: OrderedDict[str, None] = OrderedDict()

    def deliver(self, notice: Notice) -> Receipt:
        """Deliver unless this key has been."""
        if notice.key in self._keys:
            return Receipt(notice.key, 0, repeated=True)
        self._hand_over(notice)
        self._keys[notice.key] = None
        if len(self._keys) > REMEMBERED:
            self._keys.popitem(last=False)
        return Receipt(notice.key, len(notice.to))

    def _hand_over(self, notice: Notice) -> None:
        raise NotImplementedError


class Null(_Once):
    """Delivers to nobody: for a district that wants no messages."""

    def _hand_over(self, notice: Notice) -> None:
        """Nothing."""


class Memory(_Once):
    """Keeps what it delivered in ``delivered``: for tests."""

    def __init__(self) -> None:
        super().__init__()
        self.delivered: list[Notice] = []

    def _hand_over(self, notice: Notice) -> None:
        self.delivered.append(notice)


class Console(_Once):
    """Writes one line for each notice to a stream, standard error where none is given."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__()
        self._stream = stream

    def _hand_over(self, notice: Notice) -> None:
        readers = "、".join(f"用户{reader}" if isinstance(reader, int) else reader for reader in notice.to)
        words = (f"[消息] {notice.title}", notice.body, f"收件：{readers}", notice.link)
        print(" ".join("　".join(filter(None, words)).splitlines()), file=self._stream or sys.stderr, flush=True)


def current() -> Courier:
    """The courier the settings name; one and the same as long as they name it."""
    return _courier(getattr(settings, "GONGJIAN_COURIER", DEFAULT))


@cache
def _courier(path: str) -> Courier:
    return cast("Courier", import_string(path)())
