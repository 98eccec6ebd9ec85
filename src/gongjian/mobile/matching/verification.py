"""Which vehicles' test data must be verified, and which were: the three groups of the plan. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

OLD_YEARS = 5


class Group(StrEnum):
    """Why a vehicle's test data must be verified."""

    OVER_LIMIT = "over-limit"
    ELSEWHERE = "elsewhere"
    OLD_DIESEL = "old-diesel"

    @property
    def word(self) -> str:
        """What the plan calls it."""
        return {"over-limit": "初检或抽测超标", "elsewhere": "外地登记", "old-diesel": f"{OLD_YEARS}年以上柴油车"}[self.value]


class Inspected(NamedTuple):
    """A periodic test as far as the groups are concerned."""

    plate: str
    on: date
    failed_first: bool
    registered_here: bool
    diesel: bool
    registered_on: date | None


class Seen(NamedTuple):
    """A day on which a vehicle was found over the limit, or its test data verified."""

    plate: str
    on: date


@dataclass(frozen=True, slots=True)
class Duty:
    """A vehicle of the groups: since which test its data are to be verified, and when they first were (None: not yet)."""

    plate: str
    groups: tuple[Group, ...]
    tested_on: date
    verified_on: date | None

    @property
    def why(self) -> str:
        """Why it counts or not."""
        return f"{self.verified_on:%Y-%m-%d}已核查" if self.verified_on else "检验后没有核查"


def older_than(registered_on: date | None, on: date, years: int = OLD_YEARS) -> bool:
    """Whether a vehicle first registered on a day has reached ``years`` on another; unknown is not old."""
    if registered_on is None:
        return False
    return (on.year - registered_on.year) - ((on.month, on.day) < (registered_on.month, registered_on.day)) >= years


def duties(tests: Iterable[Inspected], over_limit: Iterable[Seen], verified: Iterable[Seen], first: date, last: date) -> list[Duty]:
    """Every vehicle of the groups with a test between two days, by plate; only what lies between them counts, in whatever order.

    A verification counts from the first test that puts the vehicle in a group: nobody verifies data that are not there yet.
    """
    of_vehicle: dict[str, list[Inspected]] = defaultdict(list)
    for test in tests:
        if first <= test.on <= last:
            of_vehicle[test.plate].append(test)
    exceeding = {seen.plate for seen in over_limit if first <= seen.on <= last}
    days: dict[str, list[date]] = defaultdict(list)
    for seen in verified:
        if first <= seen.on <= last:
            days[seen.plate].append(seen.on)
    found = (_duty(plate, own, plate in exceeding, days.get(plate, [])) for plate, own in sorted(of_vehicle.items()))
    return [duty for duty in found if duty]


def _duty(plate: str, tests: list[Inspected], exceeding: bool, verified: list[date]) -> Duty | None:  # noqa: FBT001 - a fact of the vehicle
    by_test = {test: _groups(test, exceeding=exceeding) for test in tests}
    groups = tuple(group for group in Group if any(group in of_test for of_test in by_test.values()))
    if not groups:
        return None
    since = min(test.on for test, of_test in by_test.items() if of_test)
    return Duty(plate, groups, since, min((day for day in verified if day >= since), default=None))


def _groups(test: Inspected, *, exceeding: bool) -> set[Group]:
    facts = {
        Group.OVER_LIMIT: exceeding or test.failed_first,
        Group.ELSEWHERE: not test.registered_here,
        Group.OLD_DIESEL: test.diesel and older_than(test.registered_on, test.on),
    }
    return {group for group, holds in facts.items() if holds}
