"""What tells one alarm from another, and the moments of the engine as those of the database."""

from __future__ import annotations

from datetime import datetime

from gongjian.alarms.engine.folding import Episode
from gongjian.alarms.engine.matching import Kept
from gongjian.alarms.models import Alarm
from gongjian.telemetry.moments import from_seconds


def cause_of(station: str, factor: str, rule: str) -> str:
    """Outlet, factor and rule as one word."""
    return f"{station}:{factor}:{rule}"


def kept_of(alarm: Alarm) -> Kept:
    """An alarm as the engine knows it."""
    begin, since, last, peak_at = (_seconds(moment) for moment in (alarm.begin, alarm.since, alarm.last, alarm.peak_at or alarm.since))
    ended = _seconds(alarm.ended) if alarm.ended else None
    measure = alarm.measure if alarm.measure is not None else 0.0
    return Kept(alarm.pk, Episode(begin, since, last, alarm.bad, measure, peak_at, ended))


def written_onto(alarm: Alarm, episode: Episode) -> None:
    """Bring an alarm's moments and numbers to those of an episode."""
    alarm.begin, alarm.since, alarm.last = (from_seconds(moment) for moment in (episode.begin, episode.since, episode.last))
    alarm.ended = None if episode.ended is None else from_seconds(episode.ended)
    alarm.bad, alarm.measure, alarm.peak_at = episode.bad, episode.peak, from_seconds(episode.peak_at)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
