"""What is known of a vehicle before somebody looks at it, as traits that are there or not, each already said in words. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongjian.mobile.precision.learning import Traits
from gongjian.mobile.precision.remote import Watch, remote_traits
from gongjian.standards.vehicles.fuels import Fuel
from gongjian.standards.vehicles.stages import EmissionStage

YEAR = timedelta(365)
OLD, WORN = 5, 10  # years
OFTEN = 2  # finds within a year
VERIFIED_WITHIN = timedelta(90)  # after a test its data should have been looked through
STAGES = {stage: f"排放阶段{stage.word}" for stage in EmissionStage}
BAD_COMPANY = 1.5  # times the common rate of its other vehicles
FEW = 20  # looks at its vehicles before anything is said of a company


@dataclass(frozen=True, slots=True)
class Known:
    """A vehicle as its ledger knows it."""

    fuel: str
    stage: int | None
    heavy: bool
    here: bool
    use: str
    registered_on: date | None


@dataclass(frozen=True, slots=True)
class Past:
    """What was seen of a vehicle, each as days ascending: finds, clean looks, periodic tests, looks through its test data.

    ``company_times`` is how its company's other vehicles fared: their rate of finds in times the common one, None while they were looked
    at too seldom; ``watches`` what remote data said.
    """

    finds: Sequence[date] = ()
    clean: Sequence[date] = ()
    tested: Sequence[date] = ()
    verified: Sequence[date] = ()
    company_times: float | None = None
    watches: Sequence[Watch] = ()


def traits_of(known: Known, past: Past, on: date, uses: dict[str, str]) -> Traits:
    """The traits of a vehicle on the morning of a day; ``uses`` says what it does in words."""
    found = {STAGES[EmissionStage(known.stage)] if known.stage is not None else "无尾气排放"}
    if known.fuel == Fuel.DIESEL:
        found.add("重型柴油车" if known.heavy else "轻中型柴油车")
    if not known.here:
        found.add("外地登记")
    if known.use in uses:
        found.add(f"用途为{uses[known.use]}")
    found |= _age(known, on) | _record(past, on)
    if _unverified(past, on):
        found.add("检验数据逾期未核查")
    if past.company_times is not None and past.company_times >= BAD_COMPANY:
        found.add("所属单位其他车辆查实率高")
    return frozenset(found | remote_traits(past.watches, on))


def _age(known: Known, on: date) -> set[str]:
    if known.registered_on is None:
        return {"初次登记日期不详"}
    years = (on - known.registered_on) / YEAR
    return {"车龄10年以上"} if years >= WORN else {"车龄5至10年"} if years >= OLD else set()


def _record(past: Past, on: date) -> set[str]:
    finds = _within(past.finds, on)
    if finds >= OFTEN:
        return {"近一年两次以上查实"}
    if finds:
        return {"近一年查实一次"}
    return set() if _within(past.clean, on) else {"近一年没有检查检测记录"}


def _unverified(past: Past, on: date) -> bool:
    """Whether nobody looked through the data of its last test of the year before, and the time to do so was over."""
    last = bisect_left(past.tested, on - VERIFIED_WITHIN) - 1
    if last < 0 or past.tested[last] < on - YEAR:
        return False
    return bisect_left(past.verified, on) == bisect_left(past.verified, past.tested[last])


def _within(days: Sequence[date], on: date) -> int:
    """How many of the days lie within the year before a day."""
    return bisect_left(days, on) - bisect_left(days, on - YEAR)
