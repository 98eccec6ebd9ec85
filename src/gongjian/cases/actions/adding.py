"""What is added beside the way: comments, extra steps of the kind, sanctions, publication."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from gongjian.cases import clocks
from gongjian.cases.actions.changing import locked, written
from gongjian.cases.actions.telling import tell_department
from gongjian.cases.declaration import Extra, Sanction
from gongjian.cases.models import Case, Comment, ExtraDone, SanctionTaken, State
from gongjian.cases.queries.concerning import concerned
from gongjian.cases.queries.lacking import lacking
from gongjian.cases.registry import find_kind
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department, User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

MOST_AMOUNT = Decimal(10) ** 9


@transaction.atomic
def comment(case: Case, text: str, *, by: User | None, at: datetime) -> Comment:
    """Say something about a case; whoever may see it may."""
    require(by, Permission.CASE_VIEW, departments=concerned(case, Permission.CASE_VIEW), on=local_day(at))
    said = Comment.objects.create(case=case, text=written("留言", text), at=at, by_label=str(by) if by else "系统")
    record("case.commented", case, by=by, at=at, note=said.text)
    return said


@transaction.atomic
def do_extra(case: Case, slug: str, text: str, *, by: User | None, at: datetime, department: Department | None = None) -> ExtraDone:
    """Do an extra step of the kind: once a round, with the evidence the kind asks for; told to ``department`` where the step tells one."""
    case = locked(case)
    kind = find_kind(case.kind)
    extra = kind.extra_step(slug)
    if extra is None:
        msg = f"“{kind.title}”没有“{slug[:40]}”这一步。"
        raise Refusal(msg)
    require(by, extra.permission, departments=concerned(case, extra.permission), on=local_day(at))
    _refuse_unready(case, extra, department)
    if missing := lacking(case, kind, slug):
        msg = f"“{extra.title}”之前还缺：{'；'.join(missing)}。"
        raise Refusal(msg)
    try:
        with transaction.atomic():
            done = ExtraDone.objects.create(
                case=case,
                extra=slug,
                round=case.round,
                text=written(extra.title, text),
                department=department if extra.tells else None,
                at=at,
                by_label=str(by) if by else "系统",
            )
    except IntegrityError as error:
        msg = f"“{extra.title}”这一轮已经办过，请刷新页面。"
        raise Refusal(msg) from error
    case.version += 1
    case.save(update_fields=["version"])
    record("case.extra_done", case, by=by, at=at, after={"extra": extra.title}, note=done.text)
    if extra.tells and department:
        tell_department(case, department.pk, f"extra:{done.pk}", extra.title, done.text, at=at)
    return done


@transaction.atomic
def sanction(
    case: Case, what: str, on: date, document: str, *, by: User | None, at: datetime, amount: Decimal | None = None
) -> SanctionTaken:
    """Note a sanction that followed: one the kind knows, with its document, and its size where it has one."""
    case = locked(case)
    require(by, Permission.CASE_HANDLE, departments=concerned(case, Permission.CASE_HANDLE), on=local_day(at))
    kind = find_kind(case.kind)
    if what not in kind.sanctions:
        msg = f"“{kind.title}”可用的惩戒措施是：{'、'.join(one.label for one in kind.sanctions) or '无'}。"
        raise Refusal(msg)
    measure = Sanction(what)
    if on > local_day(at):
        msg = f"日期{on:%Y-%m-%d}还没有到，请核对。"
        raise Refusal(msg)
    if measure.unit and (amount is None or not 0 < amount < MOST_AMOUNT):
        msg = f"“{measure.label}”须填写大于零的数额（{measure.unit}）。"
        raise Refusal(msg)
    row = SanctionTaken.objects.create(
        case=case,
        sanction=measure,
        on=on,
        document=written("文书", document, longest=120),
        amount=amount if measure.unit else None,
        at=at,
        by_label=str(by) if by else "系统",
    )
    after = {"sanction": measure.label, "amount": row.amount, "document": row.document}
    record("case.sanctioned", case, by=by, at=at, after=after)
    return row


@transaction.atomic
def publish(case: Case, *, by: User | None, at: datetime) -> Case:
    """Make a closed case public, as its kind provides and not before its time."""
    case = locked(case)
    require(by, Permission.CASE_VERIFY, departments=concerned(case, Permission.CASE_VERIFY), on=local_day(at))
    kind = find_kind(case.kind)
    if kind.publication is None:
        msg = f"“{kind.title}”不对外公开。"
        raise Refusal(msg)
    if case.state != State.CLOSED or case.closed_at is None:
        msg = f"这个问题是“{case.words_of_state}”，结案之后才能公开。"
        raise Refusal(msg)
    ripe = clocks.office(at).due(case.closed_at.astimezone(at.tzinfo), kind.publication.after)
    if at < ripe:
        msg = f"按规定结案满 {kind.publication.after.words()}（{ripe:%Y-%m-%d %H:%M}）后才能公开。"
        raise Refusal(msg)
    if case.published_at is None:
        case.published_at = at
        case.save(update_fields=["published_at"])
        record("case.published", case, by=by, at=at)
    return case


def _refuse_unready(case: Case, extra: Extra, department: Department | None) -> None:
    if not case.is_open or case.department_id is None:
        msg = f"这个问题是“{case.words_of_state}”，现在不能办“{extra.title}”。"
        raise Refusal(msg)
    if extra.tells and (department is None or not department.active):
        msg = f"请选择“{extra.title}”的接收部门。"
        raise Refusal(msg)
