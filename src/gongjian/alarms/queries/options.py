"""What can be done next with an alarm or a finding, by whom, and whether this person may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongjian.alarms.flow import ALARM, APART, FINDING, SYSTEM
from gongjian.alarms.models import Alarm, AlarmStep, QualityFinding
from gongjian.alarms.states import AlarmState, FindingState
from gongjian.people.models import User
from gongjian.people.permissions import may
from gongjian.people.roles import Permission, who_may


@dataclass(frozen=True, slots=True)
class Choice:
    """One step that leaves the present state; ``barred``: a second person is needed."""

    name: str
    words: str
    may: bool
    who: str
    barred: bool = False


def alarm_choices(alarm: Alarm, user: User, on: date) -> list[Choice]:
    """Every step a person could take from here; one query at most."""
    arrows = [arrow for arrow in ALARM.open_from(AlarmState(alarm.state)) if arrow.permission != SYSTEM]
    needed = {name for arrow in arrows for name in APART.get(arrow.name, ())}
    own = set(AlarmStep.objects.filter(alarm=alarm, by=user, step__in=needed).values_list("step", flat=True)) if needed else set()
    found = []
    for arrow in arrows:
        allowed = may(user, Permission(arrow.permission), departments=[alarm.outlet.department_id], on=on)
        barred = bool(APART.get(arrow.name, frozenset()) & own)
        found.append(Choice(arrow.name, arrow.words(), allowed and not barred, who_may(Permission(arrow.permission)), allowed and barred))
    return found


def finding_choices(found: QualityFinding, user: User, on: date) -> list[Choice]:
    """Every step a person could take with a finding."""
    return [
        Choice(
            arrow.name,
            arrow.words(),
            may(user, Permission(arrow.permission), departments=[found.outlet.department_id], on=on),
            who_may(Permission(arrow.permission)),
        )
        for arrow in FINDING.open_from(FindingState(found.state))
    ]
