"""A made-up but believable half year of monthly reports and milestones, the same for every seed, in order of time.

Each department has its own punctuality; each measure wanders between on course, at risk and behind. Nothing is tuned to look good.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from gongjian.kernel.months import Month
from gongjian.plans.facts import Standing

_S = Standing
_NEXT = {  # from one month to the next: standing → (standing, weight) …
    _S.ON_COURSE: ((_S.ON_COURSE, 88), (_S.AT_RISK, 9), (_S.BEHIND, 2), (_S.DONE, 1)),
    _S.AT_RISK: ((_S.ON_COURSE, 38), (_S.AT_RISK, 46), (_S.BEHIND, 16)),
    _S.BEHIND: ((_S.AT_RISK, 38), (_S.BEHIND, 50), (_S.ON_COURSE, 12)),
}
_PROGRESS = {
    _S.ON_COURSE: (
        "围绕“{what}”，本月召开调度会{n}次，完成现场检查{m}处，发现问题均已督促整改，工作按计划推进。",
        "“{what}”本月按计划推进：更新台账{m}条，开展联合检查{n}次，重点单位均已覆盖。",
        "本月继续落实“{what}”，完成阶段任务，累计检查{m}处（次），情况总体平稳。",
    ),
    _S.AT_RISK: (
        "“{what}”本月进度略慢于计划，已完成{m}处，受部门衔接和人员影响，仍有部分任务需加快。",
        "“{what}”推进中遇到数据不全的问题，本月核实{m}条，需相关部门配合补齐。",
    ),
    _S.BEHIND: ("“{what}”本月仅完成计划量的一部分（{m}处），进度滞后，已向分管领导报告并制定追赶措施。",),
    _S.DONE: ("“{what}”已全部完成，累计{m}处（项），相关材料已归档备查。",),
}
_DIFFICULTIES = ("部分点位权属不清，需规划部门确认。", "第三方检测排期紧张。", "个别企业配合度不高。", "资金拨付流程尚未走完。")
_NEXT_STEPS = ("下月继续按节点推进，并对发现的问题开展回头看。", "下月完成剩余点位核查。", "下月组织一次联合检查，更新台账。")
_WHY_RETURNED = ("缺少检查数量等具体数据，请补充。", "与台账数量不一致，请核实后重报。", "未说明滞后原因和完成时间，请补充。")


@dataclass(frozen=True, slots=True)
class Told:
    """One report as it will be told: what it says, when it is handed in, and how often it comes back first."""

    measure: str
    month: Month
    standing: Standing
    progress: str
    difficulties: str
    next_steps: str
    handed_in: datetime
    returned: tuple[tuple[datetime, str, datetime], ...]  # returned at, why, handed in again at
    accepted: datetime | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What the story needs of a measure."""

    key: str
    what: str
    lead: str


def tell(subjects: list[Subject], due: dict[Month, date], until: datetime, seed: int) -> Iterator[Told]:
    """Every report handed in before ``until``; a month that is never told stays missing."""
    for subject in subjects:
        luck = Random(f"{seed}:{subject.key}")  # noqa: S311 - a story, not a secret # nosec B311
        late_share = Random(f"{seed}:{subject.lead}").uniform(0.02, 0.16)  # noqa: S311 - same # nosec B311
        yield from _one(subject, due, until, luck, late_share)


def _one(subject: Subject, due: dict[Month, date], until: datetime, luck: Random, late_share: float) -> Iterator[Told]:
    standing = luck.choices((_S.ON_COURSE, _S.AT_RISK, _S.BEHIND), (86, 11, 3))[0]
    for month, day in due.items():
        handed_in = _handed_in(month, day, luck, late_share, until.tzinfo)
        told = _told(subject, month, standing, handed_in, luck, until)
        skipped = luck.random() < late_share / 3
        if handed_in < until and not skipped:
            yield told
        if standing is _S.DONE:
            return
        states, weights = zip(*_NEXT[standing], strict=True)
        standing = luck.choices(states, weights)[0]


def _handed_in(month: Month, due: date, luck: Random, late_share: float, zone: object) -> datetime:
    days = luck.randint(1, 9) if luck.random() < late_share else -luck.randint(0, 3)
    day = max(due + timedelta(days), month.last)
    return datetime.combine(day, time(luck.randint(9, 16), luck.randint(0, 59)), tzinfo=zone)  # type: ignore[arg-type]


def _told(subject: Subject, month: Month, standing: Standing, handed_in: datetime, luck: Random, until: datetime) -> Told:
    returned, last = _returned(handed_in, luck) if luck.random() < 0.12 else ((), handed_in)  # noqa: PLR2004 - one in eight comes back
    accepted = last + timedelta(days=luck.randint(1, 3), minutes=luck.randint(1, 90))
    text = luck.choice(_PROGRESS[standing]).format(what=subject.what, n=luck.randint(1, 4), m=luck.randint(3, 60))
    return Told(
        measure=subject.key,
        month=month,
        standing=standing,
        progress=text,
        difficulties=luck.choice(_DIFFICULTIES) if standing in (_S.AT_RISK, _S.BEHIND) else "",
        next_steps=luck.choice(_NEXT_STEPS) if standing is not _S.DONE else "",
        handed_in=handed_in,
        returned=tuple(step for step in returned if step[0] < until),
        accepted=accepted if accepted < until - timedelta(days=luck.choice((0, 0, 0, 14))) else None,  # a few still wait on the desk
    )


def _returned(handed_in: datetime, luck: Random) -> tuple[tuple[tuple[datetime, str, datetime], ...], datetime]:
    back = handed_in + timedelta(days=1, minutes=luck.randint(5, 200))
    again = back + timedelta(days=luck.randint(1, 4), minutes=luck.randint(5, 200))
    return ((back, luck.choice(_WHY_RETURNED), again),), again
