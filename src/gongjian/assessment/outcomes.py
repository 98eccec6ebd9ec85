"""How the facts of each kind of item come out: pure rules from a light, a report, a case or an order to an outcome and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from gongjian.assessment.scoring import Outcome
from gongjian.plans.lights import Light

OF_LIGHT: Mapping[Light, Outcome] = MappingProxyType(
    {
        Light.BLUE: Outcome.KEPT,
        Light.GREEN: Outcome.KEPT,  # on course is not broken
        Light.AMBER: Outcome.PARTLY,
        Light.RED: Outcome.BROKEN,
        Light.GREY: Outcome.UNJUDGED,  # without data nobody is praised or blamed
    }
)


def of_report(due: date, handed_in: datetime | None, handed_on: date | None) -> tuple[Outcome, str]:
    """A monthly report: kept when handed in by the end of its due day, partly when later, broken while it is missing."""
    named = f"应于{_day(due)}前报送"
    if handed_in is None or handed_on is None:
        return Outcome.BROKEN, f"{named}，未报送"
    told = f"{named}，{_day(handed_on)}{handed_in:%H:%M}报送"
    late = (handed_on - due).days
    return (Outcome.PARTLY, f"{told}，迟{late}天") if late > 0 else (Outcome.KEPT, f"{told}，按时")


def of_case(closed_on: date | None, *, late: bool, due_on: date | None) -> tuple[Outcome, str]:
    """A case the department dealt with: kept when closed with its own steps in time, partly when closed late, broken while overdue."""
    if closed_on is None:
        return Outcome.BROKEN, f"办理时限{_day(due_on)}，超时未办结" if due_on else "超时未办结"
    return (Outcome.PARTLY, f"{_day(closed_on)}结案，办理有环节超时") if late else (Outcome.KEPT, f"{_day(closed_on)}结案，办理各环节按时")


def of_lasting(*, reopened_on: date | None, closed_on: date | None) -> tuple[Outcome, str]:
    """A closed case: broken when it had to be opened again in the term."""
    if reopened_on:
        return Outcome.BROKEN, f"{_day(reopened_on)}回头看重开"
    return Outcome.KEPT, f"{_day(closed_on)}结案，未重开" if closed_on else "结案后未重开"


def of_order(*, red: bool, in_time: bool, cleared: bool, overdue: bool) -> tuple[Outcome, str]:
    """A supervision order: kept when answered and cleared in time, whatever its colour; partly when late; broken when overdue.

    Late and red together is broken as well. An open one within its time is not judged.
    """
    colour = "红色督办，" if red else ""
    if cleared and in_time:
        return Outcome.KEPT, f"{colour}按期答复并销号"
    if cleared:
        return (Outcome.BROKEN if red else Outcome.PARTLY), f"{colour}逾期答复后销号"
    if overdue:
        return Outcome.BROKEN, f"{colour}逾期未答复或答复逾期，尚未销号"
    return Outcome.UNJUDGED, f"{colour}期限未到或答复待审"


def _day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""
