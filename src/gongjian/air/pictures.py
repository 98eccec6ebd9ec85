"""From what was read to the charts and the tables behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongjian.air.charts.bars import bar_chart
from gongjian.air.charts.calendar import calendar_chart
from gongjian.air.charts.lines import Line, Target, line_chart
from gongjian.air.queries.profiles import Bin
from gongjian.air.queries.trend import Trend
from gongjian.air.queries.year import YearGlance
from gongjian.air.telling import WEEKDAYS
from gongjian.kernel.months import Month
from gongjian.standards.air.pollutants import Pollutant
from gongjian.standards.statistic import Statistic

MONTHS = range(1, 13)


def calendar(title: str, seen: YearGlance) -> SafeString:
    """The sheet of days."""
    return calendar_chart(title, seen.year, seen.through, seen.indices)


def primaries(seen: YearGlance) -> SafeString:
    """Days over the limit by primary pollutant, the most frequent first."""
    counted = seen.tally.primary.most_common()
    title = _("%d年超标日的首要污染物") % seen.year
    return bar_chart(title, _("天"), [each.value for each, _count in counted], [count for _each, count in counted], digits=0)


def trend_years(seen: Trend) -> list[int]:
    """The years of the chart and its table, the latest first; only those with any value."""
    found = {month.year for month, figure in seen.months.items() if figure.value is not None}
    return sorted(found, reverse=True)


def trend(title: str, seen: Trend) -> SafeString:
    """The months of this year and the two before it, against the limit."""
    lines = []
    for year in trend_years(seen):
        figures = [seen.months.get(Month(year, month)) for month in MONTHS]
        lines.append(
            Line(_("%d年") % year, [each.value if each else None for each in figures], [bool(each and not each.valid) for each in figures])
        )
    limit = Target(_("年均限值"), seen.limit.value) if seen.limit else None
    return line_chart(title, seen.pollutant.unit, [_("%d月") % month for month in MONTHS], lines, limit)


def trend_rows(seen: Trend) -> list[tuple[int, list[Statistic | None]]]:
    """The table behind it: a row a month."""
    return [(month, [seen.months.get(Month(year, month)) for year in trend_years(seen)]) for month in MONTHS]


def hours(title: str, pollutant: Pollutant, found: Mapping[str, Sequence[Bin]]) -> SafeString:
    """The day's hours, by season."""
    lines = [Line(name.partition("（")[0], [each.mean for each in bins]) for name, bins in found.items()]
    return line_chart(title, pollutant.unit, [str(hour) for hour in range(1, 25)], lines)


def week(title: str, pollutant: Pollutant, found: Sequence[Bin]) -> SafeString:
    """The week's days."""
    return bar_chart(title, pollutant.unit, WEEKDAYS, [each.mean for each in found], digits=2 if pollutant is Pollutant.CO else 1)
