"""Telling those whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from gongjian.cases.models import Case, State
from gongjian.notices.actions import send
from gongjian.notices.courier import Notice
from gongjian.people.queries import holders
from gongjian.people.roles import Role
from gongjian.trail.clock import local_day

HANDLERS, FINDERS = "handlers", "finders"
# What is told after which step, and to whom: the people of the department that deals with it, or those who found it
TOLD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "hand_over": (HANDLERS, "移交给您部门，请签收"),
        "reroute": (HANDLERS, "转给您部门办理，请签收"),
        "reject": (HANDLERS, "核验未通过，请继续办理"),
        "reopen": (HANDLERS, "回头看后重新打开，请签收"),
        "resume": (HANDLERS, "挂起结束，请继续办理"),
        "send_back": (FINDERS, "被退回，请重新确定办理部门"),
        "feed_back": (FINDERS, "已反馈办理结果，请核验"),
    }
)


def tell(case: Case, step: str, text: str, *, at: datetime) -> None:
    """Tell whoever is next after the step; nobody where nobody is."""
    if step not in TOLD:
        return
    whom, words = TOLD[step]
    _send(case, step, f"{case.number} {case.title}：{words}", text, _people(case, whom, at), at)


def tell_department(case: Case, department: int, occasion: str, words: str, text: str, *, at: datetime) -> None:
    """Tell the officers and heads of one department something about a case."""
    to = _keys(holders((Role.OFFICER, Role.HEAD), departments=[department], on=local_day(at)).values_list("pk", flat=True))
    _send(case, occasion, f"{case.number} {case.title}：{words}", text, to, at)


def _people(case: Case, whom: str, at: datetime) -> tuple[int, ...]:
    department = case.department_id if whom == HANDLERS and case.state != State.FOUND else case.origin_id
    on = local_day(at)
    if department is not None:
        return _keys(holders((Role.OFFICER, Role.HEAD), departments=[department], on=on).values_list("pk", flat=True))
    finder = (case.entered_by_id,) if case.entered_by_id else ()
    return (*finder, *(key for key in _keys(holders((Role.COORDINATOR,), on=on).values_list("pk", flat=True)) if key not in finder))


def _keys(found: object) -> tuple[int, ...]:
    return tuple(found)  # type: ignore[arg-type] # a query of keys


def _send(case: Case, occasion: str, title: str, body: str, to: tuple[int, ...], at: datetime) -> None:
    key = f"case.{occasion}:{case.pk}:{case.version}"
    send(Notice(key=key, title=title, body=body, to=to, link=f"/cases/{case.pk}/", about=f"cases.case:{case.pk}"), at=at)
