"""When two readings of one field say the same, and how a difference is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from gongjian.kernel.deadlines import DeadlineKind
from gongjian.plans.planfile.model import Commitment, CommitmentKind, Measure, Party, PlanHead

_DEADLINES = {
    DeadlineKind.YEAR_END: "年底前",
    DeadlineKind.ONGOING: "长期实施",
    DeadlineKind.MILESTONES: "按时间节点完成",
    DeadlineKind.UNSTATED: "未写明",
}
_KINDS = {
    CommitmentKind.TARGET: "指标达标",
    CommitmentKind.TREND: "指标趋势",
    CommitmentKind.MILESTONE: "节点",
    CommitmentKind.DUTY: "定期任务",
    CommitmentKind.REGISTER: "台账",
    CommitmentKind.LOOP: "问题闭环",
    CommitmentKind.NARRATIVE: "文字说明",
}


class FieldChange(NamedTuple):
    """One field before and after, in words; ``field`` is its stable name, ``title`` what people call it."""

    field: str
    title: str
    before: str
    after: str


def measure_changes(old: Measure, new: Measure) -> tuple[FieldChange, ...]:
    """The fields on which two readings of one measure differ.

    Spaces and character widths do not count, nor the printed form of a department or a deadline; nor does what ``new`` leaves unsaid
    or ``old`` never had (text, digest, task, section, commitments).
    """
    changes = (
        _plan(old.plan, new.plan),
        _worded("section", "章节", old.section, new.section),
        _worded("task", "重点任务", old.task, new.task),
        _worded("text", "原文", old.text, new.text),
        _worded("digest", "摘要", old.digest, new.digest),
        _differs("deadline", "完成时限", old.deadline.code() == new.deadline.code(), old.deadline.words(), new.deadline.words()),
        _differs("lead", "牵头", _names(old.lead) == _names(new.lead), party_words(old.lead), party_words(new.lead)),
        _differs(
            "support", "协办", set(_names(old.support)) == set(_names(new.support)), party_words(old.support), party_words(new.support)
        ),
        _promised(old.commitments, new.commitments),
    )
    return tuple(change for change in changes if change)


def head_changes(old: PlanHead, new: PlanHead) -> tuple[FieldChange, ...]:
    """The parts of the head that ``new`` states and that are not so in ``old``."""
    named = (("number", "文号"), ("issuer", "印发单位"), ("signer", "签发人"), ("title", "标题"))
    said = ((name, title, getattr(old, name), getattr(new, name)) for name, title in named)
    changes = [FieldChange(*change) for change in said if change[3] and folded(change[2]) != folded(change[3])]
    if new.date and new.date != old.date:
        changes.append(FieldChange("date", "印发日期", str(old.date or ""), str(new.date)))
    return tuple(changes)


def folded(text: str) -> str:
    """``text`` without spaces, in one width: what two readings of the same words have in common."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def same_plan(old: str, new: str) -> bool:
    """Whether two titles name one plan: one may carry the place in front (北京经济技术开发区打赢蓝天保卫战…)."""
    one, other = folded(old), folded(new)
    return one.endswith(other) or other.endswith(one)


def party_words(parties: Sequence[Party]) -> str:
    """The departments in order."""
    return "、".join(_names(parties)) or "（无）"


def commitment_words(commitment: Commitment) -> str:
    """A commitment in one short line."""
    about = commitment.what or commitment.ledger or commitment.cases or commitment.indicator
    value = "" if commitment.value is None else f" {commitment.op} {commitment.value:g} {commitment.unit}"
    return f"{_KINDS[commitment.kind]} {about}{value}".strip()


def _plan(old: str, new: str) -> FieldChange | None:
    return _differs("plan", "分计划", same_plan(old, new), old, new)


def _worded(field: str, title: str, old: str, new: str) -> FieldChange | None:
    return _differs(field, title, not (old and new) or folded(old) == folded(new), old, new)


def _promised(old: Sequence[Commitment], new: Sequence[Commitment]) -> FieldChange | None:
    told = ["；".join(commitment_words(commitment) for commitment in side) for side in (old, new)]
    return _differs("commitments", "考核点", not new or tuple(old) == tuple(new), *told)


def _differs(field: str, title: str, same: bool, before: str, after: str) -> FieldChange | None:  # noqa: FBT001 - read as a sentence
    return None if same else FieldChange(field, title, before, after)


def _names(parties: Sequence[Party]) -> tuple[str, ...]:
    return tuple(party.name for party in parties)
