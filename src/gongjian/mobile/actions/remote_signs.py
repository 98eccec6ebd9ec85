"""Signs as records: noted, corrected where late data say otherwise, struck where they no longer hold. What a person said of one stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from gongjian.ledgers.actions import records
from gongjian.ledgers.telling import number_of
from gongjian.mobile.models import RemoteSign, Vehicle
from gongjian.mobile.queries.remote import GATEWAY, gateway_source
from gongjian.mobile.records.remote import REMOTE_SIGNS
from gongjian.mobile.remote.signs import Found
from gongjian.mobile.remote.vocabulary import Sign
from gongjian.people.models import Department
from gongjian.telemetry.moments import from_seconds
from gongjian.trail.models import Event

CHANGED: Final = "数据补传后重新计算"
AGAIN: Final = timedelta(30)  # after which one that goes on is told as new again
GONE: Final = "数据补传后不再成立"


@dataclass(frozen=True, slots=True)
class Watched:
    """A vehicle on a day: its VIN, its entry in the ledger on that day if it was in there, whose it is."""

    vin: str
    on: date
    vehicle: Vehicle | None
    department: Department | None

    @property
    def label(self) -> str:
        """The plate, or the VIN while there is none."""
        return self.vehicle.code if self.vehicle else self.vin

    @property
    def told(self) -> dict[str, Any]:
        """What every record of it says alike, as its own table holds it."""
        return {
            "on": self.on,
            "label": self.label,
            "vin": self.vin,
            "entry_id": self.vehicle.pk if self.vehicle else None,
            "department_id": self.department.pk if self.department else None,
            "street": self.vehicle.street if self.vehicle else "",
        }

    @property
    def values(self) -> dict[str, Any]:
        """The same as ``records.note`` takes it."""
        told = self.told
        return {name: told[name] for name in ("on", "label", "vin", "street")} | {"department": self.department}


def keep_signs(watched: Watched, found: Sequence[Found], *, at: datetime) -> int:
    """Make the signs of a vehicle's day those found; how many were noted, corrected or struck. The same again does nothing."""
    if watched.department is None:
        return 0
    day = RemoteSign.objects.filter(vin=watched.vin, on=watched.on, replaced_at=None).exclude(sign=Sign.SILENT)
    standing = {row.sign: row for row in day}
    done = sum(_keep(watched, one, standing.get(one.sign), at) for one in found)
    for sign in standing.keys() - {one.sign.value for one in found}:
        if standing[sign].source.startswith(GATEWAY):
            records.strike(REMOTE_SIGNS, standing[sign], GONE, by=None, at=at)
            done += 1
    return done


def _keep(watched: Watched, found: Found, standing: RemoteSign | None, at: datetime) -> bool:
    values = watched.values | {
        "sign": found.sign.value,
        "words": found.words,
        "value": found.value,
        "first_at": from_seconds(found.first),
        "last_at": from_seconds(found.last),
    }
    if standing is None:
        return note_sign(values | {"again": _again(watched, found.sign)}, at=at)
    if not standing.source.startswith(GATEWAY):  # somebody corrected it, or entered it by hand
        return False
    if standing.label != watched.label:  # it has entered the ledger, or left it: another number, so another record
        records.strike(REMOTE_SIGNS, standing, CHANGED, by=None, at=at)
        return note_sign(values | {"again": standing.again}, at=at)
    return records.correct(REMOTE_SIGNS, standing, values, CHANGED, by=None, at=at, source=gateway_source()) != standing


def _again(watched: Watched, sign: Sign) -> bool:
    """Whether one told as new stands in the days before: a habit is not a new problem every day."""
    before = RemoteSign.objects.filter(vin=watched.vin, sign=sign, again=False, replaced_at=None)
    return before.filter(on__gt=watched.on - AGAIN, on__lt=watched.on).exists()


def note_sign(values: dict[str, Any], *, at: datetime, number: str = "") -> bool:
    """A new sign; not where one with its number stands, nor where a person struck it."""
    number = number or number_of(REMOTE_SIGNS, values)
    known = list(RemoteSign.objects.filter(number=number).values_list("pk", "replaced_at"))
    if any(replaced is None for _, replaced in known) or _struck_by_somebody([pk for pk, _ in known]):
        return False
    records.note(REMOTE_SIGNS, {"again": False} | values | {"number": number}, by=None, at=at, source=gateway_source())
    return True


def _struck_by_somebody(numbers: Sequence[int]) -> bool:
    rows = [str(number) for number in numbers]
    struck = Event.objects.filter(subject_type="mobile.remotesign", subject_id__in=rows, verb="record.struck", actor_id__isnull=False)
    return bool(rows) and struck.exists()
