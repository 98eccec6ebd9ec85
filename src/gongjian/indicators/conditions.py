"""Conditions that name fields: a small tree of facts about one record, which knows no database.

Each engine compiles it for itself (``compiling`` for Django). One rule holds everywhere: a comparison with a value that is missing is
never true, not even ``!=``; so ``~(Field("fuel") == "电")`` includes what is unknown, ``Field("fuel") != "电"`` does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Scalar = bool | int | float | Decimal | str | date | datetime
Op = Literal["==", "!=", "<", "<=", ">", ">="]
DEPTH = 2  # a field of the record, or of what one of its relations points at


class Condition:
    """What is true or false of one record; combines with ``&``, ``|`` and ``~``."""

    __slots__ = ()

    def __and__(self, other: Condition) -> Condition:
        return All((self, other))

    def __or__(self, other: Condition) -> Condition:
        return Any((self, other))

    def __invert__(self) -> Condition:
        return Not(self)

    def __bool__(self) -> bool:
        msg = "conditions are joined with & | ~, not with and, or, not"
        raise TypeError(msg)


@dataclass(frozen=True, slots=True)
class Compare(Condition):
    """A field against a constant."""

    path: str
    op: Op
    value: Scalar


@dataclass(frozen=True, slots=True)
class CompareFields(Condition):
    """A field against another field of the same record."""

    path: str
    op: Op
    other: str


@dataclass(frozen=True, slots=True)
class OneOf(Condition):
    """A field whose value is among some."""

    path: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Known(Condition):
    """A field that has a value at all."""

    path: str


@dataclass(frozen=True, slots=True)
class All(Condition):
    """Every part holds; true without parts."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Any(Condition):
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """The part does not hold."""

    part: Condition


ALWAYS = All()


class Field:
    """A field of the record by name, or across one relation: ``Field("entry__use")``."""

    __hash__ = None  # type: ignore[assignment] # it compares to conditions, so it cannot be a key

    def __init__(self, path: str) -> None:
        parts = path.split("__")
        if not all(part.isidentifier() for part in parts) or len(parts) > DEPTH:
            msg = f"{path!r} is not a field, nor a field across one relation"
            raise ValueError(msg)
        self.path = path

    def __eq__(self, other: object) -> Condition:  # type: ignore[override] # it declares, it does not compare
        return self._against("==", other)

    def __ne__(self, other: object) -> Condition:  # type: ignore[override] # same
        return self._against("!=", other)

    def __lt__(self, other: object) -> Condition:
        return self._against("<", other)

    def __le__(self, other: object) -> Condition:
        return self._against("<=", other)

    def __gt__(self, other: object) -> Condition:
        return self._against(">", other)

    def __ge__(self, other: object) -> Condition:
        return self._against(">=", other)

    def isin(self, values: Iterable[Scalar]) -> Condition:
        """Whether the value is among ``values``."""
        return OneOf(self.path, tuple(values))

    def known(self) -> Condition:
        """Whether there is a value."""
        return Known(self.path)

    def missing(self) -> Condition:
        """Whether there is none."""
        return Not(Known(self.path))

    def _against(self, op: Op, other: object) -> Condition:
        if isinstance(other, Field):
            return CompareFields(self.path, op, other.path)
        if not isinstance(other, Scalar):
            msg = f"{self.path} is compared with a constant or a field, not with {other!r}; for a missing value say .missing()"
            raise TypeError(msg)
        return Compare(self.path, op, other)


def compared_fields(condition: Condition) -> frozenset[str]:
    """The fields whose value decides; those only asked whether they are known are not among them."""
    match condition:
        case Compare(path=path) | OneOf(path=path):
            return frozenset({path})
        case CompareFields(path=path, other=other):
            return frozenset({path, other})
        case All(parts=parts) | Any(parts=parts):
            return frozenset().union(*map(compared_fields, parts))
        case Not(part=part):
            return compared_fields(part)
    return frozenset()


def named_fields(condition: Condition) -> frozenset[str]:
    """Every field the condition names."""
    match condition:
        case Known(path=path):
            return frozenset({path})
        case All(parts=parts) | Any(parts=parts):
            return frozenset().union(*map(named_fields, parts))
        case Not(part=part):
            return named_fields(part)
    return compared_fields(condition)
