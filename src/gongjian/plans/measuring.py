"""Measured commitments: an indicator held against a number (target) or against its own past (trend)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date

from gongjian.plans.facts import Reading
from gongjian.plans.lights import Light, Verdict
from gongjian.plans.planfile.model import Commitment
from gongjian.plans.titles import indicator_title

NEAR = 0.10  # a value this share of the goal away from it is at risk, further away behind
STEADY = 0.05  # a change of this share of the past value is no change to speak of

_HOLDS: Mapping[str, Callable[[float, float], bool]] = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt}
_OP_WORDS = {">=": "不低于", ">": "高于", "<=": "不超过", "<": "低于"}
_DIRECTION_WORDS = {"up": "上升", "down": "下降", "steady": "保持稳定"}


def judge_target(commitment: Commitment, reading: Reading, on: date, ends: date) -> Verdict:
    """The value against the goal; a cumulative count also against its share of the goal for the part of the year gone by.

    Blue when it can no longer be missed: a growing count that got there, or any goal that holds once ``ends`` is past.
    """
    if reading.value is None or not reading.valid:
        return _without_data(commitment, reading)
    if commitment.value is None or (commitment.op == ">=" and commitment.value == 0):  # a goal nothing can miss says nothing
        return Verdict(Light.GREY, (f"指标{indicator_title(commitment.indicator)}的目标值尚未填入",))
    goal = f"目标{_OP_WORDS[commitment.op]}{_number(commitment.value)}{commitment.unit}"
    light, remark = _held(
        commitment, reading.value, commitment.value, share=_share(on, ends) if reading.cumulative else None, closed=on > ends
    )
    return Verdict(light, (f"{_told(commitment, reading)}，{goal}{remark}",))


def _held(commitment: Commitment, value: float, goal: float, *, share: float | None, closed: bool) -> tuple[Light, str]:
    holds = _HOLDS[commitment.op](value, goal)
    growing = commitment.op in (">=", ">")
    if holds and (closed or (growing and share is not None)):
        return Light.BLUE, "，已实现"
    if closed or (share is not None and not growing and not holds):
        return Light.RED, "，未实现" if closed else "，已突破"
    if share is not None:
        return _pace(value, goal * share, growing=growing)
    if holds:
        return Light.GREEN, ""
    return (Light.AMBER, "，略有差距") if abs(value - goal) <= NEAR * abs(goal) else (Light.RED, "，差距较大")


def _pace(value: float, needed: float, *, growing: bool) -> tuple[Light, str]:
    """A count on its way, against what it should (or may, for a cap) have come to by now."""
    told = f"，按时间进度应为{_number(needed)}"
    if not growing:
        return (Light.GREEN, "") if value <= needed else (Light.AMBER, told)
    if value >= needed:
        return Light.GREEN, told
    return (Light.AMBER if value >= needed * (1 - NEAR) else Light.RED), told


def judge_trend(commitment: Commitment, reading: Reading, on: date, ends: date) -> Verdict:
    """The value against its past: the right way is on course (done once ``ends`` is past), no change is at risk, the wrong way behind.

    A change within 5 % of the past value is at risk rather than behind. Steady is on course within 5 %, or moving the better way
    where the indicator says which that is.
    """
    if reading.value is None or not reading.valid:
        return _without_data(commitment, reading)
    if reading.past is None:
        return Verdict(Light.GREY, (f"{_told(commitment, reading)}，缺{reading.past_period}值，无从比较",))
    gain = _gain(commitment.direction, reading.value - reading.past, reading.better)
    light = _moved(gain, STEADY * abs(reading.past), steady=commitment.direction == "steady")
    if reading.past == 0 == reading.value and commitment.direction == "down":
        light = Light.GREEN  # nothing can fall below none
    told = f"{_told(commitment, reading)}，{reading.past_period}为{_number(reading.past)}，要求{_DIRECTION_WORDS[commitment.direction]}"
    return Verdict(Light.BLUE if light is Light.GREEN and on > ends else light, (told,))


def _gain(direction: str, change: float, better: str) -> float:
    """The change counted so that positive is good; a steady one is good only when it moves the better way."""
    good_way = better if direction == "steady" else direction
    if not good_way:
        return -abs(change)
    return change if good_way == "up" else -change


def _moved(gain: float, band: float, *, steady: bool) -> Light:
    if gain > 0 or (steady and gain >= -band):
        return Light.GREEN
    return Light.AMBER if gain >= -band * (2 if steady else 1) else Light.RED


def _without_data(commitment: Commitment, reading: Reading) -> Verdict:
    if reading.value is not None:
        return Verdict(Light.GREY, (f"{_told(commitment, reading)}，但不能据以评价：{reading.reason}",))
    return Verdict(Light.GREY, (f"{reading.period}指标{indicator_title(commitment.indicator)}数据不足：{reading.reason or '没有读数'}",))


def _told(commitment: Commitment, reading: Reading) -> str:
    caveat = f"（{reading.caveat}）" if reading.caveat else ""
    return f"{reading.period}指标{indicator_title(commitment.indicator)}为{_number(reading.value or 0)}{commitment.unit}{caveat}"


def _share(on: date, ends: date) -> float:
    """Part of the time from 1 January to ``ends`` gone by at the end of day ``on``, 0 to 1."""
    start = date(ends.year, 1, 1)
    return min(1.0, max(0.0, ((on - start).days + 1) / ((ends - start).days + 1)))


def _number(value: float) -> str:
    """At most two decimals, more only below one; no trailing zeros."""
    return f"{value:.3g}" if abs(value) < 1 else f"{round(value, 2):.12g}"
