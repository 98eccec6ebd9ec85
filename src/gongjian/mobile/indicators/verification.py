"""The share of the vehicles of three groups whose test data were verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from gongjian.indicators.formulas import Computed, Rows
from gongjian.indicators.grammar import Better, Indicator
from gongjian.indicators.periods import Period
from gongjian.mobile.indicators.knowing import known
from gongjian.mobile.indicators.words import FAILED, GROUP, share
from gongjian.mobile.matching.verification import OLD_YEARS, Duty, Inspected, Seen, duties
from gongjian.mobile.models import DataVerification, PeriodicTest, PremisesCheck, RoadCheck, Sampling
from gongjian.standards.statistic import Statistic
from gongjian.standards.vehicles.fuels import Fuel

METHOD = "初检或抽测超标、外地登记、五年以上柴油车的检验数据核查"
WATCHED = (RoadCheck, PremisesCheck, Sampling)


@dataclass(frozen=True, slots=True)
class Data:
    """What a figure rests on."""

    tests: list[Inspected]
    over_limit: list[Seen]
    verified: list[Seen]

    def duties(self, first: date, last: date) -> list[Duty]:
        """The vehicles of the groups between two days."""
        return duties(self.tests, self.over_limit, self.verified, first, last)


def load(first: date, last: date, as_of: Sequence[date | None]) -> list[Data]:
    """Tests that may put a vehicle in a group, findings over the limit, verifications; five queries."""
    within = Q(on__range=(first, last))
    found = [known(model.objects.filter(within, FAILED), as_of, "label", "on") for model in WATCHED]
    verified = known(DataVerification.objects.filter(within), as_of, "label", "on")
    tests = known(PeriodicTest.objects.filter(within, _maybe(first, last)), as_of, *_FIELDS)
    return [
        Data(list(map(_tested, tested)), [Seen(*row) for rows in over for row in rows], [Seen(*row) for row in seen])
        for tested, seen, *over in zip(tests, verified, *found, strict=True)
    ]


_FIELDS = ("label", "on", "turn", "passed", "registered_here", "fuel", "registered_on")


def _tested(row: tuple[Any, ...]) -> Inspected:
    plate, on, turn, passed, here, fuel, registered_on = row
    return Inspected(plate, on, turn == PeriodicTest.Turn.FIRST and not passed, here, fuel == Fuel.DIESEL, registered_on)


def _maybe(first: date, last: date) -> Q:
    """Tests that put a vehicle in a group, or may: the exact rules are the pure function's."""
    old = last - timedelta(OLD_YEARS * 365)  # no later than five years before, whatever leap days lie between
    found = Q(turn=PeriodicTest.Turn.FIRST, passed=False) | Q(registered_here=False) | Q(fuel=Fuel.DIESEL, registered_on__lte=old)
    for model in WATCHED:
        found |= Q(label__in=model.objects.filter(FAILED, on__range=(first, last)).values("label"))
    return found


def compute(data: Data, period: Period) -> Statistic:
    """The share of the vehicles of the groups that were verified."""
    found = data.duties(period.first, period.last)
    return share(sum(duty.verified_on is not None for duty in found), len(found), "期内没有应核查的检验车辆", METHOD)


def evidence(first: date, last: date, as_of: date | None) -> Rows:
    """Each vehicle of the groups, why it is in them, and whether it was verified."""
    (data,) = load(first, last, [as_of])
    titles = ("号牌号码", "应核查的原因", "检验日期", "核查日期", "计入已核查", "依据")
    return Rows(titles, [_told(duty) for duty in data.duties(first, last)])


def _told(duty: Duty) -> tuple[object, ...]:
    words = "、".join(group.word for group in duty.groups)
    return (duty.plate, words, duty.tested_on, duty.verified_on, "是" if duty.verified_on else "否", duty.why)


VERIFIED = Indicator(
    code="mobile.test_data.verified_rate",
    title="排放检验数据核查率",
    unit="%",
    better=Better.UP,
    formula=Computed(
        compute,
        load,
        evidence=evidence,
        reads=("mobile.PeriodicTest", "mobile.DataVerification", "mobile.RoadCheck", "mobile.PremisesCheck", "mobile.Sampling"),
    ),
    about=f"期内有检验的初检或抽测超标车、外地登记车、{OLD_YEARS}年以上柴油车中，检验后数据经过核查的车辆所占比例，每辆车只计一次",
    group=GROUP,
)
