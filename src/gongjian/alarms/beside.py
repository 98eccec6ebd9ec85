"""What this room adds to the pages of others: the alarm on its case, the alarms on the entry they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongjian.alarms.models import Alarm, QualityFinding
from gongjian.alarms.states import AlarmState
from gongjian.alarms.telling import told_alarm
from gongjian.cases.models import Case
from gongjian.cases.origins import Origin
from gongjian.ledgers.happenings import Happening
from gongjian.people.permissions import Asker, may
from gongjian.people.roles import Permission
from gongjian.trail.clock import local_day
from gongjian.trail.office_day import end_of

NEWEST = 20


def alarm_origin(case: Case, asker: Asker) -> Origin | None:
    """The alarm or the finding a case came from."""
    if alarm := Alarm.objects.filter(case=case).select_related("outlet", "factor").first():
        seen = may(asker, Permission.ALARM_VIEW, departments=[alarm.outlet.department_id])
        return Origin(f"报警 {alarm.number}", "alarms:alarm", alarm.pk) if seen else None
    if found := QualityFinding.objects.filter(case=case).select_related("outlet").first():
        seen = may(asker, Permission.ALARM_VIEW, departments=[found.outlet.department_id])
        return Origin("数据质量疑点", "alarms:finding", found.pk) if seen else None
    return None


def alarm_happenings(entry: int, on: date) -> Sequence[Happening]:
    """The alarms of an entry's outlets that had been noticed by the end of a day, as they stand now."""
    rows = Alarm.objects.filter(outlet__entry=entry, opened_at__lt=end_of(on)).select_related("outlet__station", "factor")
    return [
        Happening(
            on=local_day(alarm.since),
            title=f"报警：{alarm.title}",
            words=f"{told_alarm(alarm)}{AlarmState(alarm.state).label}",
            page="alarms:alarm",
            about=(alarm.pk,),
            bad=True,
        )
        for alarm in rows.order_by("-since")[:NEWEST]
    ]
