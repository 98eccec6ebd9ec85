"""What each of the seven kinds of commitment must say and may say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from gongjian.plans.planfile.model import CommitmentKind

DAY_FORM = "MM-DD"


class Shape(NamedTuple):
    """The fields a kind must have and those it may have; every kind may have a ``note``."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """All of them, in the order they are written."""
        return (*self.required, *self.optional, "note")


SHAPES: Mapping[CommitmentKind, Shape] = {
    CommitmentKind.TARGET: Shape(("indicator", "op", "value", "unit"), ("by",)),
    CommitmentKind.TREND: Shape(("indicator", "direction", "unit")),
    CommitmentKind.MILESTONE: Shape(("what",), ("due",)),
    CommitmentKind.DUTY: Shape(("every", "what"), ("indicator", "op", "value", "unit")),
    CommitmentKind.REGISTER: Shape(("ledger",), ("derived", "published", "states")),
    CommitmentKind.LOOP: Shape(("cases",), ("due",)),
    CommitmentKind.NARRATIVE: Shape(),
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "op": (">=", ">", "<=", "<"),
    "direction": ("up", "down", "steady"),
    "every": ("month", "quarter", "year", "event"),
}
_MEASURED = ("indicator", "op", "value", "unit")  # a duty has all of them or none


def commitment_problem(kind: CommitmentKind, said: Mapping[str, object]) -> str | None:
    """What is wrong with the fields ``said`` of a commitment of ``kind``, as a Chinese clause; None when nothing is."""
    shape = SHAPES[kind]
    if unknown := [name for name in said if name not in shape.fields]:
        return f"考核点类型 {kind} 没有字段“{unknown[0]}”，可用的是 {'、'.join(shape.fields)}"
    needed = (*shape.required, *(_MEASURED if kind is CommitmentKind.DUTY and any(name in said for name in _MEASURED) else ()))
    if missing := [name for name in needed if said.get(name) in (None, "")]:
        return f"考核点类型 {kind} 缺少字段“{missing[0]}”"
    for name, allowed in CHOICES.items():
        if name in said and said[name] not in allowed:
            return f"考核点字段 {name} 的值“{said[name]}”不认识，可用的是 {'、'.join(allowed)}"
    if "due" in said and not is_day(str(said["due"])):
        return f"考核点字段 due 的值“{said['due']}”不是 {DAY_FORM} 形式的日期"
    return None


def is_day(text: str) -> bool:
    """Whether ``text`` is a day of some year, written MM-DD."""
    try:
        return text == f"{date.fromisoformat(f'2000-{text}'):%m-%d}"
    except ValueError:
        return False
