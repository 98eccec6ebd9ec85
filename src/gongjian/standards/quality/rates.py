"""Capture and validity: how much came of what should have come, and how much of it may be used."""

from __future__ import annotations

from gongjian.standards.quality.findings import Finding, Subject
from gongjian.standards.quality.series import STOPPED


def capture_rate(subject: Subject) -> float | None:
    """Values that came, of those the window has; None for a window shorter than a period."""
    expected = (subject.last - subject.first) // subject.series.period
    came = len(subject.series.within(subject.first, subject.last))
    return came / expected if expected else None


def validity_rate(subject: Subject) -> float | None:
    """Valid values of those the window has without the times the source stood still; None where nothing was to be expected."""
    part = subject.series.within(subject.first, subject.last)
    expected = (subject.last - subject.first) // part.period - int((part.flags == STOPPED).sum())
    return int(part.valid.sum()) / expected if expected > 0 else None


def low_capture(subject: Subject) -> list[Finding]:
    """A finding where too little came."""
    rate, least = capture_rate(subject), subject.parameters.capture
    if rate is None or rate >= least:
        return []
    expected = (subject.last - subject.first) // subject.series.period
    came = round(rate * expected)
    words = f"应收 {expected} 个数据，实收 {came} 个，捕集率 {rate:.1%}，低于 {least:.0%}。"
    return [_whole(subject, {"expected": expected, "came": came, "rate": rate}, words)]


def low_validity(subject: Subject) -> list[Finding]:
    """A finding where too little of what should be there may be used; what never came counts as not valid."""
    rate, least = validity_rate(subject), subject.parameters.validity
    if rate is None or rate >= least:
        return []
    part = subject.series.within(subject.first, subject.last)
    marked = int((~part.valid & (part.flags != STOPPED)).sum())
    words = f"扣除停运后有效率 {rate:.1%}，低于 {least:.0%}：其中 {marked} 个数据带维护、故障等标记或没有数值。"
    return [_whole(subject, {"rate": rate, "marked": marked}, words)]


def _whole(subject: Subject, figures: dict[str, float], words: str) -> Finding:
    return Finding(subject.first, subject.last, (), figures, words)
