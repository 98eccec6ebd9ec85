"""The demonstration's mobile sources: how far back they go, and the derived registers as they would have been worked out month by month."""

from __future__ import annotations

from datetime import date, timedelta

from gongjian.kernel.months import Month
from gongjian.ledgers.actions.registers import refresh
from gongjian.ledgers.registers import derived_registers
from gongjian.mobile.actions import score_vehicles
from gongjian.mobile.demonstration.make import Say, make_district
from gongjian.project.demonstration.remote import make_remote
from gongjian.trail.office_day import start_of

SEED = 28  # the number of the document
SMALLEST = 1


def make_mobile(until: date, *, say: Say, scale: int = SMALLEST, seed: int = SEED) -> dict[str, int]:
    """Make the mobile sources to the end of a day, with the year before, so that trends have something to be held against."""
    since = date(until.year - 1, 1, 1)
    rows = make_district(since, until, scale=scale, seed=seed, say=say)
    for month in Month.of(since).shifted(1).through(Month.of(until)):
        _work_out(min(month.last, until))
    make_remote(until)
    score_vehicles(until + timedelta(1), at=start_of(until))
    return rows


def _work_out(on: date) -> None:
    """In the first hour of the day: a later event would hold the demonstration's clock back until then."""
    for register in derived_registers():
        refresh(register, on, at=start_of(on) + timedelta(minutes=30))
