"""Telling departments their score and what became of their objections, and the office what waits for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from gongjian.assessment.models import Assessment, Objection
from gongjian.notices.actions import send
from gongjian.notices.courier import Notice
from gongjian.people.queries import holders
from gongjian.people.roles import Role
from gongjian.trail.clock import local_day

DEPARTMENT = (Role.OFFICER, Role.HEAD)


def tell_sent(assessment: Assessment, *, at: datetime) -> None:
    """Each department that it has a score and until when it may object."""
    for department, name in assessment.scores.values_list("department_id", "department__name"):
        title = f"{assessment}：{name}的得分请核对，异议请于{assessment.objections_until}前提出"
        to = _people(DEPARTMENT, at, [department])
        key = f"assessment.sent:{assessment.pk}:{assessment.version}:{department}"
        _send(key, title, "", to, f"/assessment/{assessment.pk}/{department}/", f"assessment.assessment:{assessment.pk}", at)


def tell_published(assessment: Assessment, *, at: datetime) -> None:
    """Every assessed department that it is published."""
    departments = list(assessment.scores.values_list("department_id", flat=True))
    to = _people(DEPARTMENT, at, departments)
    key = f"assessment.published:{assessment.pk}"
    _send(key, f"{assessment}已公布", "", to, f"/assessment/{assessment.pk}/", f"assessment.assessment:{assessment.pk}", at)


def tell_objection(objection: Objection, *, at: datetime, again: str = "") -> None:
    """The office that an objection waits for an answer, or for another one."""
    words = "更正未获复核同意，请重新答复" if again else "提出异议，请答复"
    body = again or objection.reason
    to = _people((Role.COORDINATOR,), at)
    _tell(objection, "again" if again else "made", f"{objection.department}对“{objection.title}”{words}", body, to, at)


def tell_proposed(objection: Objection, *, at: datetime) -> None:
    """Those of the office who may approve that a correction waits for them."""
    to = tuple(key for key in _people((Role.COORDINATOR,), at) if key not in (objection.answered_by_id, objection.by_id))
    title = f"{objection.department}“{objection.title}”拟更正（{objection.correction_words}），请复核"
    _tell(objection, "proposed", title, objection.answer, to, at)


def tell_answered(objection: Objection, *, at: datetime) -> None:
    """The department what became of its objection."""
    to = _people(DEPARTMENT, at, [objection.department_id])
    title = f"您部门对“{objection.title}”的异议{objection.words_of_state}"
    _tell(objection, "answered", title, objection.answer, to, at)


def _tell(objection: Objection, occasion: str, title: str, body: str, to: tuple[int, ...], at: datetime) -> None:
    assessment = objection.assessment
    key = f"objection.{occasion}:{objection.pk}:{assessment.version}"
    link = f"/assessment/{assessment.pk}/{objection.department_id}/"
    _send(key, f"{assessment}：{title}", body, to, link, f"assessment.objection:{objection.pk}", at)


def _people(roles: Collection[Role], at: datetime, departments: Collection[int] | None = None) -> tuple[int, ...]:
    return tuple(holders(roles, departments=departments, on=local_day(at)).order_by("pk").values_list("pk", flat=True))


def _send(key: str, title: str, body: str, to: tuple[int, ...], link: str, about: str, at: datetime) -> None:
    send(Notice(key=key, title=title[:200], body=body, to=to, link=link, about=about), at=at)
