"""Where the work of an import is done: at once when it is small, else by whatever the house offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from gongjian.ledgers.importing.actions import carry_out
from gongjian.ledgers.models import Import

ROWS_AT_ONCE = 2_000
BYTES_AT_ONCE = 150_000  # about as many rows, before anybody has counted them
Runner = Callable[[int], bool]  # takes the id of an import over, to be handed to ``carry_out``; False where nobody is there to do it
_RUNNERS: list[Runner] = []


def provide(runner: Runner | None) -> None:
    """Set who works in the background; None: nobody, everything is done at once."""
    _RUNNERS[:] = [runner] if runner else []


def begin(found: Import, *, at: datetime, at_once: bool = False) -> None:
    """Have the work done that the import waits for: in the background once the present transaction is over, or here and now."""
    if at_once or not _RUNNERS or not _is_large(found):
        carry_out(found.pk, at=at)
        return

    def hand_over() -> None:
        if not _RUNNERS[0](found.pk):
            carry_out(found.pk, at=at)

    transaction.on_commit(hand_over)


def _is_large(found: Import) -> bool:
    if found.state == Import.State.APPLYING:
        return bool(found.summary["added"] + found.summary["changed"] > ROWS_AT_ONCE)
    return found.size > BYTES_AT_ONCE
