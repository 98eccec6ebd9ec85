"""Tomorrow's list: whom to check first and why, and a few picked at random so that there is always something to learn from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.db.models import Avg, Count, Max, Q, QuerySet, Sum

from gongjian.ledgers.models import Enterprise
from gongjian.mobile.models import PrecisionRun, PremisesCheck, RoadCheck, VehicleScore
from gongjian.mobile.precision.scoring import in_words

LENGTH = 50
RANDOM_SHARE = 0.1  # of the list: without them the score would only ever hear of those it chose
RECENT = timedelta(14)  # whoever was checked so lately can wait
LEAST_VEHICLES = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """One vehicle of the list."""

    score: VehicleScore
    times: float  # the chance in times the common one
    words: str
    at_random: bool
    last_check: date | None


@dataclass(frozen=True, slots=True)
class Company:
    """One company: how many finds are to be expected if all its vehicles were checked, and how that compares."""

    enterprise: Enterprise
    vehicles: int
    expected: float
    mean: float
    times: float


def latest_run(on: date) -> PrecisionRun | None:
    """The last run for a day or before."""
    return PrecisionRun.objects.filter(on__lte=on).first()


def tomorrow(run: PrecisionRun, *, street: str = "", length: int = LENGTH) -> list[Listed]:
    """The list for the day of a run: the highest scores that were not checked lately, then some at random by the day's own seed."""
    last = _last_checks(run.on)
    recent = {vehicle for vehicle, day in last.items() if day > run.on - RECENT}
    found = _scored(street).exclude(vehicle__in=recent)
    at_random = round(length * RANDOM_SHARE)
    first = list(found[: length - at_random])
    drawn = _drawn(found, run.on, {score.pk for score in first}, at_random)
    both = [(score, False) for score in first] + [(score, True) for score in drawn]
    return [Listed(score, score.chance / run.rate, in_words(score.reasons), luck, last.get(score.vehicle_id)) for score, luck in both]


def companies(run: PrecisionRun, *, street: str = "", length: int = LENGTH) -> list[Company]:
    """The companies whose vehicles are likeliest to be found wanting: by the mean chance of their vehicles."""
    grouped = _scored(street).order_by().filter(vehicle__enterprise__isnull=False).values("vehicle__enterprise")
    counted = grouped.annotate(n=Count("pk"), expected=Sum("chance"), mean=Avg("chance")).filter(n__gte=LEAST_VEHICLES)
    rows = list(counted.order_by("-mean", "vehicle__enterprise")[:length])
    firms = Enterprise.objects.in_bulk([row["vehicle__enterprise"] for row in rows])
    return [Company(firms[row["vehicle__enterprise"]], row["n"], row["expected"], row["mean"], row["mean"] / run.rate) for row in rows]


def streets() -> list[str]:
    """Where companies with scored vehicles are."""
    found = VehicleScore.objects.order_by().values_list("vehicle__enterprise__street", flat=True).distinct()
    return sorted(filter(None, found))


def _scored(street: str) -> QuerySet[VehicleScore]:
    found = VehicleScore.objects.select_related("vehicle__enterprise").filter(vehicle__valid_to=None)
    return found.filter(vehicle__enterprise__street=street) if street else found


def _last_checks(on: date) -> dict[int, date]:
    found: dict[int, date] = {}
    for model in (RoadCheck, PremisesCheck):
        rows = (
            model.objects.filter(Q(replaced_at=None), entry__isnull=False, on__lt=on, on__gte=on - timedelta(400))
            .order_by()
            .values("entry")
        )
        for row in rows.annotate(last=Max("on")):
            found[row["entry"]] = max(row["last"], found.get(row["entry"], row["last"]))
    return found


def _drawn(found: QuerySet[VehicleScore], on: date, taken: Collection[int], count: int) -> list[VehicleScore]:
    """Some of the others, the same for everybody who looks that day."""
    others = [pk for pk in found.order_by("vehicle_id").values_list("pk", flat=True) if pk not in taken]
    chosen = Random(f"precision:{on}").sample(others, min(count, len(others)))  # noqa: S311 - a draw anybody may repeat # nosec B311
    return list(found.filter(pk__in=chosen))
