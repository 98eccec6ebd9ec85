"""Couriers that need nothing outside the process: for whoever develops, and for tests."""

from __future__ import annotations

import sys
from typing import ClassVar, Self, TextIO

from gongjian.notices.channels import Channel
from gongjian.notices.courier import Letter
from gongjian.notices.letters import one_line


class Console:
    """Writes one line for each notice to a stream, standard error where none is given."""

    channel: ClassVar[Channel] = Channel.CONSOLE
    deduplicates: ClassVar[bool] = False
    per_minute: ClassVar[int | None] = None

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    @classmethod
    def from_settings(cls) -> Self:
        """To standard error."""
        return cls()

    def deliver(self, letter: Letter) -> None:
        """Print."""
        for item in letter.items:
            words = ("[消息] " + item.title, item.body, "收件：" + "、".join(letter.readers), item.link)
            print("　".join(one_line(word) for word in words if word), file=self._stream or sys.stderr, flush=True)


class Memory:
    """Keeps the letters it delivered in ``delivered``, each key once: for tests, in place of any channel."""

    deduplicates: ClassVar[bool] = True
    per_minute: ClassVar[int | None] = None

    def __init__(self, channel: Channel = Channel.CONSOLE) -> None:
        self.channel = channel
        self.delivered: list[Letter] = []

    @classmethod
    def from_settings(cls) -> Self:
        """In place of the console."""
        return cls()

    def deliver(self, letter: Letter) -> None:
        """Keep, unless it is there."""
        if letter.key not in {kept.key for kept in self.delivered}:
            self.delivered.append(letter)
