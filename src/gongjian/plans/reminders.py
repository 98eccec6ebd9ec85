"""On which days who is reminded of what: a table of offsets, as data. Pure but for reading the table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from gongjian.kernel.refusal import Refusal
from gongjian.kernel.workdays import Calendar

FAR = 20  # working days an offset may be away


@dataclass(frozen=True, slots=True, order=True)
class Reminder:
    """One line of the table: so many working days from the due day, negative before it; ``heads`` are told as well as officers."""

    days: int
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Timetable:
    """The whole table, each list in order of days; ``catch_up`` in calendar days, ``contribution_days`` in working days."""

    report: tuple[Reminder, ...]
    contribution: tuple[Reminder, ...]
    catch_up: int
    contribution_days: int


def applicable(reminders: Sequence[Reminder], due: date, on: date, calendar: Calendar, catch_up: int) -> Reminder | None:
    """The one reminder that speaks on a day: the latest whose own day has come.

    So a night that was missed is made up for, several missed nights bring one reminder and not all of them, and after ``catch_up`` days
    it is too late even for that.
    """
    days = ((calendar.add_working_days(due, one.days), one) for one in reminders)
    come = [(day, one) for day, one in days if day <= on]
    if not come:
        return None
    day, found = max(come)
    return found if on - day <= timedelta(catch_up) else None


def timetable() -> Timetable:
    """The installation's table, read once."""
    own: str = settings.GONGJIAN_REPORTING
    return _read(own or str(Path(__file__).with_name("data") / "reporting.toml"))


@lru_cache(maxsize=4)
def _read(path: str) -> Timetable:
    try:
        return read_timetable(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        msg = f"读不到催报时间表“{path}”，请检查 GONGJIAN_REPORTING。"
        raise Refusal(msg) from error


def read_timetable(text: str) -> Timetable:
    """A table out of its TOML; Refusal for one that says something else than whole numbers within reach."""
    try:
        data = tomllib.loads(text)
        found = Timetable(
            _reminders(data["report"]), _reminders(data["contribution"]), _whole(data["catch_up"], 1), _whole(data["contribution_days"], 0)
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        msg = f"催报时间表有误（{error}），请对照 plans/data/reporting.toml 改正。"
        raise Refusal(msg) from error
    return found


def _reminders(rows: Iterable[dict[str, Any]]) -> tuple[Reminder, ...]:
    found = sorted(Reminder(_whole(row["days"], -FAR), bool(row.get("heads", False))) for row in rows)
    if len({one.days for one in found}) < len(found):
        msg = "one day twice"
        raise ValueError(msg)
    return tuple(found)


def _whole(value: object, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= FAR * 3:
        msg = f"{value!r}"
        raise ValueError(msg)
    return value
