"""The numbers plans hold indicators against. Plans stand a floor above: the house hands their query in at start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from gongjian.indicators.outlook import Target

Source = Callable[[str, date], Sequence[Target]]
_SOURCES: list[Source] = []


def provide(source: Source) -> None:
    """Let ``source`` say which targets an indicator had on a day."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def targets_of(code: str, on: date) -> list[Target]:
    """Every target of an indicator as it stood on a day."""
    return [target for source in _SOURCES for target in source(code, on)]
