"""What the made-up devices say: the same for the same seed and hour, whenever it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from gongjian.alarms.demonstration.outlets import OUTLETS, MadeFactor, MadeOutlet
from gongjian.telemetry.store import Claim, Period, SeriesKey

SEED = 28  # the number of the document
HOUR = timedelta(hours=1)
# Days before the demonstration's, first and last hour (ends of hours, both told), and the values of these hours as shares of the limit
EXCEEDING = {
    ("DEMO-DA001", "a21002"): ((4, 3, (1.4, 1.9, 1.3)), (1, 20, (1.35, 1.6))),
    ("DEMO-DA002", "a21002"): ((2, 7, (2.1, 1.7, 1.2)),),
    ("DEMO-YC001", "a34001"): ((1, 14, (1.2, 1.5)),),
}
FLAT = ("DEMO-DW001", "w01018", 3, 0, 38)  # days before, first hour, how many hours
SILENT = ("DEMO-YC002", 1, 15)  # from this hour of this day before on


def hours_between(after: datetime, until: datetime, day: datetime) -> dict[SeriesKey, list[Claim]]:
    """The values of the hours that end after one moment and up to another; ``day`` is the midnight the demonstration's day begins with."""
    found: dict[SeriesKey, list[Claim]] = {}
    for outlet in OUTLETS:
        for factor in outlet.factors:
            claims = list(_claims(outlet, factor, after, until, day))
            if claims:
                found[SeriesKey(outlet.code, factor.code, Period.HOUR)] = claims
    return found


def _claims(outlet: MadeOutlet, factor: MadeFactor, after: datetime, until: datetime, day: datetime) -> Iterator[Claim]:
    label = after.replace(minute=0, second=0, microsecond=0) + HOUR
    while label <= until:
        if not (outlet.code == SILENT[0] and label > _at(day, SILENT[1], SILENT[2])):
            yield Claim(label, _value(outlet, factor, label, day), label)
        label += HOUR


def _value(outlet: MadeOutlet, factor: MadeFactor, label: datetime, day: datetime) -> float:
    for back, first, shares in EXCEEDING.get((outlet.code, factor.code), ()):
        place = (label - _at(day, back, first)) // HOUR
        if 0 <= place < len(shares):
            return round(shares[place] * factor.upper, factor.digits)
    if (outlet.code, factor.code) == FLAT[:2] and 0 <= (label - _at(day, FLAT[2], FLAT[3])) // HOUR < FLAT[4]:
        return round(factor.middle * 0.9, factor.digits)
    luck = Random(f"{SEED}:{outlet.code}:{factor.code}:{int(label.timestamp())}")  # noqa: S311 - a story, not a secret # nosec B311
    shift = max(-2.5, min(2.5, luck.gauss(0, 1)))
    return round(factor.middle + factor.scatter * shift, factor.digits)


def _at(day: datetime, back: int, hour: int) -> datetime:
    return day - timedelta(days=back) + timedelta(hours=hour)
