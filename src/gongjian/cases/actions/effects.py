"""What single steps change besides state and clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from gongjian.cases import clocks
from gongjian.cases.declaration import CaseKind
from gongjian.cases.models import OPEN, Case, CaseStep
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department
from gongjian.trail.clock import local_day

LONGEST_PAUSE = 365  # days
Effect = Callable[[Case, CaseKind, Mapping[str, Any], datetime], None]


def _hand_over(case: Case, _kind: CaseKind, carried: Mapping[str, Any], _at: datetime) -> None:
    department: Department = carried["department"]
    if not department.active:
        msg = f"“{department}”已停用，请选择其他部门。"
        raise Refusal(msg)
    if case.department_id == department.pk:
        msg = f"这个问题已经在“{department}”，请选择另一个部门。"
        raise Refusal(msg)
    case.department = department


def _send_back(case: Case, _kind: CaseKind, _carried: Mapping[str, Any], _at: datetime) -> None:
    case.department = None


def _suspend(case: Case, _kind: CaseKind, carried: Mapping[str, Any], at: datetime) -> None:
    until: date = carried["until"]
    today = local_day(at)
    if not today < until <= today + timedelta(LONGEST_PAUSE):
        msg = f"挂起的截止日期{until:%Y-%m-%d}须在明天之后、一年之内，请重新选择。"
        raise Refusal(msg)
    case.suspended_until = until
    case.due_at = None


def _resume(case: Case, kind: CaseKind, _carried: Mapping[str, Any], at: datetime) -> None:
    pause = CaseStep.objects.filter(case=case, step="suspend").order_by("id").last()
    case.suspended_until = None
    case.due_at = clocks.moved(kind, case.level, pause.due_at, pause.at, at) if pause else case.due_at


def _merge(case: Case, _kind: CaseKind, carried: Mapping[str, Any], _at: datetime) -> None:
    into: Case = carried["into"]
    if into.pk == case.pk:
        msg = "不能并入它自己，请填写另一个问题的编号。"
        raise Refusal(msg)
    if into.state not in OPEN:
        msg = f"{into.number} 已经是“{into.words_of_state}”，只能并入还在办的问题。"
        raise Refusal(msg)
    case.merged_into = into


def _close(case: Case, _kind: CaseKind, _carried: Mapping[str, Any], at: datetime) -> None:
    case.closed_at = at
    case.took_hours = int((at - case.found_at).total_seconds() // 3600)


def _reopen(case: Case, _kind: CaseKind, _carried: Mapping[str, Any], _at: datetime) -> None:
    case.closed_at = case.took_hours = case.published_at = None
    case.reopened += 1


EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "hand_over": _hand_over,
        "reroute": _hand_over,
        "send_back": _send_back,
        "suspend": _suspend,
        "resume": _resume,
        "merge": _merge,
        "close": _close,
        "reopen": _reopen,
    }
)
