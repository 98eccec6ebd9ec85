"""Nitrogen oxides of the trucks registered here, by the emission factors of the guide and the days each was in the ledger."""

from __future__ import annotations

from calendar import isleap
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Case, CharField, Count, F, Q, Value, When

from gongjian.indicators.formulas import Computed, Rows
from gongjian.indicators.grammar import Better, Indicator
from gongjian.indicators.periods import Period
from gongjian.mobile.indicators.knowing import known
from gongjian.mobile.indicators.words import GROUP
from gongjian.mobile.models import VehicleVersion
from gongjian.mobile.models.vocabulary import Body
from gongjian.standards.statistic import Statistic, judged
from gongjian.standards.vehicles.emissions import ANNUAL_KM, GUIDE_YEAR, Fleet, annual_nox_tonnes, nox_factor, without_factor
from gongjian.standards.vehicles.fuels import Fuel
from gongjian.standards.vehicles.masses import HEAVY_FROM_KG, MEDIUM_FROM_KG, MassClass
from gongjian.standards.vehicles.stages import EmissionStage

METHOD = f"《道路机动车大气污染物排放清单编制技术指南（试行）》（{GUIDE_YEAR}）系数×年均行驶里程×在册天数"
ENOUGH = 0.9  # of the trucks must have a factor
TRUCKS = (Body.TRUCK, Body.TRACTOR, Body.SPECIAL)
Stay = tuple[Fleet, date, date | None, int]  # trucks that count alike: from, until (None: still there), how many


def load(first: date, last: date, as_of: Sequence[date | None]) -> list[list[Stay]]:
    """The trucks that were in the ledger on any of the days, those that count alike together; one query."""
    held = VehicleVersion._default_manager.filter(  # noqa: SLF001 - made by versions_of, typed as any model
        Q(valid_to=None) | Q(valid_to__gt=first), valid_from__lte=last, body__in=TRUCKS, registered_here=True, stage__isnull=False
    )
    mass = Case(
        When(mass_kg__gte=HEAVY_FROM_KG, then=Value(MassClass.HEAVY.value)),
        When(mass_kg__gte=MEDIUM_FROM_KG, then=Value(MassClass.MEDIUM.value)),
        default=Value(MassClass.LIGHT.value),
        output_field=CharField(),
    )
    since = Case(When(valid_from__lte=first, then=Value(first)), default=F("valid_from"))
    found = known(held.annotate(mass=mass, since=since), as_of, "fuel", "mass", "stage", "since", "valid_to", count=Count("pk"))
    return [
        [(Fleet(Fuel(fuel), MassClass(mass), EmissionStage(stage)), since, until, count) for fuel, mass, stage, since, until, count in rows]
        for rows in found
    ]


def truck_days(stays: Sequence[Stay], first: date, last: date) -> Counter[Fleet]:
    """On how many days, added up, trucks of each fleet were in the ledger."""
    days: Counter[Fleet] = Counter()
    after = last + timedelta(1)
    for fleet, since, until, count in stays:
        if (held := (min(until or after, after) - max(since, first)).days) > 0:
            days[fleet] += held * count
    return days


def tonnes(days: Mapping[Fleet, int], year: int) -> float:
    """Tonnes from truck-days, those without a factor left out."""
    missing = without_factor(days)
    return annual_nox_tonnes({fleet: held for fleet, held in days.items() if fleet not in missing}) / (366 if isleap(year) else 365)


def compute(stays: Sequence[Stay], period: Period) -> Statistic:
    """Tonnes in the period; expected and present are truck-days, and those for which there is a factor."""
    days = truck_days(stays, period.first, period.last)
    expected, missing = days.total(), sum(without_factor(days).values())
    if not expected:
        return judged(None, "t", ("台账内没有本地登记的燃油货车，没有登记不等于没有排放",), (0, 0), METHOD)
    reasons = (f"{missing / expected:.0%}的货车没有排放系数，算出的排放量偏小",) if missing > (1 - ENOUGH) * expected else ()
    return judged(tonnes(days, period.last.year), "t", reasons, (expected, expected - missing), METHOD)


def evidence(first: date, last: date, as_of: date | None) -> Rows:
    """Each fleet with its truck-days, factor and tonnes."""
    (stays,) = load(first, last, [as_of])
    titles = ("燃料", "类型", "排放阶段", "在册车日", "年均行驶里程（km）", "系数（g/km）", "排放量（t）", "系数来源")
    days = truck_days(stays, first, last)
    return Rows(titles, [_told(fleet, held, last.year) for fleet, held in sorted(days.items())])


def _told(fleet: Fleet, held: int, year: int) -> tuple[object, ...]:
    factor = nox_factor(fleet)
    words = (fleet.fuel.word, fleet.mass.word, fleet.stage.word, held, ANNUAL_KM[fleet.mass])
    return (*words, *((factor.grams_per_km, tonnes({fleet: held}, year), factor.source) if factor else (None, None, "没有系数，未计入")))


NOX = Indicator(
    code="mobile.emission.nox",
    title="机动车氮氧化物排放量",
    unit="t",
    better=Better.DOWN,
    formula=Computed(compute, load, evidence=evidence, reads=("mobile.VehicleVersion",)),
    about="台账内本地登记货车按燃料、类型和排放阶段的排放系数、年均行驶里程和在册天数估算，用于年际比较，不是排放清单",
    open_rows=True,
    group=GROUP,
)
