"""Which vehicles' test data must be verified, and which were: the three groups of the plan. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import compress
from operator import or_
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
    exceeding = {plate for plate, on in over_limit if first <= on <= last}
    since: dict[str, date] = {}
    groups: dict[str, tuple[bool, ...]] = {}
    for test in tests:
        if first <= test.on <= last and any(own := _groups(test, exceeding=test.plate in exceeding)):
            since[test.plate] = min(test.on, since.get(test.plate, test.on))
            groups[test.plate] = tuple(map(or_, own, groups.get(test.plate, own)))
    days: dict[str, date] = {}
    for plate, on in verified:
        if plate in since and since[plate] <= on <= last:
            days[plate] = min(on, days.get(plate, on))
    return [Duty(plate, tuple(compress(Group, groups[plate])), since[plate], days.get(plate)) for plate in sorted(since)]


def _groups(test: Inspected, *, exceeding: bool) -> tuple[bool, ...]:
    """Whether a test puts its vehicle in each of the groups, in their order."""
    return (exceeding or test.failed_first, not test.registered_here, test.diesel and older_than(test.registered_on, test.on))
