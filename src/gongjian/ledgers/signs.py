"""How ledgers are told apart on the map: a character and a colour each; the form of a mark says the status.

The icons of the interface are drawn with lines a fourteenth of their size wide: on a mark of twenty pixels they are a smudge, and a screen
reader has no word for them. A character of the ledger's own title is read at that size by everyone who works here.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongjian.ledgers.declaration import Ledger, Placed
from gongjian.ledgers.models import Status
from gongjian.ledgers.registry import ledgers
from gongjian.ui.places import COLOURS, MarkShape, PlaceKind, PlaceStatus

SPARE = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"  # for a title all of whose characters others have
STATUSES = (
    PlaceStatus(Status.ACTIVE.value, str(Status.ACTIVE.label)),
    PlaceStatus(Status.SUSPENDED.value, str(Status.SUSPENDED.label), MarkShape.DIAMOND, pale=True),
    PlaceStatus(Status.WITHDRAWN.value, str(Status.WITHDRAWN.label), MarkShape.SQUARE, pale=True),
)


def placed_ledgers() -> list[Ledger]:
    """The ledgers whose things stand somewhere."""
    return [ledger for ledger in ledgers() if ledger.placed is not Placed.NOWHERE]


def place_kinds() -> dict[str, PlaceKind]:
    """The kind of mark of every placed ledger, by its slug: no two have the same character, neighbours not the same colour."""
    placed = placed_ledgers()
    chosen = _signs(placed)
    return {
        ledger.slug: PlaceKind(ledger.slug, ledger.title.removesuffix("台账"), chosen[ledger.slug], 1 + number % COLOURS)
        for number, ledger in enumerate(placed)
    }


def status_of(value: str) -> PlaceStatus:
    """How a status looks on the map."""
    return next(status for status in STATUSES if status.slug == value)


def _signs(placed: Sequence[Ledger]) -> dict[str, str]:
    """Signs that were declared first; then each title gives the first of its characters that is not taken."""
    found = {ledger.slug: ledger.sign for ledger in placed if ledger.sign}
    for ledger in placed:
        if not ledger.sign:
            letters = (letter for letter in ledger.title + SPARE if letter.isalnum())
            found[ledger.slug] = next(letter for letter in letters if letter not in found.values())
    return found
