"""The work on vehicles that report by themselves, as the timetable does it."""

from __future__ import annotations

from datetime import datetime

from gongjian.mobile.actions.remote_days import Summarised, mark_days, summarise_days
from gongjian.mobile.actions.remote_links import note_silences, state_terminals, week_ends
from gongjian.trail.clock import local_day


def watch_vehicles(*, at: datetime) -> Summarised:
    """Work out what days are over and new, state the weeks that are over, note who fell silent. Harmless when done again."""
    mark_days()
    done = summarise_days(at=at)
    for sunday in week_ends(done.days, local_day(at)):
        state_terminals(sunday, at=at)
    note_silences(at=at)
    return done
