"""Stored things as the words a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypedDict

from gongjian.cases.models import State as CaseState
from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.plans.flow import REPORT
from gongjian.plans.models import ReportStep
from gongjian.plans.models.performance import STANDINGS, ReportState
from gongjian.plans.models.promise import KIND_TITLES
from gongjian.plans.planfile.model import Commitment, CommitmentKind
from gongjian.plans.titles import indicator_title
from gongjian.supervision.models import OrderState
from gongjian.trail.models import Event
from gongjian.ui.pace import SIGNS
from gongjian.web.verbs import VERBS

FIELD_TITLES = {
    "state": "状态",
    "month": "月份",
    "standing": "自评",
    "deadline": "完成时限",
    "lead": "牵头",
    "support": "协办",
    "value": "目标值",
    "milestone": "节点",
    "done_on": "完成日期",
    "document": "佐证文件",
    "file": "文件",
    "changes": "变动",
    "measures": "措施数",
    "source": "原件出处",
    "words": "内容",
    "text": "原文",
    "key": "编号",
    "department": "部门",
    "colour": "颜色",
    "label": "对象",
    "due": "时限",
    "extra": "附加步骤",
    "sanction": "惩戒措施",
    "amount": "数额",
    "pieces": "佐证",
    "piece": "佐证",
}
DEADLINE_WORDS = {str(kind): Deadline(kind).words() for kind in DeadlineKind if kind is not DeadlineKind.DATE}
VALUE_WORDS: Mapping[str, object] = {
    **dict(ReportState.choices),
    **dict(CaseState.choices),
    **dict(OrderState.choices),
    **dict(STANDINGS),
    **DEADLINE_WORDS,
}
TRENDS = {"up": "持续上升", "down": "持续下降", "steady": "保持稳定"}
LONGEST = 60  # characters of one value in a line of the log


class Told(TypedDict):
    """One line of a history."""

    at: datetime
    words: str
    by: str
    why: str


def event_told(event: Event) -> Told:
    """An event of the log as a line of a history."""
    return Told(at=event.at, words=f"{verb(event)}{_about(event)}", by=event.actor_label, why=event.note)


def verb(event: Event) -> str:
    """What was done, in Chinese."""
    return str(VERBS.get(event.verb, event.verb))


def _about(event: Event) -> str:
    words = change_words(event)
    return f"：{words}" if words else ""


def change_words(event: Event) -> str:
    """What an event changed, in one line; only what a reader can make something of."""
    before: dict[str, Any] = event.before if isinstance(event.before, dict) else {}
    after: dict[str, Any] = event.after if isinstance(event.after, dict) else {}
    said = (_field(name, before.get(name), after.get(name)) for name in {**before, **after} if name in FIELD_TITLES or _is_title(name))
    return "，".join(filter(None, said))


def _is_title(name: str) -> bool:
    return not name.isascii()


def _field(name: str, before: object, after: object) -> str:
    title = FIELD_TITLES.get(name, name)
    old, new = _value(before), _value(after)
    if not old or old == new:
        return f"{title} {new}" if new else ""
    return f"{title} {old} → {new}" if new else f"{title} {old}"


def _value(value: object) -> str:
    words = "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    words = str(VALUE_WORDS.get(words, words))
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def step_told(step: ReportStep) -> Told:
    """A step of a report as a line of a history."""
    title = next((arrow.words() for arrow in REPORT.steps if arrow.name == step.step), step.step)
    standing = f"，自评“{dict(STANDINGS)[step.standing]}”" if step.step == "submit" else ""
    return Told(at=step.at, words=f"{title}{standing}", by=step.by_label, why=step.reason)


def newest_first(told: Iterable[Told]) -> list[Told]:
    """A history, told as it happened, as it is read: the latest on top, also among steps of one moment."""
    return sorted(told, key=lambda line: line["at"])[::-1]


def promise_title(promise: Commitment) -> str:
    """A commitment in a few words, as a person would say it."""
    about = promise.what or promise.ledger or promise.cases or (promise.indicator and indicator_title(promise.indicator)) or "由月报说明"
    if promise.value is not None:
        return f"{about} {SIGNS[promise.op]} {promise.value:g} {promise.unit}"
    return f"{about}{TRENDS.get(promise.direction, '')}"


def promise_kind(promise: Commitment) -> str:
    """Which of the seven kinds it is, in Chinese."""
    return str(KIND_TITLES[CommitmentKind(promise.kind)])


SHADES = {"accepted": "green", "returned": "amber", "submitted": "blue", "missing": "grey", "draft": "grey"}
