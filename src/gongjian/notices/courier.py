"""The port: what is sent, what is carried, by whom, and what may go wrong on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gongjian.notices.channels import Channel


@dataclass(frozen=True, slots=True)
class Notice:
    """One message. ``key`` names the occasion (``report.return:17:3``): the same key is told once, however often it is sent.

    ``to`` holds user ids (int) and e-mail addresses of people without an account (str); ``link`` is a path on this site; ``about`` is
    what it concerns, as the trail writes it (``plans.report:17``). An urgent one waits for no digest and no morning.
    """

    key: str
    title: str
    body: str = ""
    to: tuple[int | str, ...] = ()
    link: str = ""
    about: str = ""
    urgent: bool = False

    def __post_init__(self) -> None:
        """Refuse a message without an occasion or a title, a link to elsewhere, and an addressee nobody can reach."""
        if not self.key or not self.title:
            msg = "a notice needs a key and a title"
            raise ValueError(msg)
        if self.link and (not self.link.startswith("/") or self.link.startswith(("//", "/\\"))):
            msg = f"a notice links to a path on this site, not to {self.link!r}"
            raise ValueError(msg)
        if odd := [reader for reader in self.to if isinstance(reader, str) and "@" not in reader]:
            msg = f"neither a user id nor an e-mail address: {odd}"
            raise ValueError(msg)

    @property
    def kind(self) -> str:
        """What sort of occasion it is: the key up to its first colon."""
        return kind_of(self.key)


def kind_of(key: str) -> str:
    """The sort of occasion a key names.

    >>> kind_of("report.return:17:3")
    'report.return'
    """
    return key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Item:
    """One notice inside a letter."""

    title: str
    body: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a courier carries at one go: one notice, or several folded together.

    ``key`` stays the same however often the letter is tried. ``to`` is an e-mail address, or a user id as text; a shared courier, which
    posts where all can read, has no use for it and names the ``readers`` instead. ``at`` is the moment of handing over.
    """

    key: str
    to: str
    title: str
    items: tuple[Item, ...]
    readers: tuple[str, ...]
    at: datetime
    urgent: bool = False


class DeliveryError(Exception):
    """Certainly not delivered; another attempt may succeed. The words are Chinese, for whoever looks after the installation."""


class UndeliverableError(DeliveryError):
    """Certainly not delivered, and no attempt will ever succeed: there is no such address."""


class DoubtfulError(Exception):
    """Handed over, but no answer came back: it may have been delivered or not. To try again could be to tell twice."""


class Courier(Protocol):
    """Carries letters by one channel."""

    @property
    def channel(self) -> Channel:
        """The channel it serves."""

    @property
    def deduplicates(self) -> bool:
        """Whether a key handed over twice arrives once, so that after a crash it may simply be tried again."""

    @property
    def per_minute(self) -> int | None:
        """How many letters it may carry in any minute; None where nobody counts."""

    def deliver(self, letter: Letter) -> None:
        """Deliver. ``DeliveryError`` (or ``UndeliverableError``): it did not arrive. ``DoubtfulError``: nobody knows. No other error."""
