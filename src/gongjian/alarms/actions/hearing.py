"""Outlets nothing was heard of for too long. A part of the sweep, which goes on by the clock also while nothing at all comes.

Judged by when data arrived, not by what they are labelled: data that a device re-sends after a break do not undo the break. Of outlets
whose devices upload only the time counts over which a gateway listened: while it is down, or cannot keep what it hears, nobody is off the
line (网关停机期间不判离线), and after it begins again what was left of the patience is left still.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from gongjian.alarms.actions.judging import Bench, settle
from gongjian.alarms.causes import cause_of, kept_of
from gongjian.alarms.declaration import AlarmRule
from gongjian.alarms.engine.folding import Episode
from gongjian.alarms.engine.matching import Change, Move
from gongjian.alarms.models import Alarm, Outlet
from gongjian.alarms.rules import RULES, rules_for
from gongjian.alarms.uploaded import uploading_stations
from gongjian.cases.clocks import office
from gongjian.telemetry.listening import Watch, silent_from
from gongjian.telemetry.queries import watches_since

MEMORY: Final = timedelta(days=30)  # how far back it is asked when a gateway listened
SHORTEST = min(rule.silence for rule in RULES if rule.silence is not None)


def watch_silence(*, at: datetime) -> list[Alarm]:
    """Open alarms of outlets that have been silent too long, end those of outlets that are heard again; the opened ones."""
    lasting = Alarm.objects.filter(ended=None, withdrawn_at=None, factor=None).select_related("outlet__station", "outlet__department")
    by_cause = {alarm.cause: alarm for alarm in lasting}
    maybe = Outlet.objects.filter(Q(heard_at__lt=at - SHORTEST) | Q(pk__in=[alarm.outlet_id for alarm in by_cause.values()]))
    outlets = list(maybe.exclude(heard_at=None).select_related("station", "department", "entry"))
    if not outlets:
        return []
    opened: list[Alarm] = []
    uploading, watches = uploading_stations(), watches_since(at - MEMORY)
    for outlet in outlets:
        heard = watches if watches is not None and outlet.station.code in uploading else [Watch(outlet.heard_at or at, at)]
        for rule in rules_for(outlet.station.kind):
            if rule.silence is not None:
                alarm = by_cause.get(cause_of(outlet.station.code, "", rule.slug))
                opened += _look(outlet, rule, silent_from(heard, outlet.heard_at or at, rule.silence), alarm, at)
    return opened


def _look(outlet: Outlet, rule: AlarmRule, since: datetime | None, alarm: Alarm | None, at: datetime) -> list[Alarm]:
    """``since``: from when on it is silent for too long, None while it is not."""
    heard = outlet.heard_at
    assert heard is not None  # noqa: S101 - the caller leaves the others out  # nosec B101
    if alarm is None and outlet.active and since is not None:
        begin, late = _seconds(heard), _seconds(since)
        return settle(_bench(outlet, rule, at), [Change(Move.OPENED, None, Episode(begin, late, late, 1, 0.0, late))], {})
    if alarm is not None and (not outlet.active or _seconds(heard) > _seconds(alarm.begin)):
        kept = kept_of(alarm).episode
        ended = max(_seconds(heard), kept.since)
        over = Episode(kept.begin, kept.since, kept.last, kept.bad, kept.peak, kept.peak_at, ended)
        settle(_bench(outlet, rule, at), [Change(Move.CLEARED, alarm.pk, over)], {alarm.pk: alarm})
    return []


def _bench(outlet: Outlet, rule: AlarmRule, at: datetime) -> Bench:
    return Bench(outlet, None, rule, None, office(timezone.localtime(at)), at)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
