"""The port: what is delivered, by whom, and what is said of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Notice:
    """One message. ``key`` names the occasion (``report.returned:17:3``): the same key is delivered once, however often it is sent.

    ``to`` holds user ids (int) and whatever else a courier can reach (str: an e-mail address, a telephone number);
    ``link`` is a path on this site; ``about`` is what it concerns, as the trail writes it (``plans.report:17``).
    """

    key: str
    title: str
    body: str = ""
    to: tuple[int | str, ...] = ()
    link: str = ""
    about: str = ""

    def __post_init__(self) -> None:
        """Refuse a message without an occasion or a title."""
        if not self.key or not self.title:
            msg = "a notice needs a key and a title"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a notice: to how many it went, and whether it had been delivered before (then to nobody this time)."""

    key: str
    delivered: int
    repeated: bool = False


class DeliveryError(Exception):
    """The courier could not deliver now; another attempt may succeed."""


class Courier(Protocol):
    """Delivers notices. One key is delivered once by one courier; a DeliveryError leaves the key undelivered."""

    def deliver(self, notice: Notice) -> Receipt:
        """Deliver to everybody named."""
