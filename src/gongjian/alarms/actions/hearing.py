"""Outlets nothing was heard of for too long. A part of the sweep.

Judged by when data arrived, not by what they are labelled: data that a device re-sends after a break do not undo the break.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from gongjian.alarms.actions.judging import Bench, settle
from gongjian.alarms.causes import cause_of, kept_of
from gongjian.alarms.declaration import AlarmRule
from gongjian.alarms.engine.folding import Episode
from gongjian.alarms.engine.matching import Change, Move
from gongjian.alarms.models import Alarm, Outlet
from gongjian.alarms.rules import RULES, rules_for
from gongjian.cases.clocks import office

SHORTEST = min(rule.silence for rule in RULES if rule.silence is not None)


def watch_silence(*, at: datetime) -> list[Alarm]:
    """Open alarms of outlets that have been silent too long, end those of outlets that are heard again; the opened ones."""
    lasting = Alarm.objects.filter(ended=None, withdrawn_at=None, factor=None).select_related("outlet__station", "outlet__department")
    by_cause = {alarm.cause: alarm for alarm in lasting}
    maybe = Outlet.objects.filter(Q(heard_at__lt=at - SHORTEST) | Q(pk__in=[alarm.outlet_id for alarm in by_cause.values()]))
    opened: list[Alarm] = []
    for outlet in maybe.exclude(heard_at=None).select_related("station", "department", "entry"):
        for rule in rules_for(outlet.station.kind):
            if rule.silence is not None:
                alarm = by_cause.get(cause_of(outlet.station.code, "", rule.slug))
                opened += _look(outlet, rule, rule.silence, alarm, at)
    return opened


def _look(outlet: Outlet, rule: AlarmRule, silence: timedelta, alarm: Alarm | None, at: datetime) -> list[Alarm]:
    heard = outlet.heard_at
    assert heard is not None  # noqa: S101 - the caller leaves the others out  # nosec B101
    bench = Bench(outlet, None, rule, None, office(timezone.localtime(at)), at)
    silent = outlet.active and at - heard > silence
    if alarm is None and silent:
        begin, since = _seconds(heard), _seconds(heard + silence)
        return settle(bench, [Change(Move.OPENED, None, Episode(begin, since, since, 1, 0.0, since))], {})
    if alarm is not None and not silent:
        kept = kept_of(alarm).episode
        ended = max(_seconds(heard), kept.since)
        over = Episode(kept.begin, kept.since, kept.last, kept.bad, kept.peak, kept.peak_at, ended)
        settle(bench, [Change(Move.CLEARED, alarm.pk, over)], {alarm.pk: alarm})
    return []


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
