"""Facts about measures: a light that stays red, a figure behind or getting worse. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from gongjian.plans.lights import Light
from gongjian.supervision.detecting.scene import Fact, MeasureSeen, Point, Scene, Series

NOISE = 0.01  # a change of this share of the value before is no change to speak of
BEHIND = (Light.AMBER, Light.RED)
Run = tuple[Series, list[Point]]  # the points at the end of a series that make it a fact, the first one being where it began


def red_lights(scene: Scene) -> Iterator[Fact]:
    """Measures that have been red without a break; how many days."""
    for seen in scene.measures:
        if seen.red_since is not None and seen.department is not None:
            days = (scene.on - seen.red_since).days
            if seen.red_longer:
                told = f"措施{seen.key}在{_day(seen.red_since)}以前已亮红灯，至今{days}天以上"
            else:
                told = f"措施{seen.key}自{_day(seen.red_since)}起亮红灯，已{days}天"
            words = f"{told}：{'；'.join(seen.reasons)}"
            yield _about(seen, seen.department, seen.red_since, days, words, {"亮红灯天数": days})


def figures_behind(scene: Scene) -> Iterator[Fact]:
    """Measures with a figure behind its goal, or behind the pace it needs, at the end of each of the latest months; how many."""
    for seen in scene.measures:
        runs = [(one, found) for one in seen.series if (found := _behind(one.points))]
        yield from _worst(seen, runs, 0, "连续{n}个月末落后于目标或时间进度")


def figures_falling(scene: Scene) -> Iterator[Fact]:
    """Measures with a figure that got worse from month to month; how many times in a row."""
    for seen in scene.measures:
        runs = [(one, found) for one in seen.series if (found := _falling(one))]
        yield from _worst(seen, runs, 1, "连续{n}个月变差")


def _behind(points: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for point in reversed(points):
        if point.light not in BEHIND:
            break
        found.insert(0, point)
    return found


def _falling(series: Series) -> list[Point]:
    """The latest points each worse than the one before, with the one they began at; nothing where there is no such step."""
    if series.cumulative or not series.better:
        return []
    found = list(series.points[-1:])
    for earlier, later in reversed(list(pairwise(series.points))):
        if not _worse(earlier.value, later.value, series.better):
            break
        found.insert(0, earlier)
    return found if len(found) > 1 else []


def _worse(earlier: float | None, later: float | None, better: str) -> bool:
    if earlier is None or later is None:
        return False
    loss = earlier - later if better == "up" else later - earlier
    return loss > NOISE * abs(earlier)


def _worst(seen: MeasureSeen, runs: Sequence[Run], begun: int, said: str) -> Iterable[Fact]:
    """One fact for a measure: as old as the longest of its runs; ``begun`` points of each are only where it began."""
    if not runs or seen.department is None:
        return ()
    amount = max(len(points) - begun for _, points in runs)
    since = min(points[0].day for _, points in runs if len(points) - begun == amount)
    told = (f"{one.title}{said.format(n=len(points) - begun)}（{_values(one, points)}）" for one, points in runs)
    figures: dict[str, str | float] = {one.title: points[-1].value for one, points in runs if points[-1].value is not None}
    return (_about(seen, seen.department, since, amount, f"措施{seen.key}：{'；'.join(told)}", figures),)


def _values(series: Series, points: Sequence[Point]) -> str:
    return "，".join(f"{point.day.month}月末{_number(point.value)}{series.unit if point.value is not None else ''}" for point in points)


def _about(seen: MeasureSeen, department: int, since: date, amount: int, words: str, values: dict[str, str | float]) -> Fact:
    return Fact(
        cause=f"measure:{seen.pk}",
        department=department,
        since=since,
        amount=amount,
        title=f"{seen.key} {seen.title}"[:120],
        words=words,
        values=values,
        link=f"/measure/{seen.pk}/",
        measure=seen.pk,
    )


def _number(value: float | None) -> str:
    return "无有效值" if value is None else f"{round(value, 2):.12g}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
