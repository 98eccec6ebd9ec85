"""Reminding: by the table, every day, each occasion once; and by hand, once a day for each department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.notices.actions import send
from gongjian.notices.courier import Notice
from gongjian.people.models import Department, User
from gongjian.people.permissions import Reach, require
from gongjian.people.queries import holders
from gongjian.people.roles import Permission, Role
from gongjian.plans.models import Programme
from gongjian.plans.queries.contributions import contribution_days
from gongjian.plans.queries.frozen import frozen_months
from gongjian.plans.queries.monthly import Line, Overview, nudge_key, overview
from gongjian.plans.queries.reports import due_days, office_calendar
from gongjian.plans.reminders import Reminder, applicable, timetable
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

EVERYTHING = Reach(everywhere=True)
SHOWN = 12  # keys named in a message


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why departments are told: the beginning of the key, the month, what is owed by when, and whether heads are told."""

    key: str
    seen: Overview
    noun: str
    due: date
    heads: bool

    def send(self, department: int, lines: Collection[Line], at: datetime) -> bool:
        """Tell one department what it owes; False where it has been told on this occasion, or where there is nobody to tell."""
        roles = [Role.OFFICER, Role.HEAD] if self.heads else [Role.OFFICER]
        on = local_day(at)
        people = holders(roles, departments=[department], on=on)
        keys = "、".join(line.key for line in list(lines)[:SHOWN])
        more = f"等 {len(lines)} 项" if len(lines) > SHOWN else ""
        return send(
            Notice(
                key=f"{self.key}:{department}",
                title=f"{self.seen.month.words()}{self.noun}还有 {len(lines)} 项未报，{_when(self.due, on)}",
                body=f"未报的措施：{keys}{more}。",
                to=tuple(people.order_by("pk").values_list("pk", flat=True)),
                link=f"/reports/{self.seen.month}/?programme={self.seen.programme.slug}",
                about=f"plans.programme:{self.seen.programme.pk}",
            ),
            at=at,
        )


def remind_due(*, at: datetime) -> int:
    """Tell every department that owes something what the table says it hears today; how many messages that made.

    Asked every day, or more often: the same occasion is told once, whenever the day before was missed. Only the latest occasion that
    has come speaks, so that a timetable that stood still for a week does not send a week's messages. Frozen months are left alone.
    """
    on, told = local_day(at), 0
    for programme in Programme.objects.filter(year__in=(on.year - 1, on.year), issued_on__lte=on):
        frozen, calendar, table = frozen_months(programme), office_calendar(programme.year), timetable()
        for noun, days, lines in (
            ("月报", due_days(programme, calendar), table.report),
            ("协办情况", contribution_days(programme, calendar), table.contribution),
        ):
            for month, due in days.items():
                found = None if month in frozen else applicable(lines, due, on, calendar, table.catch_up)
                if found is not None:
                    told += _remind(programme, month, found, noun, due, at)
    return told


@transaction.atomic
def nudge(programme: Programme, month: Month, departments: Collection[Department], *, by: User, at: datetime) -> int:
    """Tell departments now what they still owe, officers and heads; how many were told.

    A department hears this once a day, whoever sends it: Refusal where all of them have been told today, have nothing to report, or
    where nobody holds a post there.
    """
    require(by, Permission.REPORT_REVIEW, on=local_day(at))
    if month not in due_days(programme) or month in frozen_months(programme):
        msg = f"{month.words()}的月报已封存或不在填报月份内，不再催报。"
        raise Refusal(msg)
    seen = overview(programme, month, local_day(at), EVERYTHING)
    owed = _by_department(seen)
    chosen = [one for one in departments if one.pk in owed]
    if not chosen:
        msg = "所选部门的月报都已报送，不用催报；请刷新页面。"
        raise Refusal(msg)
    occasion = Occasion(nudge_key(programme, month, local_day(at)), seen, "月报", seen.due, heads=True)
    told = [one for one in chosen if occasion.send(one.pk, owed[one.pk], at)]
    if not told:
        names = "、".join(map(str, chosen[:3]))
        msg = f"{names}{'等' if len(chosen) > len(chosen[:3]) else ''}今天已经催报过，或还没有经办人；一天只催一次。"
        raise Refusal(msg)
    after = {"month": str(month), "departments": [str(one) for one in told]}
    record("month.remind", programme, by=by, at=at, after=after)
    return len(told)


def _remind(programme: Programme, month: Month, found: Reminder, noun: str, due: date, at: datetime) -> int:
    kind = "report.remind" if noun == "月报" else "contribution.remind"
    seen = overview(programme, month, local_day(at), EVERYTHING)
    occasion = Occasion(f"{kind}:{programme.pk}:{month}:{found.days}", seen, noun, due, found.heads)
    owed = _by_department(seen) if noun == "月报" else _by_helper(seen.lines)
    return sum(occasion.send(department, lines, at) for department, lines in owed.items())


def _by_department(seen: Overview) -> dict[int, list[Line]]:
    """What is not handed in, by the departments that answer for it."""
    found: dict[int, list[Line]] = defaultdict(list)
    for line in seen.lines:
        if not line.handed_in:
            for department in line.owing.answers:
                found[department].append(line)
    return found


def _by_helper(lines: Iterable[Line]) -> dict[int, list[Line]]:
    """What is not contributed, by the assisting departments, as long as the report itself is not handed in."""
    found: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        for helper in line.silent_helpers if not line.handed_in else ():
            found[helper.pk].append(line)
    return found


def _when(due: date, on: date) -> str:
    late = (on - due).days
    if late == 0:
        return "今天到期"
    return f"应于{due.month}月{due.day}日前报送{f'，已逾期 {late} 天' if late > 0 else ''}"
