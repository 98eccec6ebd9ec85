"""From one commitment and what is known of it to a verdict: one small rule for each of the seven kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from gongjian.kernel.deadlines import Deadline, deadline_from_code
from gongjian.plans.facts import DutyFact, Fact, LoopFact, MilestoneFact, Reading, RegisterFact, ReportFact
from gongjian.plans.lights import WARNING_DAYS, Light, Verdict
from gongjian.plans.measuring import judge_target, judge_trend
from gongjian.plans.planfile.model import Commitment, CommitmentKind
from gongjian.plans.standing import accepted_light
from gongjian.plans.titles import indicator_title

DUTY_WARNING_DAYS = 7  # a turn not yet done in its last week is at risk
COMPLETE = 0.95  # share of complete entries a register may call itself kept with
PATCHY = 0.80  # below it, it is not kept


def judge(commitment: Commitment, fact: Fact | None, *, on: date, ends: date) -> Verdict:
    """How ``commitment`` stands on day ``on``; grey, saying what is missing, while there is no ``fact``.

    ``ends`` is the last day it counts for (see ``commitment_ends``). TypeError when the fact is of another kind.
    """
    rule = _RULES[commitment.kind]
    if fact is None:
        return Verdict(Light.GREY, (rule.missing.format(c=commitment, title=indicator_title(commitment.indicator)),))
    if not isinstance(fact, rule.takes):
        msg = f"a {commitment.kind} is judged by a {rule.takes.__name__}, not a {type(fact).__name__}"
        raise TypeError(msg)
    return rule.judge(commitment, fact, on, ends)


def commitment_due(commitment: Commitment, deadline: Deadline, year: int) -> date | None:
    """The commitment's own day in ``year``, else its measure's; None where neither states one."""
    return deadline_from_code(commitment.due).due_on(year) if commitment.due else deadline.due_on(year)


def commitment_ends(commitment: Commitment, deadline: Deadline, year: int) -> date:
    """The last day the commitment counts for: its due day, else the end of the year."""
    return commitment_due(commitment, deadline, year) or date(year, 12, 31)


def _milestone(commitment: Commitment, fact: MilestoneFact, on: date, _ends: date) -> Verdict:
    named = f"节点“{commitment.what}”"
    due = fact.due
    if fact.done_on and fact.done_on <= on:
        late = f"，晚于期限{(fact.done_on - due).days}天" if due and fact.done_on > due else ""
        return Verdict(Light.BLUE, (f"{named}已于{_day(fact.done_on)}完成{late}",))
    if due is None:
        return Verdict(Light.GREY, (f"{named}尚未完成，也未定完成日期",))
    left = (due - on).days
    if left < 0:
        return Verdict(Light.RED, (f"{named}应于{_day(due)}前完成，已逾期{-left}天",))
    return Verdict(Light.AMBER if left <= WARNING_DAYS else Light.GREEN, (f"{named}应于{_day(due)}前完成，还有{left}天",))


def _duty(commitment: Commitment, fact: DutyFact, on: date, ends: date) -> Verdict:
    verdict = _turns(commitment, fact, on)
    if not fact.reading or not commitment.indicator:
        return verdict
    covered = judge_target(commitment, fact.reading, on, ends)
    worst = max(verdict.light, covered.light, key=lambda light: light.severity)
    return Verdict(worst, verdict.reasons + covered.reasons)


def _turns(commitment: Commitment, fact: DutyFact, on: date) -> Verdict:
    told = f"“{commitment.what}”应履行{fact.expected}次，已履行{fact.done}次"
    if fact.overdue:
        return Verdict(Light.RED, (f"{told}，其中{fact.overdue}次到期未履行",))
    if fact.total is not None and fact.done >= fact.total:
        return Verdict(Light.BLUE, (f"{told}，全年{fact.total}次均已履行",))
    if fact.done < fact.expected and fact.next_due and (left := (fact.next_due - on).days) <= DUTY_WARNING_DAYS:
        return Verdict(Light.AMBER, (f"{told}，本次{_day(fact.next_due)}到期，还有{left}天",))
    return Verdict(Light.GREEN, (told,))


def _loop(commitment: Commitment, fact: LoopFact, _on: date, _ends: date) -> Verdict:
    told = f"“{commitment.cases}”未结{fact.open}件，已结{fact.closed}件"
    if fact.overdue:
        return Verdict(Light.RED, (f"{told}，其中{fact.overdue}件超期未结",))
    return Verdict(Light.GREEN, (told,))


def _register(commitment: Commitment, fact: RegisterFact, on: date, _ends: date) -> Verdict:
    """The worst of three questions: is it kept, is it complete, is it fresh."""
    named = f"台账“{commitment.ledger}”"
    if fact.updated_on is None:
        return Verdict(Light.RED, (f"{named}尚未建立",))
    if not fact.entries:
        return Verdict(Light.AMBER, (f"{named}没有条目",))
    rest = (on - fact.updated_on).days
    told = f"{named}{fact.entries}条，完整率{fact.complete_share:.0%}，{rest}天前更新"
    if fact.complete_share < PATCHY or rest > 2 * fact.period_days:
        return Verdict(Light.RED, (told,))
    return Verdict(Light.AMBER if fact.complete_share < COMPLETE or rest > fact.period_days else Light.GREEN, (told,))


def _narrative(_commitment: Commitment, fact: ReportFact, _on: date, _ends: date) -> Verdict:
    return accepted_light(fact)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


class _Rule(NamedTuple):
    """The fact a kind is judged by, the judgement, and what is said while the fact is missing."""

    takes: type[Fact]
    judge: Callable[[Commitment, Any, date, date], Verdict]  # each rule takes its own kind of fact, checked by ``judge``
    missing: str


_RULES: Mapping[CommitmentKind, _Rule] = {
    CommitmentKind.TARGET: _Rule(Reading, judge_target, "尚无数据来源：指标{title}未接入"),
    CommitmentKind.TREND: _Rule(Reading, judge_trend, "尚无数据来源：指标{title}未接入"),
    CommitmentKind.MILESTONE: _Rule(MilestoneFact, _milestone, "尚无数据来源：节点“{c.what}”未登记"),
    CommitmentKind.DUTY: _Rule(DutyFact, _duty, "尚无数据来源：“{c.what}”的履行记录未接入"),
    CommitmentKind.REGISTER: _Rule(RegisterFact, _register, "尚无数据来源：台账“{c.ledger}”未接入"),
    CommitmentKind.LOOP: _Rule(LoopFact, _loop, "尚无数据：“{c.cases}”没有登记过问题，没有登记不等于没有"),
    CommitmentKind.NARRATIVE: _Rule(ReportFact, _narrative, "尚无审核采用的进展报告"),
}
