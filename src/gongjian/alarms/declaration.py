"""What an alarm rule is declared by. Rules are data: who judges by them never asks which rule it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from gongjian.alarms.engine.folding import Watch
from gongjian.alarms.engine.verdicts import Sort
from gongjian.alarms.severity import Severity
from gongjian.kernel.worktime import Span
from gongjian.standards.quality.parameters import EDITIONS, SLOW
from gongjian.telemetry.store import Period

SECONDS = {Period.MINUTE: 60, Period.HOUR: 3600, Period.DAY: 86400}
_SLUG = re.compile(r"[a-z][a-z-]{1,19}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRule:
    """One rule, for outlets of these ``kinds`` of station.

    ``need`` bad periods of ``among`` open an alarm, ``heal`` good ones in a row end it; OFFLINE goes by ``silence`` instead. ``limits`` is
    whose limit is held against the values (of another period than theirs: a warning, no verdict). ``answer_within`` is working time until
    the alarm must be explained, after which it becomes a case of ``case_kind`` on ``level``; None: it never does. ``heals``: once over,
    it needs no explanation any more. ``basis`` is where the rule is from.
    """

    slug: str
    title: str
    sort: Sort
    basis: str
    severity: Severity
    kinds: tuple[str, ...]
    period: Period = Period.HOUR
    limits: Period = Period.HOUR
    need: int = 1
    among: int = 1
    heal: int = 1
    silence: timedelta | None = None
    heals: bool = False
    answer_within: Span | None = None
    case_kind: str = ""
    level: str = "general"

    def __post_init__(self) -> None:
        """Refuse a rule that could not be gone by; ValueError names the first fault."""
        if fault := next(self._faults(), ""):
            msg = f"alarm rule {self.slug}: {fault}"
            raise ValueError(msg)
        self.watch("")

    def _faults(self) -> Iterator[str]:
        if not _SLUG.fullmatch(self.slug):
            yield "not a slug"
        if not self.kinds:
            yield "for no kind of station"
        if (self.sort is Sort.OFFLINE) != (self.silence is not None):
            yield "silence is what OFFLINE goes by, and nothing else"
        if (self.answer_within is None) != (not self.case_kind):
            yield "a time to answer leads to a case, and only that"
        if self.answer_within is None and not self.heals:
            yield "it could never be done with"
        if self.period not in SECONDS:
            yield "its period has no length"

    def watch(self, factor: str, length: int | None = None) -> Watch:
        """The numbers for a factor: what may stand still for long is watched as many times longer. ``length`` of a period in seconds."""
        times = EDITIONS[-1].slow if self.sort is Sort.FLAT and factor in SLOW else 1
        return Watch(self.need * times, self.among * times, self.heal, length or SECONDS[self.period])

    def words(self) -> str:
        """The rule as a sentence says it."""
        if self.silence is not None:
            return f"超过 {self.silence // timedelta(minutes=1)} 分钟没有收到数据（网关停机期间不判离线）"
        one, many = {60: ("一分钟", "{} 分钟"), 3600: ("一小时", "{} 个小时"), 86400: ("一天", "{} 天")}[SECONDS[self.period]]
        heal = f"{'连续 ' if self.heal > 1 else ''}{many.format(self.heal)}正常即解除"
        if self.among == 1:
            return f"任{one}{self.sort.label}即报警，{heal}"
        often = f"连续 {many.format(self.need)}" if self.need == self.among else f"{many.format(self.among)}中有 {self.need} 次"
        return f"{often}{self.sort.label}即报警，{heal}"
