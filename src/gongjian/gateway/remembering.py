"""What was worked out for objects that come again and again: the codec hands out the same columns, flags and heads for the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


class ByIdentity(Generic[Result]):
    """A memory by identity of the first argument, not equality: to hash eleven names costs more than to pack eleven values.

    It holds on to the objects it knows, so that no other can take their place in memory; full, it begins anew. Whatever stands
    beside the first argument must follow from it.
    """

    def __init__(self, make: Callable[..., Result], most: int = 20_000) -> None:
        self._make = make
        self._most = most
        self._known: dict[int, tuple[Any, Result]] = {}

    def __call__(self, key: Any, *beside: Any) -> Result:
        """What was worked out for this object, or is now."""
        found = self._known.get(id(key))
        if found is not None:
            return found[1]
        if len(self._known) >= self._most:
            self._known.clear()
        result = self._make(key, *beside)
        self._known[id(key)] = key, result
        return result
