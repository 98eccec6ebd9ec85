"""Moving a deadline: asked for by those whose clock runs, granted or refused by somebody else."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongjian.cases.actions.changing import fitting, locked, refuse_stale, written
from gongjian.cases.actions.telling import tell_department
from gongjian.cases.flow import AWAITED
from gongjian.cases.models import Case, CaseStep, Postponement, State
from gongjian.cases.queries.concerning import concerned
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import Forbidden, require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

HANDLERS = frozenset({"sign", "feed_back"})  # the steps whose clocks run for the department that deals with it

MOVED = "postpone"  # how a moved deadline is called among the steps


@transaction.atomic
def ask_for_time(case: Case, wanted: datetime, reason: str, *, by: User | None, at: datetime, version: int | None = None) -> Postponement:
    """Ask to move the running deadline to ``wanted``."""
    case = locked(case)
    refuse_stale(case, version)
    require(by, Permission.CASE_HANDLE, departments=concerned(case, Permission.CASE_HANDLE), on=local_day(at))
    if case.due_at is None or AWAITED.get(State(case.state)) not in HANDLERS:
        msg = f"“{case.words_of_state}”的问题没有由您部门承担的时限，不需要延期。"
        raise Refusal(msg)
    if wanted <= at or wanted <= case.due_at:
        msg = f"申请延至的时间须晚于现在和原时限（{timezone.localtime(case.due_at):%Y-%m-%d %H:%M}），请重新选择。"
        raise Refusal(msg)
    try:
        with transaction.atomic():
            asked = Postponement.objects.create(
                case=case,
                state=case.state,
                was_due=case.due_at,
                wanted=wanted,
                reason=written("延期理由", reason),
                at=at,
                by=by,
                by_label=str(by) if by else "系统",
            )
    except IntegrityError as error:
        msg = "这个问题已有一份延期申请在等待批复，请勿重复申请。"
        raise Refusal(msg) from error
    record("case.time_asked", case, by=by, at=at, before={"due": case.due_at}, after={"due": wanted}, note=asked.reason)
    return asked


@transaction.atomic
def answer_for_time(asked: Postponement, granted: bool, answer: str, *, by: User | None, at: datetime) -> Case:  # noqa: FBT001 - the answer is the point
    """Grant the request, which moves the deadline, or refuse it with a reason. Nobody answers their own."""
    case = locked(asked.case)
    require(by, Permission.CASE_VERIFY, departments=concerned(case, Permission.CASE_VERIFY), on=local_day(at))
    asked = Postponement.objects.get(pk=asked.pk)
    if asked.answered_at is not None:
        msg = f"这份延期申请已由{asked.answered_by}批复，请刷新页面。"
        raise Refusal(msg)
    if by is not None and asked.by_id == by.pk:
        msg = "延期申请须由另一个人批复，不能批复自己的申请。"
        raise Forbidden(msg)
    asked.granted, asked.answered_at, asked.answered_by = granted, at, str(by) if by else "系统"
    asked.answer = fitting("批复", answer, longest=200) if granted else written("不同意的理由", answer, longest=200)
    asked.save(update_fields=["granted", "answer", "answered_at", "answered_by"])
    before = case.due_at
    case.version += 1
    if granted:
        _keep(case, asked, by=by, at=at)
        case.due_at, case.since = asked.wanted, at
    case.save(update_fields=["due_at", "since", "version"])
    verb = "case.time_granted" if granted else "case.time_refused"
    record(verb, case, by=by, at=at, before={"due": before}, after={"due": case.due_at}, note=asked.answer)
    if case.department_id is not None:
        outcome = f"同意延期至 {timezone.localtime(asked.wanted):%Y-%m-%d %H:%M}" if granted else "不同意延期"
        tell_department(case, case.department_id, "time_answered", outcome, asked.answer, at=at)
    return case


def _keep(case: Case, asked: Postponement, *, by: User | None, at: datetime) -> None:
    """A moved deadline ends one stretch and begins another, so that what was overdue on a past day stays overdue on it."""
    CaseStep.objects.create(
        case=case,
        kind=case.kind,
        step=MOVED,
        before=case.state,
        state=case.state,
        since=case.since,
        due_at=case.due_at,
        late=case.due_at is not None and at > case.due_at,
        department_id=case.department_id,
        round=case.round,
        text=asked.answer,
        carried={"until": asked.wanted.isoformat()},
        at=at,
        on=local_day(at),
        by=by,
        by_label=str(by) if by else "系统",
    )
