"""Which edition of the air standards governs a day: the day measured decides, never today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongjian.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Minimum:
    """How much data a statistic needs: GB 3095-2012 table 4 and HJ 663-2013 clause 6."""

    day_hours: int = 20
    eight_hours: int = 6
    ozone_means: int = 14
    month_days: int = 27
    february_days: int = 25
    year_days: int = 324


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of limits (``quality``), index (``index``) and assessment (``assessment``), in force from ``first`` to ``last``."""

    quality: str
    index: str
    assessment: str
    first: date
    last: date
    phase: str = ""
    minimum: Minimum = Minimum()

    def validity(self) -> str:
        """Where its rules of validity and of averaging stand."""
        clause = "表4；HJ 663-2013 第6章" if self is EDITION_2012 else f"数据统计的有效性规定；{self.assessment}"
        return f"{self.quality} {clause}"


# The 2026 text was not at hand: its minima are those of 2012 as design notes give them, its clause numbers are not cited.
# Beijing applied the 2012 edition ahead of the country (2016-01-01), so it counts from the day it was issued.
EDITION_2012 = Edition("GB 3095-2012", "HJ 633-2012", "HJ 663-2013", date(2012, 2, 29), date(2026, 2, 28))
EDITION_2026_FIRST = Edition("GB 3095-2026", "HJ 633-2026", "HJ 663-2026", date(2026, 3, 1), date(2030, 12, 31), "过渡阶段")
EDITION_2026 = Edition("GB 3095-2026", "HJ 633-2026", "HJ 663-2026", date(2031, 1, 1), date.max)
EDITIONS = (EDITION_2012, EDITION_2026_FIRST, EDITION_2026)


def edition_on(on: date) -> Edition:
    """The edition in force on a day; a period is judged by the edition of its last day. Raises ``Refusal`` before 2012-02-29."""
    for edition in EDITIONS:
        if edition.first <= on <= edition.last:
            return edition
    msg = f"{on}早于GB 3095-2012的发布之日（2012-02-29），系统没有收录当时的标准，请选择之后的日期。"
    raise Refusal(msg)
