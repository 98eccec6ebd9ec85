"""What remote data said of a vehicle before a morning, as traits in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from gongjian.mobile.remote.vocabulary import SIGNS, Group, Sign

RECENT: Final = timedelta(30)  # a sign older than this says little of how a vehicle runs now
STATED: Final = timedelta(14)  # a status is looked up every week: an older one was not gone on with
SILENT: Final = "终端长期离线"
TRAITS: Final[Mapping[Group, str]] = {
    Group.NOX: "远程监控NOx偏高",
    Group.UREA: "尿素消耗异常",
    Group.TAMPERING: "远程数据有篡改迹象",
}


class Watch(NamedTuple):
    """Something known of a vehicle: its trait, the day it is of, known since when, until when (None: still), how long it says something."""

    trait: str
    on: date
    known: date
    until: date | None
    holds: timedelta


def sign_trait(sign: str) -> str:
    """The trait a sign gives a vehicle; "" for one that says more of the radio than of the vehicle."""
    return SILENT if sign == Sign.SILENT else TRAITS.get(SIGNS[Sign(sign)].group, "")


def remote_traits(watches: Iterable[Watch], morning: date) -> set[str]:
    """The traits on the morning of a day: only what had been entered on a day before, as it stood then."""
    return {
        one.trait
        for one in watches
        if morning - one.holds <= one.on < morning and one.known < morning and (one.until is None or one.until >= morning)
    }
