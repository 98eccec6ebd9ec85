"""What was frozen when a period was closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongjian.indicators.grammar import Indicator
from gongjian.indicators.models import FrozenReading
from gongjian.indicators.periods import Period
from gongjian.indicators.queries.values import value
from gongjian.indicators.reading import Reading


def frozen(indicator: Indicator, period: Period) -> FrozenReading | None:
    """The frozen reading of the whole for a period; None while it is not frozen."""
    return FrozenReading.objects.filter(code=indicator.code, split="", period=period.code).first()


def reading(indicator: Indicator, period: Period, as_of: date | None = None) -> Reading:
    """The reading that counts: the frozen one of a closed period, else what the rows come to; as of a past day always the rows."""
    kept = frozen(indicator, period) if as_of is None else None
    return value(indicator, period, as_of) if kept is None else as_reading(kept, period)


def as_reading(kept: FrozenReading, period: Period) -> Reading:
    """A frozen reading as it was."""
    said = kept.provenance
    bare = Reading(kept.code, period, kept.unit, kept.value, tuple(said["reasons"]), said["expected"], said["present"])
    parts = {name: said[name] for name in ("numerator", "denominator", "method")}
    return replace(bare, **parts, as_of=kept.as_of, remarks=tuple(said["remarks"]), frozen_at=kept.frozen_at)
