"""An indicator's page as one chart and the sentence it says."""

from __future__ import annotations

from itertools import accumulate

from gongjian.indicators.formulas import Count, Sum
from gongjian.indicators.outlook import CountOutlook, MeanOutlook, Target
from gongjian.indicators.queries.page import Page
from gongjian.indicators.reading import Reading
from gongjian.ui.chart import Band, Chart, Level, Line
from gongjian.ui.figures import thousands
from gongjian.ui.pace import SIGNS

MONTHS = tuple(f"{month}月" for month in range(1, 13))


def drawing(page: Page) -> Chart:
    """Counts as running totals against the year's target, other figures month by month."""
    running = page.indicator.cumulative and isinstance(page.indicator.formula, Count | Sum)  # different things do not add up over months
    year = page.period.last.year
    now, past = (_values(readings, running=running) for readings in (page.months, page.months_past))
    sure = [reading.valid for reading in page.months]
    lines = [
        Line(f"{year - 1}年", past, "past"),
        Line(f"{year}年", [*now, *[None] * (12 - len(now))], "now", [*sure, *[True] * (12 - len(sure))]),
    ]
    lines += _ahead(page, now) if running else []
    levels = [Level(_level_name(kept.target), kept.target.value) for kept in page.kept[:2]]
    return Chart(message(page), page.indicator.unit, MONTHS, lines, levels, _band(page))


def message(page: Page) -> str:
    """What the figure says, in one sentence."""
    found, past, digits = page.reading, page.past, page.indicator.digits
    told = f"{page.indicator.when(page.period)}{page.indicator.title}"
    if found.value is None:
        return f"{told}：没有读数"
    told += f" {thousands(found.value, digits)} {found.unit}"
    if past.value is None:
        return f"{told}，没有去年同期可比"
    change = found.value - past.value
    if round(change, digits) == 0:
        return f"{told}，与去年同期持平"
    return f"{told}，比去年同期{'高' if change > 0 else '低'} {thousands(abs(change), digits)}"


def _level_name(target: Target) -> str:
    named = "低于去年全年" if target.op in ("<", "<=") else "高于去年全年"
    return f"{named if target.against_past else f'目标 {SIGNS[target.op]}'} {thousands(target.value)}"


def _values(readings: tuple[Reading, ...], *, running: bool) -> list[float | None]:
    if not running:
        return [reading.value for reading in readings]
    totals = accumulate(reading.value or 0.0 for reading in readings)
    return [None if all(one.value is None for one in readings[: place + 1]) else value for place, value in enumerate(totals)]


def _ahead(page: Page, now: list[float | None]) -> list[Line]:
    """From where a count stands to where the pace so far would bring it."""
    seen = next((kept.outlook for kept in page.kept if isinstance(kept.outlook, CountOutlook)), None)
    if seen is None or seen.pace.projected is None or len(now) == len(MONTHS) or not now or now[-1] is None:
        return []
    here, steps = now[-1], len(MONTHS) - len(now)
    path = [here + (seen.pace.projected - here) * step / steps for step in range(steps + 1)]
    return [Line("按目前速度", [*[None] * (len(now) - 1), *path], "ahead")]


def _band(page: Page) -> Band | None:
    for kept in page.kept:
        if isinstance(kept.outlook, MeanOutlook) and kept.outlook.band is not None and page.period.last.year == page.on.year:
            low, middle, high = kept.outlook.band
            return Band("年均值预测", low, middle, high)
    return None
