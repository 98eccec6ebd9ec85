"""Joint handling: the department that leads asks others to help, and they tell what they did."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from gongjian.cases.actions.changing import locked, written
from gongjian.cases.actions.telling import tell_department
from gongjian.cases.models import Assistance, Case, State
from gongjian.cases.queries.concerning import concerned
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department, User
from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

IN_HAND = (State.HANDED_OVER, State.SIGNED, State.HANDLING)


@transaction.atomic
def ask_for_help(case: Case, department: Department, task: str, *, by: User | None, at: datetime) -> Assistance:
    """Ask another department to help; whoever hands cases over may, and the department that leads."""
    case = locked(case)
    on = local_day(at)
    if not may(by, Permission.CASE_HANDLE, departments=concerned(case, Permission.CASE_HANDLE), on=on):
        require(by, Permission.CASE_HAND_OVER, departments=concerned(case, Permission.CASE_HAND_OVER), on=on)
    if case.state not in IN_HAND:
        msg = f"“{case.words_of_state}”的问题不能商请协办，移交之后、反馈之前才可以。"
        raise Refusal(msg)
    if department.pk == case.department_id or not department.active:
        msg = f"“{department}”是主办部门或已停用，请选择另一个部门。"
        raise Refusal(msg)
    try:
        with transaction.atomic():
            asked = Assistance.objects.create(
                case=case, department=department, task=written("请协办事项", task), asked_at=at, asked_by=str(by) if by else "系统"
            )
    except IntegrityError as error:
        msg = f"已经商请过“{department}”，请等待其反馈。"
        raise Refusal(msg) from error
    _changed(case)
    record("case.help_asked", case, by=by, at=at, after={"department": department.name}, note=asked.task)
    tell_department(case, department.pk, f"help_asked:{asked.pk}", "商请您部门协办", asked.task, at=at)
    return asked


@transaction.atomic
def give_help(assistance: Assistance, answer: str, *, by: User | None, at: datetime) -> Assistance:
    """Tell what the helping department did; the leading one is told."""
    case = locked(assistance.case)
    row = Assistance.objects.select_related("department").get(pk=assistance.pk)
    require(by, Permission.CASE_HANDLE, departments=[row.department_id], on=local_day(at))
    if row.answered_at is not None:
        msg = f"{row.department}的协办情况已由{row.answered_by}反馈，请刷新页面。"
        raise Refusal(msg)
    row.answer, row.answered_at, row.answered_by = written("协办情况", answer), at, str(by) if by else "系统"
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    _changed(case)
    record("case.help_given", case, by=by, at=at, after={"department": row.department.name}, note=row.answer)
    if case.department_id is not None:
        tell_department(case, case.department_id, f"help_given:{row.pk}", f"{row.department.label}已反馈协办情况", row.answer, at=at)
    return row


def _changed(case: Case) -> None:
    case.version += 1
    case.save(update_fields=["version"])
