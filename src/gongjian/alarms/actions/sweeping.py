"""Judging what was written: every second beside the gateway, and again for past days.

The alarms that stand are a function of the series that stand: whatever was written since the cursor, each touched series is judged anew
from a moment at which its causes were certainly quiet (``engine.matching``). So data late, twice or corrected need no rules of their own,
and whoever sweeps keeps nothing in mind between two sweeps. One sweeper at a time: the cursor's row is held meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.db import transaction

from gongjian.alarms.actions.escalating import expire
from gongjian.alarms.actions.hearing import watch_silence
from gongjian.alarms.actions.judging import Bench, settle
from gongjian.alarms.actions.noticing import tell_opened
from gongjian.alarms.causes import cause_of, kept_of
from gongjian.alarms.declaration import AlarmRule
from gongjian.alarms.engine.folding import Episode, Watch, episodes
from gongjian.alarms.engine.limits import limits_at
from gongjian.alarms.engine.matching import changes, restart
from gongjian.alarms.engine.verdicts import Judged, judge
from gongjian.alarms.models import Alarm, Outlet, SweepCursor
from gongjian.alarms.queries.standing import Stand, stand_of
from gongjian.alarms.registry import sources
from gongjian.alarms.rules import rules_for
from gongjian.alarms.source import Source, Touched
from gongjian.telemetry.moments import begin
from gongjian.telemetry.store import Period, SeriesKey

ROUNDS = 50  # of one sweep: a long backlog is gone through by several


@dataclass(slots=True)
class Swept:
    """What a sweep did: series judged, alarms opened, cases made of alarms nobody explained in time."""

    series: int = 0
    opened: list[Alarm] = field(default_factory=list)
    filed: int = 0


def sweep(*, now: datetime, among: Sequence[Source] | None = None) -> Swept:
    """Judge everything written since the last sweep, tell of outlets that fell silent, make cases of what was not explained in time."""
    swept, stations, is_behind = Swept(), _watched(), False
    for source in sources() if among is None else among:
        is_behind |= all(_round(source, stations, swept, now) for _ in range(ROUNDS))
    if not is_behind:  # what was heard is known only when all of it was read
        swept.opened += _silent(now)
    swept.filed = expire(at=now)
    return swept


@transaction.atomic
def _silent(now: datetime) -> list[Alarm]:
    _hold("silence")
    silent = watch_silence(at=now)
    tell_opened(silent, at=now)
    return silent


@transaction.atomic
def rejudge(touched: Iterable[Touched], source: Source, *, now: datetime) -> list[Alarm]:
    """Judge these series anew from these labels on, whatever the cursor says: for past days, and after a limit was set late."""
    _hold(source.name)
    opened = _judge(_gathered(touched), source, now)
    tell_opened(opened, at=now)
    return opened


def rejudge_since(day: date, *, now: datetime) -> int:
    """Judge every series of every outlet anew from a day on; how many alarms were opened."""
    opened, stations = 0, _watched()
    for source in sources():
        touched = [Touched(key, begin(day) + 1, 0) for key in source.keys(stations)]
        opened += len(rejudge(touched, source, now=now))
    return opened


def _watched() -> set[str]:
    """The stations that are outlets in use."""
    return set(Outlet.objects.filter(active=True).values_list("station__code", flat=True))


def _round(source: Source, stations: set[str], swept: Swept, now: datetime) -> bool:
    """One piece of what is new; whether there was any."""
    with transaction.atomic():
        cursor = _hold(source.name)
        to, touched = source.since(cursor.sequence, stations)
        if to == cursor.sequence:
            return False
        gathered = _gathered(touched)
        swept.series += len(gathered)
        opened = _judge(gathered, source, now)
        tell_opened(opened, at=now)
        swept.opened += opened
        cursor.sequence, cursor.at = to, now
        cursor.save()
    source.judged(to)
    return True


def _hold(name: str) -> SweepCursor:
    SweepCursor.objects.get_or_create(name=name)
    return SweepCursor.objects.select_for_update().get(name=name)


def _gathered(touched: Iterable[Touched]) -> dict[SeriesKey, Touched]:
    """Each series once, with its earliest label and its latest arrival."""
    found: dict[SeriesKey, Touched] = {}
    for one in touched:
        known = found.get(one.key, one)
        found[one.key] = Touched(one.key, min(known.first, one.first), max(known.heard, one.heard))
    return found


def _judge(touched: dict[SeriesKey, Touched], source: Source, at: datetime) -> list[Alarm]:
    stand = stand_of(touched, at)
    for outlet in stand.outlets.values():
        heard = datetime.fromtimestamp(max(one.heard for key, one in touched.items() if key.station == outlet.station.code), UTC)
        if outlet.heard_at is None or outlet.heard_at < heard:
            outlet.heard_at = heard
            outlet.save(update_fields=["heard_at"])
    opened = []
    for key, one in touched.items():
        if key.station in stand.outlets and key.factor in stand.factors and key.period is not Period.REAL_TIME:
            opened += _judge_series(key, one.first, source, stand, at)
    return opened


def _judge_series(key: SeriesKey, first: int, source: Source, stand: Stand, at: datetime) -> list[Alarm]:
    """Every rule for a series, over one reading of it."""
    outlet = stand.outlets[key.station]
    length = source.length(key)
    begun = [
        (rule, *_begun(rule.watch(key.factor, length), rule, key, first, stand)) for rule in rules_for(outlet.station.kind, key.period)
    ]
    if not begun:
        return []
    series = source.window(key, min(after for *_, after in begun) - length)
    opened = []
    for rule, watch, alarms, after in begun:
        judged = Judged(key.factor, series, *limits_at(stand.limits(key, rule.limits), series.moments))
        bench = Bench(outlet, stand.factors[key.factor], rule, judged, stand.office, at)
        found = _found(bench, judged, watch, after)
        opened += settle(bench, changes([kept_of(alarm) for alarm in alarms], found, after), {alarm.pk: alarm for alarm in alarms})
    return opened


def _begun(watch: Watch, rule: AlarmRule, key: SeriesKey, first: int, stand: Stand) -> tuple[Watch, list[Alarm], int]:
    alarms = stand.alarms.get(cause_of(key.station, key.factor, rule.slug), [])
    return watch, alarms, restart([kept_of(alarm) for alarm in alarms], first, watch)


def _found(bench: Bench, judged: Judged, watch: Watch, after: int) -> list[Episode]:
    verdicts, measures = judge(bench.rule.sort, judged)
    new = judged.series.moments > after
    return episodes(judged.series.moments[new], verdicts[new], measures[new], watch)
