"""Whether a month's report came in time, from its steps alone. Pure: days and states in, a day out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from gongjian.kernel.months import Month
from gongjian.plans.facts import ReportState, Standing

Due = tuple[int, Month]  # a measure's id and the month reported


@dataclass(frozen=True, slots=True)
class Taken:
    """One step of a report: the local day, the state after it, and what the report claimed."""

    on: date
    state: ReportState
    standing: Standing


@dataclass(frozen=True, slots=True)
class Handing:
    """How one month's report stood on a day: its state, since when it counts as handed in (None: it does not), its claim."""

    state: ReportState = ReportState.MISSING
    since: date | None = None
    standing: Standing | None = None

    @property
    def closes(self) -> bool:
        """Whether nothing more is owed after it: an accepted "done"."""
        return self.state is ReportState.ACCEPTED and self.standing is Standing.DONE


@dataclass(frozen=True, slots=True)
class Punctuality:
    """The reports one department owed: ``due`` is the other three together, each a measure's id and a month, in order of month."""

    due: tuple[Due, ...] = ()
    in_time: tuple[Due, ...] = ()
    late: tuple[Due, ...] = ()
    missing: tuple[Due, ...] = ()


@dataclass(slots=True)
class Tally:
    """Reports being sorted into a ``Punctuality``."""

    in_time: list[Due] = field(default_factory=list)
    late: list[Due] = field(default_factory=list)
    missing: list[Due] = field(default_factory=list)

    def add(self, which: Due, handing: Handing, due: date) -> None:
        """Sort in one report that was due on a day."""
        place = self.missing if handing.since is None else self.in_time if handing.since <= due else self.late
        place.append(which)

    def done(self) -> Punctuality:
        """What it comes to."""
        parts = [tuple(sorted(part, key=lambda which: (which[1], which[0]))) for part in (self.in_time, self.late, self.missing)]
        return Punctuality(tuple(sorted((which for part in parts for which in part), key=lambda which: (which[1], which[0]))), *parts)


def handing(steps: Iterable[Taken], due: date, on: date) -> Handing:
    """How a report stood at the end of ``on``, from its steps in order.

    What was handed in at the end of its due day stays in time, though it be returned, or taken back and handed in again afterwards; what
    was taken back before and handed in again later counts from then. What is taken back and not handed in again is not handed in.
    """
    found, at_due = Handing(), None
    for step in steps:
        if step.on > on:
            break
        since = None if step.state is ReportState.DRAFT else found.since or step.on
        found = Handing(step.state, since, step.standing)
        if step.on <= due:
            at_due = since
    return Handing(found.state, found.since and (at_due or found.since), found.standing)


def owed_months(due: Mapping[Month, date], handings: Mapping[Month, Handing]) -> tuple[Month, ...]:
    """The months a measure owes a report of: all but those left silent after an accepted "done" that nothing later takes back."""
    owed: list[Month] = []
    last: Handing | None = None
    for month in due:
        here = handings.get(month, Handing())
        if here.since is not None:
            last = here
        elif last is not None and last.closes:
            continue
        owed.append(month)
    return tuple(owed)
