"""Derived registers (派生名单): lists that follow from a rule. Declared by a field of work, worked out here, never typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ImproperlyConfigured

from gongjian.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Member:
    """Why an entry belongs: the sentence for people, and the figures it rests on by name."""

    why: str
    figures: Mapping[str, float] = field(default_factory=dict)


Members = Callable[[date], Mapping[int, Member]]  # who belongs on a day, by the id of the entry; a fixed number of queries
Kept = Callable[[Sequence[date]], Sequence[Collection[int]]]  # who does on each day what the list asks; a fixed number of queries


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedRegister:
    """One such list, of entries of the ledger ``ledger``.

    ``rule`` says the rule in words, with its source; ``members`` works it out; ``left_why`` is the sentence for one that no longer belongs.
    ``figures`` names what the reasons rest on: key, title, unit. ``kept`` says who does what the list asks of its members, where it asks
    for something; ``asks`` says what, in words. ``names`` are what plans call it.
    """

    slug: str
    title: str
    about: str
    ledger: str
    rule: str
    members: Members
    left_why: str = "不再符合列入条件"
    figures: tuple[tuple[str, str, str], ...] = ()
    kept: Kept | None = None
    asks: str = ""
    names: tuple[str, ...] = ()
    period_days: int = 7
    group: str = ""


_REGISTERS: dict[str, DerivedRegister] = {}


def register_derived(*found: DerivedRegister) -> None:
    """Take declarations in; ImproperlyConfigured where two share a slug. The same again changes nothing."""
    for register in found:
        if _REGISTERS.get(register.slug, register) is not register:
            msg = f"two registers are called {register.slug}"
            raise ImproperlyConfigured(msg)
        _REGISTERS[register.slug] = register


def forget_derived(*slugs: str) -> None:
    """Take declarations out again; for tests."""
    for slug in slugs:
        _REGISTERS.pop(slug, None)


def derived_registers() -> list[DerivedRegister]:
    """Every derived register, in the order they were named."""
    return list(_REGISTERS.values())


def find_derived(slug: str) -> DerivedRegister:
    """The register of that slug; Refusal when there is none."""
    if found := _REGISTERS.get(slug):
        return found
    msg = f"没有“{slug[:40]}”这个名单，请从“台账”目录进入。"
    raise Refusal(msg)


def derived_called(name: str) -> DerivedRegister | None:
    """The register a plan calls ``name``."""
    return next((register for register in _REGISTERS.values() if name in (register.title, *register.names)), None)
