"""Running 8-hour means and the day's maximum of them, which is how ozone is judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import fsum

from gongjian.standards.air.editions import Edition, edition_on
from gongjian.standards.air.hours import HOURS, Hours, known
from gongjian.standards.air.limits import limit
from gongjian.standards.air.pollutants import Period, Pollutant
from gongjian.standards.statistic import Statistic, judged

SPAN = 8
EXPECTED = HOURS - SPAN + 1  # labelled 08:00 to 24:00


def eight_hour_means(hours: Hours, need: int = 6) -> list[float | None]:
    """The running 8-hour mean ending with each hour: None before the eighth and where fewer than ``need`` hours are there.

    GB 3095-2012 table 4: at least 6 hourly means in each 8 hours.
    """
    windows = (known(hours[end - SPAN : end]) for end in range(SPAN, len(hours) + 1))
    means = [fsum(window) / len(window) if len(window) >= need else None for window in windows]
    return [None] * min(SPAN - 1, len(hours)) + means


def max_8h(hours: Hours, day: date, cls: int = 2) -> Statistic:
    """The day's maximum 8-hour ozone, in µg/m³, from its 24 hours labelled 1 to 24 (日最大8小时平均).

    HJ 663-2013 clause 6: of the 8-hour means labelled 08:00 to 24:00 at least 14 must be valid; with fewer the day still counts
    when the maximum is over the limit of the class of area. Without any valid 8-hour mean there is no value.
    """
    if len(hours) != HOURS:
        msg = f"a day has {HOURS} hours, not {len(hours)}"
        raise ValueError(msg)
    edition = edition_on(day)
    means = known(eight_hour_means(hours, edition.minimum.eight_hours))
    top = max(means, default=None)
    return judged(top, Pollutant.O3.unit, _reasons(means, day, edition, cls), (EXPECTED, len(means)), edition.validity())


def _reasons(means: Sequence[float], day: date, edition: Edition, cls: int) -> tuple[str, ...]:
    need = edition.minimum.ozone_means
    allowed = limit(Pollutant.O3, Period.MAX_8H, day, cls)
    if len(means) >= need or (means and allowed and allowed.exceeded_by(max(means))):
        return ()
    return (f"{day}O3有效8小时均值只有{len(means)}个，应不少于{need}个，且最大值未超过限值",)
