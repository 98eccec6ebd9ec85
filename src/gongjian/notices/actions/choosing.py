"""How somebody wants to hear, and a second try where somebody decided for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongjian.kernel.refusal import Refusal
from gongjian.notices.channels import CHOSEN, Channel
from gongjian.notices.models import TROUBLED, Delivery, DeliveryState, Preference
from gongjian.notices.planning import Habit
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.people.saving import save_with_event
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day


@transaction.atomic
def choose_habits(habits: Mapping[Channel, Habit], *, by: User, at: datetime) -> None:
    """Keep one's own habits, with an event: whether somebody could have known is asked later. What waits already goes as planned."""
    if closed := [channel for channel in habits if channel not in CHOSEN]:
        msg = f"{closed[0].label}不能另行设置，请只修改其余方式。"
        raise Refusal(msg)
    standing = {one.channel: one for one in Preference.objects.select_for_update().filter(user=by)}
    for channel, habit in habits.items():
        row = standing.get(channel) or Preference(user=by, channel=channel)
        row.rhythm, row.at, row.quiet = habit.rhythm, habit.at, habit.quiet
        save_with_event(row, ("channel", "rhythm", "at", "quiet"), by=by, at=at)


@transaction.atomic
def try_again(delivery: Delivery, *, by: User | None, at: datetime) -> Delivery:
    """Send once more what failed or is uncertain: an administrator has asked the reader, or has mended what was broken."""
    require(by, Permission.PEOPLE_MANAGE, on=local_day(at))
    found = Delivery.objects.select_for_update(of=("self",)).select_related("dispatch").get(pk=delivery.pk)
    if found.state not in TROUBLED:
        msg = f"“{found.dispatch}”当前为“{DeliveryState(found.state).label}”，只有未送达或不确定的才能重发。"
        raise Refusal(msg)
    before, found.state, found.attempts, found.next_at = found.state, DeliveryState.WAITING, 0, at
    found.save(update_fields=["state", "attempts", "next_at"])
    record("delivery.tried_again", found, by=by, at=at, before={"state": before}, after={"state": found.state})
    return found
