"""A reading (读数): one value of an indicator for a period, with everything it rests on. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongjian.indicators.periods import Period


@dataclass(frozen=True, slots=True)
class Reading:
    """What an indicator comes to.

    ``value`` is unrounded and kept where it is not valid; None where there is nothing to compute from. ``reasons`` say why it is not
    valid, ``remarks`` what else a careful reader should know. ``expected`` and ``present`` count inputs. ``as_of`` is the day by whose
    end its rows had been entered (None: whatever is there now).
    """

    code: str
    period: Period
    unit: str
    value: float | None
    reasons: tuple[str, ...] = ()
    expected: int = 0
    present: int = 0
    numerator: float | None = None
    denominator: float | None = None
    method: str = ""
    as_of: date | None = None
    remarks: tuple[str, ...] = ()
    frozen_at: datetime | None = None

    @property
    def valid(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons and self.value is not None

    @property
    def unsure(self) -> bool:
        """Whether there is a value that may not stand: shown hatched, with its reasons."""
        return self.value is not None and not self.valid

    @property
    def share_present(self) -> float:
        """How much of what it should rest on is there, 0 to 1."""
        return self.present / self.expected if self.expected else 0.0

    def provenance(self, computed_at: datetime) -> dict[str, Any]:
        """Where the value comes from, as plain JSON."""
        return {
            "indicator": self.code,
            "period": self.period.code,
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "expected": self.expected,
            "present": self.present,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "valid": self.valid,
            "reasons": list(self.reasons),
            "remarks": list(self.remarks),
            "method": self.method,
            "computed_at": computed_at.isoformat(),
            "frozen_at": self.frozen_at.isoformat() if self.frozen_at else None,
        }
