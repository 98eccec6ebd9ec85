"""What every step of an alarm does: the row, its step, the event of the trail. A part of the verbs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from gongjian.alarms.models import Alarm, AlarmStep
from gongjian.alarms.states import AlarmState
from gongjian.people.models import User
from gongjian.trail.actions import record


@dataclass(frozen=True, slots=True)
class Said:
    """What a step carries: words, the cause the company names, who there said so, and the token of the form it came from."""

    words: str = ""
    reason: str = ""
    teller: str = ""
    token: str = ""


NOTHING = Said()


def moved(alarm: Alarm, name: str, state: AlarmState, *, by: User | None, at: datetime, said: Said = NOTHING) -> AlarmStep:
    """Bring an alarm that is held to a state by a step, and keep the step; what else the step changes was set before."""
    before = alarm.state
    alarm.state = state
    if state not in (AlarmState.OPEN, AlarmState.ACKNOWLEDGED):
        alarm.due_at = None
    alarm.version += 1
    alarm.save()
    record(f"alarm.{name}", alarm, by=by, at=at, before={"state": before}, after={"state": state}, note=said.words)
    label = str(by) if by else "系统"
    return AlarmStep.objects.create(alarm=alarm, step=name, state=state, at=at, by=by, by_label=label, **asdict(said))
