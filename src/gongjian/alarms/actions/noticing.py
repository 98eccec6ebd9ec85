"""Telling the department of an outlet that it alarms: one message a department and sweep, however many alarms. A part of the verbs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gongjian.alarms.models import Alarm
from gongjian.alarms.severity import Severity
from gongjian.alarms.telling import told_alarm
from gongjian.notices.actions import send
from gongjian.notices.courier import Notice
from gongjian.people.queries import holders
from gongjian.people.roles import Role
from gongjian.trail.clock import local_day

NAMED = 5  # alarms a message tells one by one


def tell_opened(opened: Iterable[Alarm], *, at: datetime) -> None:
    """Tell of the alarms that still wait for somebody."""
    by_department: dict[int, list[Alarm]] = {}
    for alarm in opened:
        if alarm.is_open:
            by_department.setdefault(alarm.outlet.department_id, []).append(alarm)
    for department, alarms in by_department.items():
        _tell(department, alarms, at)


def tell_answer(alarm: Alarm, words: str, body: str, *, at: datetime) -> None:
    """Tell the department what was decided on its explanation."""
    to = tuple(holders((Role.OFFICER, Role.HEAD), departments=[alarm.outlet.department_id], on=local_day(at)).values_list("pk", flat=True))
    title = f"{alarm.number} {alarm.outlet} {alarm.title}：{words}"
    send(Notice(key=f"alarm.answered:{alarm.pk}:{alarm.version}", title=title, body=body, to=to, link=f"/alarms/{alarm.pk}/"), at=at)


def tell_explained(alarm: Alarm, body: str, *, at: datetime) -> None:
    """Tell those who review that an explanation waits."""
    to = tuple(holders((Role.COORDINATOR, Role.INSPECTOR), on=local_day(at)).values_list("pk", flat=True))
    title = f"{alarm.number} {alarm.outlet} {alarm.title}：已提交说明，请审核"
    send(Notice(key=f"alarm.explained:{alarm.pk}:{alarm.version}", title=title, body=body, to=to, link=f"/alarms/{alarm.pk}/"), at=at)


def _tell(department: int, alarms: list[Alarm], at: datetime) -> None:
    to = tuple(holders((Role.OFFICER, Role.HEAD), departments=[department], on=local_day(at)).values_list("pk", flat=True))
    first, last = alarms[0], alarms[-1]
    one = len(alarms) == 1
    more = [f"……共 {len(alarms)} 条"] if len(alarms) > NAMED else []
    notice = Notice(
        key=f"alarm.opened:{first.pk}-{last.pk}:{first.version}",
        title=f"{first.outlet} {first.title}" if one else f"新增 {len(alarms)} 条在线监测报警",
        body="\n".join([told_alarm(alarm) for alarm in alarms[:NAMED]] + more),
        to=to,
        link=f"/alarms/{first.pk}/" if one else "/alarms/",
        about=f"alarms.alarm:{first.pk}" if one else "",
        urgent=any(alarm.severity == Severity.SERIOUS for alarm in alarms),
    )
    send(notice, at=at)
