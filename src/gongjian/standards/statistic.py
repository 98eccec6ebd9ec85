"""A judged number: its value, whether it may stand, and why not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statistic:
    """One figure computed by a standard.

    ``value`` is unrounded and kept even where the figure is not valid; it is None only where there is nothing to compute from.
    ``reasons`` are Chinese sentences that say why it is not valid. ``expected`` and ``present`` count its inputs: how many the
    period has, and how many were fit to be used. ``method`` names standard, edition and clause.
    """

    value: float | None
    unit: str
    valid: bool
    reasons: tuple[str, ...]
    expected: int
    present: int
    method: str

    def __post_init__(self) -> None:
        """Refuse a verdict without its grounds: a figure is valid exactly when nothing speaks against it."""
        if self.valid == bool(self.reasons) or (self.valid and self.value is None):
            msg = f"a figure of value {self.value} cannot be valid={self.valid} for reasons {self.reasons}"
            raise ValueError(msg)


def judged(value: float | None, unit: str, reasons: tuple[str, ...], inputs: tuple[int, int], method: str) -> Statistic:
    """The statistic of ``value``, valid exactly when no reason speaks against it; ``inputs`` is (expected, present)."""
    expected, present = inputs
    return Statistic(value, unit, not reasons, reasons, expected, present, method)
