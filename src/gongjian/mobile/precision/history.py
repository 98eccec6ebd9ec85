"""What was seen of the vehicles in the ledger: every look at each, and what the ledger knows of it. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from gongjian.mobile.models import DataVerification, PeriodicTest, PremisesCheck, RemoteSign, RoadCheck, Sampling, TerminalStatus, Vehicle
from gongjian.mobile.models.vocabulary import Use
from gongjian.mobile.precision.learning import Checked, Traits
from gongjian.mobile.precision.remote import RECENT, SILENT, STATED, Watch, sign_trait
from gongjian.mobile.precision.traits import FEW, YEAR, Known, Past, traits_of
from gongjian.mobile.remote_limits import limits_on
from gongjian.standards.vehicles.masses import HEAVY_FROM_KG
from gongjian.trail.clock import local_day

USES: dict[str, str] = {value: str(word) for value, word in Use.choices}
RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a vehicle: a check (``chosen`` says why it was picked) or a measurement."""

    vehicle: int
    on: date
    found: bool
    chosen: str
    check: bool


@dataclass(slots=True)
class History:
    """Everything seen of the vehicles of the ledger up to a day."""

    known: Mapping[int, Known]
    company: Mapping[int, int]
    looks: Sequence[Look]
    finds: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))
    clean: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))
    tested: dict[int, list[date]] = field(default_factory=dict)
    verified: dict[int, list[date]] = field(default_factory=dict)
    watches: Mapping[int, Sequence[Watch]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the looks vehicle by vehicle, in order of day."""
        for look in sorted(self.looks, key=lambda one: (one.on, one.vehicle)):
            (self.finds if look.found else self.clean)[look.vehicle].append(look.on)

    def traits(self, vehicle: int, on: date, rates: CompanyRates) -> Traits:
        """The traits of a vehicle on the morning of a day."""
        finds, clean, tested, verified = (days.get(vehicle, ()) for days in (self.finds, self.clean, self.tested, self.verified))
        past = Past(finds, clean, tested, verified, rates.times(vehicle), self.watches.get(vehicle, ()))
        return traits_of(self.known[vehicle], past, on, USES)

    def checks(self, first: date, last: date, *, only: str = "") -> Iterator[tuple[Look, Checked]]:
        """The checks from ``first`` to ``last`` with the traits their vehicles had before them; ``only`` those chosen so.

        What a company's other vehicles came to is taken month by month, so that a check never knows what came after it.
        """
        rates, month = CompanyRates(self, first), (first.year, first.month)
        for look in sorted(self.looks, key=lambda one: (one.on, one.vehicle)):
            if not look.check or not first <= look.on <= last or (only and look.chosen != only):
                continue
            if (look.on.year, look.on.month) != month:
                rates, month = CompanyRates(self, look.on.replace(day=1)), (look.on.year, look.on.month)
            yield look, Checked(self.traits(look.vehicle, look.on, rates), look.found)


class CompanyRates:
    """How the vehicles of each company fared in the year before a day; of one vehicle, its company's others."""

    def __init__(self, history: History, on: date) -> None:
        self._company = history.company
        self._vehicle: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        self._sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        total = [0, 0]
        for look in history.looks:
            if on - YEAR <= look.on < on:
                for counts in (self._vehicle[look.vehicle], self._sums[history.company.get(look.vehicle, 0)], total):
                    counts[0] += 1
                    counts[1] += look.found
        self._common = total[1] / total[0] if total[0] else 0.0

    def times(self, vehicle: int) -> float | None:
        """The rate of finds of its company's other vehicles in times the common one; None where there is too little to say."""
        company = self._company.get(vehicle)
        if company is None or not self._common:
            return None
        looks, finds = (self._sums[company][which] - self._vehicle[vehicle][which] for which in (0, 1))
        return (finds / looks) / self._common if looks >= FEW else None


def history_until(last: date, days: int = 900) -> History:
    """Everything seen within ``days`` up to a day, of the vehicles in the ledger now."""
    first = last - timedelta(days)
    vehicles = Vehicle.objects.values_list("pk", "fuel", "stage", "mass_kg", "registered_here", "use", "registered_on", "enterprise_id")
    known, company = {}, {}
    for pk, fuel, stage, mass, here, use, registered, enterprise in vehicles.iterator():
        known[pk] = Known(fuel, stage, mass >= HEAVY_FROM_KG, here, use, registered)
        if enterprise is not None:
            company[pk] = enterprise
    looks = [look for look in _looks(first, last) if look.vehicle in known]
    tested, verified = _days(PeriodicTest, first, last), _days(DataVerification, first, last)
    return History(known, company, looks, tested=tested, verified=verified, watches=_watches(first, last))


def _watches(first: date, last: date) -> Mapping[int, list[Watch]]:
    """What remote data said of each vehicle, and since and until when that was known: every version, two queries."""
    found: dict[int, list[Watch]] = defaultdict(list)
    signs = RemoteSign.objects.filter(on__range=(first, last), entry__isnull=False)
    for entry, sign, on, entered, replaced in signs.values_list("entry", "sign", "on", "entered_at", "replaced_at"):
        if trait := sign_trait(sign):
            found[entry].append(Watch(trait, on, *_known(entered, replaced), RECENT))
    silent = timedelta(limits_on(last).silent_days)
    states = TerminalStatus.objects.filter(on__range=(first, last), online=False)
    for entry, seen, on, entered, replaced in states.values_list("entry__vehicle", "last_seen_on", "on", "entered_at", "replaced_at"):
        if seen is None or on - seen >= silent:
            found[entry].append(Watch(SILENT, on, *_known(entered, replaced), STATED))
    return found


def _known(entered: datetime, replaced: datetime | None) -> tuple[date, date | None]:
    return local_day(entered), None if replaced is None else local_day(replaced)


def _days(model: type[PeriodicTest | DataVerification], first: date, last: date) -> dict[int, list[date]]:
    """The days of each vehicle's tests, or looks through their data, ascending."""
    found: dict[int, list[date]] = defaultdict(list)
    rows = model._default_manager.filter(on__range=(first, last), replaced_at=None, entry__isnull=False).order_by("on")  # noqa: SLF001 - Django's public name
    for entry, on in rows.values_list("entry", "on"):
        found[entry].append(on)
    return found


def _looks(first: date, last: date) -> Iterator[Look]:
    span = {"on__range": (first, last), "replaced_at": None, "entry__isnull": False}
    for model in (RoadCheck, PremisesCheck):
        for entry, on, passed, problem, chosen in model.objects.filter(**span).values_list("entry", "on", "passed", "problem", "chosen"):
            yield Look(entry, on, passed is False or problem != "none", chosen, check=True)
    for entry, on, passed in Sampling.objects.filter(**span).values_list("entry", "on", "passed"):
        yield Look(entry, on, not passed, "", check=False)
    tests = PeriodicTest.objects.filter(**span, turn=PeriodicTest.Turn.FIRST)
    for entry, on, passed in tests.values_list("entry", "on", "passed"):
        yield Look(entry, on, not passed, "", check=False)
