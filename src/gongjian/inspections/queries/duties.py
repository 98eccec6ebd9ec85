"""Duties as facts: each turn with its tasks, and how many turns were done and missed by any past day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from gongjian.inspections.models import Duty, DutyTurn, Every, TaskOutcome
from gongjian.inspections.periods import Turn, turn_of
from gongjian.inspections.periods import turns as calendar_turns
from gongjian.trail.office_day import end_of

AT_ONCE = 30  # days asked of one statement: each is three columns


@dataclass(frozen=True, slots=True)
class TurnSeen:
    """One turn as it was known on a day. ``things`` are its tasks but for those taken back; ``opened`` is False where no task was made."""

    turn: Turn
    pk: int | None
    opened: bool
    things: int
    done: int
    overdue: int

    @property
    def expected(self) -> bool:
        """Whether anything was to be done: a turn opened for no things, or of which all were taken back, asks for nothing."""
        return not self.opened or self.things > 0

    @property
    def is_done(self) -> bool:
        """Whether every task of it was reported done."""
        return self.things > 0 and self.done == self.things

    def missed_on(self, day: date) -> bool:
        """Whether it was over and not done."""
        return self.expected and not self.is_done and self.turn.over_on(day)


@dataclass(frozen=True, slots=True)
class DutyStanding:
    """A duty's year on a day: turns begun, done, over without being done; the last day of the running one; turns of the whole year."""

    expected: int
    done: int
    missed: int
    next_due: date | None
    total: int | None


def duty_called(name: str, every: str) -> Duty | None:
    """The duty that plans call so, in force or the last that was; None where nobody entered one."""
    return Duty.objects.filter(called=name, every=every).order_by("until", "-since").last() if name else None


def turns(code: str, first: date, last: date, on: date) -> Sequence[TurnSeen]:
    """The turns of a duty that begin from ``first`` to ``last``, as known by the end of ``on``; three queries. None of an unknown code."""
    duty = Duty.objects.filter(code=code).first()
    return seen_turns([duty], first, last, [on])[duty.pk][on] if duty else []


def seen_turns(duties: Collection[Duty], first: date, last: date, days: Sequence[date]) -> dict[int, dict[date, list[TurnSeen]]]:
    """The turns of many duties on many days, by duty and day: two queries for every thirty days, however many tasks there are."""
    opened = list(DutyTurn.objects.filter(duty__in=duties, first__range=(first, last)).order_by("first", "id"))
    tallies = _tallies([turn.pk for turn in opened], days)
    mine: dict[int, list[DutyTurn]] = {duty.pk: [] for duty in duties}
    for turn in opened:
        mine[turn.duty_id].append(turn)
    return {duty.pk: {day: _seen(duty, mine[duty.pk], first, min(last, day), day, tallies) for day in days} for duty in duties}


def standings(wanted: Iterable[tuple[str, str]], days: Sequence[date]) -> Mapping[tuple[str, str], Mapping[date, DutyStanding]]:
    """The duties that plans call so (name and how often), each on each day, of the year of that day; what nobody entered is absent.

    A duty counts from the day it was entered: before, nobody had promised it here. Three queries for every thirty days of one year.
    """
    asked = set(wanted)
    found = Duty.objects.filter(called__in={name for name, _ in asked}).order_by("until", "-since")
    duties = {(duty.called, duty.every): duty for duty in found if (duty.called, duty.every) in asked}
    if not duties or not days:
        return {}
    told: dict[tuple[str, str], dict[date, DutyStanding]] = {name: {} for name in duties}
    for year in sorted({day.year for day in days}):
        its = [day for day in days if day.year == year]
        seen = seen_turns(list(duties.values()), date(year, 1, 1), date(year, 12, 31), its)
        for name, duty in duties.items():
            told[name] |= {
                day: _standing(duty, seen[duty.pk][day], day) for day in its if duty.entered_at < end_of(day) and duty.since <= day
            }
    return told


def _standing(duty: Duty, seen: Sequence[TurnSeen], day: date) -> DutyStanding:
    expected = [turn for turn in seen if turn.expected]
    waiting = [turn.turn.last for turn in expected if not turn.is_done and turn.turn.last >= day]
    return DutyStanding(
        expected=len(expected),
        done=sum(turn.is_done for turn in expected),
        missed=sum(turn.missed_on(day) for turn in expected),
        next_due=min(waiting, default=None),
        total=_total(duty, seen, day),
    )


def _total(duty: Duty, seen: Sequence[TurnSeen], day: date) -> int | None:
    """The turns of the whole year, those that asked for nothing left out; None of events, which nobody knows beforehand."""
    if duty.every == Every.EVENT:
        return None
    whole = list(calendar_turns(duty.every, duty.since, duty.until, date(day.year, 1, 1), date(day.year, 12, 31)))
    return len(whole) - sum(not turn.expected for turn in seen)


def _seen(
    duty: Duty, opened: Sequence[DutyTurn], first: date, last: date, day: date, tallies: Mapping[tuple[int, date], tuple[int, int, int]]
) -> list[TurnSeen]:
    """Turns of the calendar whether or not they were opened, events as they were entered by then."""
    known = [turn for turn in opened if turn.opened_at < end_of(day) and turn.first <= last]
    if duty.every == Every.EVENT:
        return [_told(Turn(turn.first, turn.last, turn.event), turn, day, tallies) for turn in known]
    rows = {turn.first: turn for turn in known}
    whole = calendar_turns(duty.every, duty.since, duty.until, first, last)
    return [_told(turn, rows.get(turn.first), day, tallies) for turn in whole]


def _told(turn: Turn, row: DutyTurn | None, day: date, tallies: Mapping[tuple[int, date], tuple[int, int, int]]) -> TurnSeen:
    things, done, overdue = tallies.get((row.pk, day), (0, 0, 0)) if row else (0, 0, 0)
    return TurnSeen(turn, row.pk if row else None, row is not None, things, done, overdue)


def _tallies(turns_: Sequence[int], days: Sequence[date]) -> dict[tuple[int, date], tuple[int, int, int]]:
    """Tasks, tasks done and tasks overdue of each turn by the end of each day."""
    found: dict[tuple[int, date], tuple[int, int, int]] = {}
    ordered = sorted(set(days))
    for start in range(0, len(ordered), AT_ONCE) if turns_ else ():
        some = ordered[start : start + AT_ONCE]
        columns: dict[str, Any] = {}
        for number, day in enumerate(some):
            then = Q(entered_at__lt=end_of(day)) & (Q(replaced_at=None) | Q(replaced_at__gte=end_of(day))) & Q(counted=True)
            columns |= {
                f"t{number}": Count("pk", filter=then),
                f"d{number}": Count("pk", filter=then & Q(done=True)),
                f"o{number}": Count("pk", filter=then & Q(done=False, on__lt=day)),
            }
        rows: Any = TaskOutcome.objects.filter(turn__in=turns_).order_by().values("turn").annotate(**columns)
        for row in rows:
            found |= _by_day(row, some)
    return found


def _by_day(row: dict[str, Any], days: Sequence[date]) -> dict[tuple[int, date], tuple[int, int, int]]:
    return {(row["turn"], day): (row[f"t{number}"], row[f"d{number}"], row[f"o{number}"]) for number, day in enumerate(days)}


def running_turn(duty: Duty, on: date) -> Turn | None:
    """The calendar turn a day lies in, where the duty has one."""
    if duty.every == Every.EVENT or on < duty.since or (duty.until is not None and on >= duty.until):
        return None
    return turn_of(duty.every, on)


def unopened(duty: Duty, on: date) -> list[Turn]:
    """The calendar turns that should have been opened by ``on`` and were not, the earliest first; one query."""
    reach = on + timedelta(duty.lead_days)
    begins = turn_of(duty.every, duty.since).first if duty.every != Every.EVENT else duty.since
    wanted = calendar_turns(duty.every, duty.since, duty.until, begins, reach)
    there = set(DutyTurn.objects.filter(duty=duty, event="").values_list("first", flat=True))
    return [turn for turn in wanted if turn.first not in there]
