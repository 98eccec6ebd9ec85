"""Taking in a draft: exactly once, however often it is sent, by however many tabs, and whether or not its sender heard the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db import IntegrityError, transaction

from gongjian.fieldwork.actions.checking import become_check
from gongjian.fieldwork.actions.finding import become_case
from gongjian.fieldwork.models import Sending
from gongjian.fieldwork.parcels import CHECK, FINDING, Became, Parcel, digest_of
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

LONGEST_NOTE = 300
BECOMING: Mapping[str, Callable[..., Became]] = MappingProxyType({FINDING: become_case, CHECK: become_check})  # by the kind of parcel


class Arrived(Refusal):
    """A draft of that key arrived before and held something else; ``sending`` is the one that stands."""

    def __init__(self, sending: Sending) -> None:
        self.sending = sending
        super().__init__(f"这份草稿此前已经送达（{sending.label}），之后的改动没有送出；需要补充的请打开它补充，再删除这份草稿。")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a draft; ``repeated`` where it had arrived before."""

    sending: Sending
    repeated: bool


@transaction.atomic
def receive(parcel: Parcel, *, by: User, at: datetime) -> Receipt:
    """Make of a draft what it shall become; the same draft again is answered with what it became the first time.

    The key is claimed before anything is made: whoever comes second at the same moment waits at the unique key, and then reads the first
    one's result, or, where that was refused and so left nothing, has its turn. ``Arrived`` for a known key that holds something else;
    Refusal and ``Forbidden`` as the making says, nothing kept.
    """
    require(by, Permission.CASE_FIND, on=local_day(at))
    digest = digest_of(parcel)
    if standing := _standing(parcel, by):
        return _again(standing, digest)
    try:
        with transaction.atomic():
            sending = _claimed(parcel, digest, by, at)
    except IntegrityError:
        return _again(Sending.objects.get(user=by, key=parcel.key), digest)
    became = BECOMING[parcel.kind](parcel, by=by, at=at)
    sending.label, sending.page, sending.about = became.label[:160], became.page, str(became.about)
    sending.note = " ".join(became.notes)[:LONGEST_NOTE]
    sending.save(update_fields=["label", "page", "about", "note"])
    record("sending.arrived", sending, by=by, at=at, after={"key": parcel.key, "written_at": parcel.device.written_at}, note=sending.note)
    return Receipt(sending, repeated=False)


def _standing(parcel: Parcel, by: User) -> Sending | None:
    return Sending.objects.filter(user=by, key=parcel.key).first()


def _again(standing: Sending, digest: str) -> Receipt:
    if standing.digest != digest:
        raise Arrived(standing)
    return Receipt(standing, repeated=True)


def _claimed(parcel: Parcel, digest: str, by: User, at: datetime) -> Sending:
    device = parcel.device
    return Sending.objects.create(
        user=by,
        key=parcel.key,
        digest=digest,
        kind=parcel.kind,
        received_at=at,
        written_at=device.written_at,
        ahead=device.ahead,
        lon=device.lon,
        lat=device.lat,
        accuracy=device.accuracy,
        photos=[dict(facts) for facts in parcel.photos],
    )
