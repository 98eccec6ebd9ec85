"""Objections: a department says what is wrong with a row, the office answers, and a second person approves what changes points."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import NoReturn

from django.db import IntegrityError, transaction

from gongjian.assessment.actions.keeping import locked, settle, written
from gongjian.assessment.actions.telling import tell_answered, tell_objection, tell_proposed
from gongjian.assessment.freezing import rows_of
from gongjian.assessment.models import Assessment, AssessmentState, Objection, ObjectionState, Score
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department, User
from gongjian.people.permissions import Forbidden, may, require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

FULL = 100  # per cent


@transaction.atomic
def object_to(
    assessment: Assessment, department: Department, item: str, row: str, reason: str, *, by: User | None, at: datetime, token: str = ""
) -> Objection:
    """Object for a department to one of its rows, or (``row`` empty) to an item; the same form sent twice is one objection.

    Departments may through the last day to object; the office itself, which finds its own mistakes, until it is published.
    """
    assessment, today = locked(assessment), local_day(at)
    if token and (sent := Objection.objects.filter(token=token).first()):
        return sent
    office = may(by, Permission.ASSESSMENT_MANAGE, on=today)
    if not office:
        require(by, Permission.ASSESSMENT_OBJECT, departments=[department.pk], on=today)
    if assessment.state != AssessmentState.OBJECTING or not (office or assessment.objectable(today)):
        raise Refusal(_too_late(assessment))
    objection = Objection(
        assessment=assessment,
        department=department,
        item=item,
        row=row,
        title=_title(assessment, department, item, row)[:200],
        reason=written("异议理由", reason),
        at=at,
        by=by,
        by_label=str(by) if by else "系统",
        token=token or None,
    )
    try:
        with transaction.atomic():
            objection.save()
    except IntegrityError as error:
        msg = f"“{objection.title}”已有一条异议在办或已经更正，请勿重复提出。"
        raise Refusal(msg) from error
    record("objection.made", objection, by=by, at=at, after={"title": objection.title}, note=objection.reason)
    tell_objection(objection, at=at)
    return objection


@transaction.atomic
def reject(objection: Objection, answer: str, *, by: User | None, at: datetime) -> Objection:
    """Turn it down, saying why."""
    objection = _held(objection, ObjectionState.OPEN, by, at)
    objection.answer = written("不予采纳的理由", answer)
    return _answered(objection, ObjectionState.REJECTED, by=by, at=at)


@transaction.atomic
def propose(objection: Objection, share: int | None, answer: str, *, by: User | None, at: datetime) -> Objection:
    """Propose what the row counts for from then on, in per cent (None: not at all); nothing changes until somebody else approves."""
    objection = _held(objection, ObjectionState.OPEN, by, at)
    if share is not None and not 0 <= share <= FULL:
        msg = f"更正后计{share}%不对，请填写 0 到 100。"
        raise Refusal(msg)
    objection.share, objection.leaves_out = share, share is None
    objection.answer = written("采纳的理由", answer)
    _answered(objection, ObjectionState.PROPOSED, by=by, at=at)
    tell_proposed(objection, at=at)
    return objection


@transaction.atomic
def approve(objection: Objection, *, by: User | None, at: datetime) -> Objection:
    """Let a proposed correction count: every score of the assessment is worked out anew, for others' places may move."""
    objection = _held(objection, ObjectionState.PROPOSED, by, at)
    _require_apart(objection, by)
    objection.before = _total(objection)
    objection.state, objection.approved_at, objection.approved_label = ObjectionState.ACCEPTED, at, str(by) if by else "系统"
    objection.save()
    settle(objection.assessment)
    objection.after = _total(objection)
    objection.save(update_fields=["after"])
    _bump(objection.assessment)
    totals = {"before": {"total": objection.before}, "after": {"total": objection.after, "share": objection.share}}
    record("objection.approved", objection, by=by, at=at, note=objection.answer, **totals)
    tell_answered(objection, at=at)
    return objection


@transaction.atomic
def send_back(objection: Objection, reason: str, *, by: User | None, at: datetime) -> Objection:
    """Not approve a proposed correction: it waits for another answer."""
    objection = _held(objection, ObjectionState.PROPOSED, by, at)
    _require_apart(objection, by)
    note = written("不同意更正的理由", reason)
    objection.state, objection.share, objection.leaves_out = ObjectionState.OPEN, None, False
    objection.answer, objection.answered_at, objection.answered_by, objection.answered_label = "", None, None, ""
    objection.save()
    _bump(objection.assessment)
    record("objection.sent_back", objection, by=by, at=at, note=note)
    tell_objection(objection, at=at, again=note)
    return objection


def _held(objection: Objection, state: ObjectionState, by: User | None, at: datetime) -> Objection:
    """The objection in the state it must be in, its assessment held, asked by somebody of the office."""
    assessment = locked(objection.assessment)
    objection = Objection.objects.select_related("department").get(pk=objection.pk)
    objection.assessment = assessment
    require(by, Permission.ASSESSMENT_MANAGE, on=local_day(at))
    if assessment.state != AssessmentState.OBJECTING:
        msg = f"{assessment}当前为“{assessment.words_of_state}”，异议已经办结，不能再改。"
        raise Refusal(msg)
    if objection.state != state:
        msg = f"这条异议当前为“{objection.words_of_state}”，不能这样办，请刷新页面。"
        raise Refusal(msg)
    return objection


def _answered(objection: Objection, state: ObjectionState, *, by: User | None, at: datetime) -> Objection:
    objection.state, objection.answered_at, objection.answered_by = state, at, by
    objection.answered_label = str(by) if by else "系统"
    objection.save()
    _bump(objection.assessment)
    after = {"state": state.value, "share": objection.share, "leaves_out": objection.leaves_out}
    record(f"objection.{state.value}", objection, by=by, at=at, after=after, note=objection.answer)
    if state is ObjectionState.REJECTED:
        tell_answered(objection, at=at)
    return objection


def _require_apart(objection: Objection, by: User | None) -> None:
    """A second person: neither who proposed the correction nor who made the objection."""
    if by is not None and by.pk in (objection.answered_by_id, objection.by_id):
        msg = "更正须由另一个人复核：您是提出人或拟更正人，请统筹办的其他同志来办。"
        raise Forbidden(msg)


def _title(assessment: Assessment, department: Department, item: str, row: str) -> str:
    score = Score.objects.filter(assessment=assessment, department=department).first()
    named: dict[str, str] = {one["kind"]: one["title"] for one in assessment.scheme["items"]}
    if score is None or item not in named:
        _nothing_there(department)
    if not row:
        return named[item]
    found = next((one for one in rows_of(score.facts).get(item, ()) if one.key == row), None)
    return found.title if found else _nothing_there(department)


def _nothing_there(department: Department) -> NoReturn:
    msg = f"这份考核里没有“{department.name}”的这一事项，请从得分页面上点“提出异议”。"
    raise Refusal(msg)


def _total(objection: Objection) -> Decimal | None:
    return Score.objects.values_list("total", flat=True).get(assessment=objection.assessment, department=objection.department)


def _bump(assessment: Assessment) -> None:
    assessment.version += 1
    assessment.save(update_fields=["version"])


def _too_late(assessment: Assessment) -> str:
    if assessment.state == AssessmentState.OBJECTING:
        return f"{assessment}的异议期已于{assessment.objections_until}结束，确有错误请联系统筹办。"
    return f"{assessment}当前为“{assessment.words_of_state}”，只有征求意见期间可以提出异议。"
