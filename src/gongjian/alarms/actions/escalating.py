"""Alarms nobody explained in time become cases, by rule."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongjian.alarms.actions.filing import case_of_alarm
from gongjian.alarms.actions.moving import Said, moved
from gongjian.alarms.models import Alarm
from gongjian.alarms.rules import find_rule
from gongjian.alarms.states import AlarmState

WAITING = (AlarmState.OPEN, AlarmState.ACKNOWLEDGED)


def expire(*, at: datetime) -> int:
    """Make cases of the alarms whose time to be explained is over; how many. Each by itself: one that fails holds up no other."""
    due = Alarm.objects.filter(state__in=WAITING, due_at__lt=at).order_by("due_at", "pk").values_list("pk", flat=True)
    return sum(_expire(pk, at) for pk in list(due))


@transaction.atomic
def _expire(pk: int, at: datetime) -> bool:
    alarm = (
        Alarm.objects.select_for_update(of=("self",))
        .select_related("outlet__station", "outlet__department", "outlet__entry", "factor")
        .get(pk=pk)
    )
    if alarm.state not in WAITING or alarm.due_at is None or alarm.due_at >= at:
        return False  # somebody was quicker
    within = find_rule(alarm.rule).answer_within
    why = f"{within.words() if within else ''}内未作说明，按规则自动立案。"
    alarm.case = case_of_alarm(alarm, why, at=at)
    moved(alarm, "expire", AlarmState.CASED, by=None, at=at, said=Said(why))
    return True
