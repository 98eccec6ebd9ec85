"""Lights (亮灯): five words for how a promise stands, and the one light of a measure. Pure rules; facts and dates are passed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Self

from gongjian.kernel.deadlines import Deadline

WARNING_DAYS = 30  # an undone thing due within so many days is at risk


class Light(StrEnum):
    """How something stands; ``word`` and ``shape`` say it without colour, a higher ``severity`` is worse, grey (0) does not count."""

    word: str
    shape: str
    severity: int

    GREY = "grey", "无数据", "○", 0
    BLUE = "blue", "完成", "✓", 1
    GREEN = "green", "正常", "●", 2
    AMBER = "amber", "预警", "▲", 3
    RED = "red", "滞后", "■", 4

    def __new__(cls, code: str, word: str, shape: str, severity: int) -> Self:
        """A member is its code, with word, shape and severity beside."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.word, member.shape, member.severity = word, shape, severity
        return member


class Verdict(NamedTuple):
    """A light with its reasons, each a Chinese sentence without a full stop."""

    light: Light
    reasons: tuple[str, ...] = ()


class MeasureVerdict(NamedTuple):
    """The light of a measure; ``without_data`` of its ``of`` commitments have nothing to be judged by."""

    light: Light
    reasons: tuple[str, ...]
    without_data: int
    of: int


def measure_light(deadline: Deadline, year: int, commitments: Sequence[Verdict], report: Verdict, on: date) -> MeasureVerdict:
    """The worst of the commitments that have data, of the reporting (``report``) and of the deadline, as of day ``on``.

    Blue asks for an accepted "done" (``report`` is blue) besides commitments that are all blue. Past its deadline a measure is red,
    but only at risk while everything that data can show is blue and nothing but the accepted "done" is missing. ``reasons`` are those
    of the verdicts that gave the light, the deadline's first.
    """
    done = report.light is Light.BLUE
    worst = report.light
    without, shown = 0, Light.BLUE
    for light, _ in commitments:
        if light is Light.GREY:
            without += 1
            continue
        if light.severity > worst.severity:
            worst = light
        if light.severity > shown.severity:
            shown = light
    evidenced = without < len(commitments) and shown is Light.BLUE
    timing = None if done else _timing(deadline.due_on(year), on, evidenced=evidenced)
    if timing and timing.light.severity > worst.severity:
        worst = timing.light
    spoken = (timing, report, *commitments) if timing else (report, *commitments)
    reasons = tuple(reason for light, reasons in spoken if light is worst for reason in reasons)
    if worst is Light.BLUE and not done:
        worst, reasons = Light.GREEN, (*reasons, "有数据的考核点均已完成，尚待进展报告确认完成")
    return MeasureVerdict(worst, reasons, without, len(commitments))


def _timing(due: date | None, on: date, *, evidenced: bool) -> Verdict | None:
    """What the deadline says of a measure not yet done; None while it is far or unstated."""
    if due is None or (left := (due - on).days) > WARNING_DAYS:
        return None
    named = f"完成时限{due.month}月{due.day}日"
    if left < 0 and evidenced:
        return Verdict(Light.AMBER, (f"已过{named}{-left}天，有数据的考核点均已完成，尚待进展报告确认",))
    if left < 0:
        return Verdict(Light.RED, (f"已过{named}{-left}天，尚未确认完成",))
    return Verdict(Light.AMBER, (f"距{named}还有{left}天，尚未确认完成" if left else f"今天是{named}，尚未确认完成",))
