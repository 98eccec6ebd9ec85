"""Freezing a month: nothing of it changes any more, and what was missing is kept for good. Somebody else may lift it, with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.notices.actions import send
from gongjian.notices.courier import Notice
from gongjian.people.models import User
from gongjian.people.permissions import Reach, require
from gongjian.people.queries import holders
from gongjian.people.roles import Permission, Role
from gongjian.plans.facts import ReportState
from gongjian.plans.models import Measure, MonthFreeze, Programme
from gongjian.plans.queries.frozen import freeze_of
from gongjian.plans.queries.monthly import Line, overview
from gongjian.plans.queries.reports import due_days
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

LONGEST = 500  # characters of a reason


@transaction.atomic
def freeze(programme: Programme, month: Month, *, by: User | None, at: datetime) -> MonthFreeze:
    """No report of the month changes any more. Refusal before its due day is over, and while reports wait for review."""
    require(by, Permission.REPORT_FREEZE, on=local_day(at))
    _hold(programme, month)
    _refuse_second(programme, month)
    seen = overview(programme, month, local_day(at), Reach(everywhere=True))
    if not seen.is_over:
        msg = f"{month.words()}的月报到{seen.due.month}月{seen.due.day}日才到期，过了这一天才能封存。"
        raise Refusal(msg)
    if seen.waiting:
        msg = f"{month.words()}还有 {seen.waiting} 份月报待审核，请先采用或退回，再封存。"
        raise Refusal(msg)
    missing = [_kept(line) for line in seen.lines if not line.handed_in or line.state is ReportState.RETURNED]
    row = MonthFreeze.objects.create(
        programme=programme, month=month.first, missing=missing, at=at, by=by, by_label=str(by) if by else "系统"
    )
    after = {"month": str(month), "unreported": [one["key"] for one in missing]}
    record("month.freeze", programme, by=by, at=at, after=after)
    return row


@transaction.atomic
def unfreeze(programme: Programme, month: Month, reason: str, *, by: User, at: datetime) -> MonthFreeze:
    """Reports of the month may change again. Not by whoever froze it; what was missing then stays known."""
    require(by, Permission.REPORT_UNFREEZE, on=local_day(at))
    reason = reason.strip()
    if not reason:
        msg = "请写明解封理由：为什么要补报、补报哪些。"
        raise Refusal(msg)
    if len(reason) > LONGEST:
        msg = f"“解封理由”有 {len(reason)} 个字，最多 {LONGEST} 个字，请精简。"
        raise Refusal(msg)
    _hold(programme, month)
    row = freeze_of(programme, month)
    if row is None:
        last = MonthFreeze.objects.filter(programme=programme, month=month.first).last()
        msg = f"{month.words()}{f'已由{last.lifted_by}解封' if last else '没有封存'}，请刷新页面。"
        raise Refusal(msg)
    if row.by_id == by.pk:
        msg = "封存和解封须由两个人办理：这个月是您封存的，请由另一位统筹人员或领导解封。"
        raise Refusal(msg)
    row.lifted_at, row.lifted_by, row.lifted_why = at, str(by), reason
    row.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    record("month.unfreeze", programme, by=by, at=at, before={"month": str(month)}, note=reason)
    _tell(row, month, at)
    return row


def _hold(programme: Programme, month: Month) -> None:
    """Hold every measure of the programme, as whoever writes a report holds its one: nobody writes while a month is being frozen."""
    if month not in due_days(programme):
        msg = f"{month.words()}不在这份计划的填报月份内。"
        raise Refusal(msg)
    list(Measure.objects.select_for_update().filter(programme=programme).order_by("pk").values_list("pk"))


def _refuse_second(programme: Programme, month: Month) -> None:
    if standing := freeze_of(programme, month):
        day = local_day(standing.at)
        msg = f"{month.words()}已由{standing.by_label}于{day.month}月{day.day}日封存，请刷新页面。"
        raise Refusal(msg)


def _kept(line: Line) -> dict[str, object]:
    names = "、".join(row.name for row in line.owing.leads)
    return {
        "measure": line.owing.measure,
        "key": line.key,
        "department": names,
        "departments": list(line.owing.answers),
        "state": line.state.value,
    }


def _tell(row: MonthFreeze, month: Month, at: datetime) -> None:
    """Those who had not reported hear that they may."""
    departments = {number for one in row.missing for number in one["departments"]}
    people = holders([Role.OFFICER, Role.HEAD], departments=departments, on=local_day(at))
    send(
        Notice(
            key=f"month.unfreeze:{row.pk}",
            title=f"{month.words()}月报已解封，可以补报",
            body=row.lifted_why,
            to=tuple(people.order_by("pk").values_list("pk", flat=True)),
            link=f"/reports/{month}/?programme={row.programme.slug}",
            about=f"plans.programme:{row.programme_id}",
        ),
        at=at,
    )
