"""What is known of a promise on a given day, as the rules of light take it. Whoever asks collects the facts as they stood on that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongjian.kernel.months import Month


class ReportState(StrEnum):
    """Where the progress report of a month stands."""

    MISSING = "missing"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Standing(StrEnum):
    """How the lead department itself judges its measure in a report."""

    ON_COURSE = "on_course"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of an indicator, in the unit of the commitment.

    ``period`` is what it covers, in words; an invalid one (``valid`` False) says in ``reason`` what it lacks. ``cumulative`` is a count
    that only grows through the year. ``past`` is the value of ``past_period`` it is compared with. ``better`` is up or down where the
    indicator says which way is good, else "". ``caveat`` is what must be said beside a value that lights up although a standard withholds
    validity.
    """

    value: float | None
    period: str = ""
    valid: bool = True
    reason: str = ""
    cumulative: bool = False
    past: float | None = None
    past_period: str = "上年同期"
    better: str = ""
    caveat: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneFact:
    """When a milestone was reached and by when it should be."""

    done_on: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class DutyFact:
    """A recurring duty: turns ``expected`` so far (the running one included), ``done``, and ``overdue`` (closed without being done).

    ``next_due`` is the last day of the running turn, ``total`` the turns of the whole year where that is known, ``reading`` the value of
    the commitment's indicator if it has one.
    """

    expected: int
    done: int
    overdue: int = 0
    next_due: date | None = None
    total: int | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class LoopFact:
    """Cases of one kind: still open, of these past their time, and closed."""

    open: int
    overdue: int
    closed: int


@dataclass(frozen=True, slots=True)
class RegisterFact:
    """A ledger: its entries, the share (0 to 1) of them that are complete, its last update, and how many days one may rest."""

    entries: int
    complete_share: float
    updated_on: date | None
    period_days: int = 92


@dataclass(frozen=True, slots=True)
class ReportFact:
    """The progress report of one month as it stood on the day asked about.

    ``due_on`` is the day it is due, ``standing`` what it claims (None while nothing was submitted). A returned one carries
    ``returned_on``, ``returned_why`` and ``resubmit_by``, the last day on which a new version is in time.
    """

    month: Month
    due_on: date
    state: ReportState = ReportState.MISSING
    standing: Standing | None = None
    returned_on: date | None = None
    returned_why: str = ""
    resubmit_by: date | None = None


Fact = Reading | MilestoneFact | DutyFact | LoopFact | RegisterFact | ReportFact
