"""A day of a vehicle: its trips, its sums, its signs."""

from __future__ import annotations

from typing import NamedTuple

from gongjian.mobile.remote.emission import Burnt, burnt, conversion, mean_ppm
from gongjian.mobile.remote.limits import Limits
from gongjian.mobile.remote.seconds import Seconds
from gongjian.mobile.remote.signs import Found, signs_of
from gongjian.mobile.remote.trips import Running, distance_km, running_of, track_km
from gongjian.mobile.remote.urea import Urea, urea_of


class Sums(NamedTuple):
    """What some running time comes to.

    ``received`` seconds stand for ``covered`` of the ``duration`` (s) of the trips. Distances in km, by speed and by positions; ``ppm`` is
    the mean behind the SCR, ``converted`` (1 is all) what the SCR took away while warm.
    """

    received: int
    covered: float
    duration: float
    km: float
    track_km: float | None
    burnt: Burnt
    urea: Urea
    ppm: float | None
    converted: float | None

    @property
    def complete(self) -> float | None:
        """The share (0 to 1) of the running time for which data came; None without any."""
        return self.covered / self.duration if self.duration else None


class Trip(NamedTuple):
    """One trip: from when to when (seconds), and what it comes to."""

    first: int
    last: int
    sums: Sums


class Day(NamedTuple):
    """A day, or any other stretch: how many seconds were received at all, running or not, and what they tell."""

    received: int
    trips: tuple[Trip, ...]
    sums: Sums
    signs: tuple[Found, ...]


def day_of(seconds: Seconds, limits: Limits) -> Day:
    """What the seconds of a stretch tell."""
    running = running_of(seconds)
    trips = tuple(_trip(each, limits) for each in running.trips()) if len(running.seconds) else ()
    return Day(len(seconds), trips, sums_of(running, limits), tuple(signs_of(running, limits)))


def sums_of(running: Running, limits: Limits) -> Sums:
    """The sums of some running time."""
    return Sums(
        received=len(running.seconds),
        covered=running.covered,
        duration=running.duration,
        km=distance_km(running),
        track_km=track_km(running),
        burnt=burnt(running, limits),
        urea=urea_of(running),
        ppm=mean_ppm(running),
        converted=conversion(running),
    )


def urea_percent(urea_litres: float | None, fuel_litres: float | None) -> float | None:
    """Litres of urea to a hundred litres of diesel; None where one is unknown or nothing was burnt."""
    return None if urea_litres is None or not fuel_litres else 100 * urea_litres / fuel_litres


def percent(share: float | None) -> float | None:
    """A share from 0 to 1 in percent; unknown stays unknown."""
    return None if share is None else 100 * share


def urea_litres(urea: Urea, limits: Limits) -> float | None:
    """What was used, in litres of a tank as large as is assumed."""
    return None if urea.used is None else urea.used / 100 * limits.tank_litres


def _trip(running: Running, limits: Limits) -> Trip:
    at = running.seconds.moments
    return Trip(int(at[0]), int(at[-1]), sums_of(running, limits))
