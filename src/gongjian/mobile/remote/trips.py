"""When the engine ran, in trips, and for how long each second that was received stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gongjian.mobile.remote.seconds import Floats, Seconds

PARTED: Final = 300  # seconds of silence, or with the engine off, part two trips: shorter ones are a light, a gate, a tunnel
LONGEST: Final = 10  # seconds a received one may stand for: a terminal has to send at least so often
TURNING: Final = 200.0  # rpm: an engine below it does not run by itself
WARM: Final = 200.0  # ℃ before the SCR, from which on urea is injected and NOx should be low
WARM_COOLANT: Final = 70.0  # ℃, where no temperature of the exhaust is told
WORKING: Final = 3.0  # L/h: above idling
FASTEST: Final = 150.0  # km/h: a position further off than that was a wrong one
_EARTH_KM: Final = 6371.0088


@dataclass(frozen=True)
class Running:
    """The seconds during which the engine ran.

    ``spans`` are the seconds each stands for: until the next, where that is at most ``LONGEST`` away, else the usual step of the day, so
    that what was lost is not made up. ``starts`` are the places at which trips begin.
    """

    seconds: Seconds
    step: float
    spans: Floats
    starts: NDArray[np.intp]

    def trips(self) -> Iterator[Running]:
        """Each trip by itself."""
        for first, last in pairwise([*self.starts, len(self.seconds)]):
            yield Running(self.seconds.taken(slice(first, last)), self.step, self.spans[first:last], np.zeros(1, np.intp))

    @cached_property
    def since_start(self) -> Floats:
        """Seconds since the engine was started."""
        begun = self.seconds.moments[self.starts]
        return (self.seconds.moments - np.repeat(begun, np.diff([*self.starts, len(self.seconds)]))).astype(float)

    @cached_property
    def warm(self) -> NDArray[np.bool_]:
        """Where the catalyst is warm and the engine does some work: there the emission control has to work."""
        inlet, coolant, flow = (self.seconds[name] for name in ("scr_inlet_temperature", "coolant_temperature", "fuel_flow"))
        hot = np.where(np.isnan(inlet), coolant >= WARM_COOLANT, inlet >= WARM)
        return hot & (np.isnan(flow) | (flow >= WORKING))

    @property
    def covered(self) -> float:
        """Seconds the received ones stand for."""
        return float(self.spans.sum())

    @property
    def duration(self) -> float:
        """Seconds from the first to the last of each trip."""
        return sum(float(trip.seconds.moments[-1] - trip.seconds.moments[0]) + self.step for trip in self.trips())


def running_of(seconds: Seconds) -> Running:
    """Those with the engine running: by its speed, where that is not told by the vehicle's speed or the flow of fuel."""
    rpm, speed, flow = (seconds[name] for name in ("engine_speed", "speed", "fuel_flow"))
    found = seconds.taken(np.where(np.isnan(rpm), (speed > 0) | (flow > 0), rpm >= TURNING))
    if not len(found):
        return Running(found, 1.0, np.zeros(0), np.zeros(0, np.intp))
    gaps = np.diff(found.moments)
    near = gaps[gaps < PARTED]
    step = min(float(np.median(near)), float(LONGEST)) if len(near) else 1.0
    spans = np.append(np.where(gaps <= LONGEST, gaps, step), step).astype(float)
    return Running(found, step, spans, np.append(0, np.flatnonzero(gaps >= PARTED) + 1))


def distance_km(running: Running) -> float:
    """By the speed the vehicle tells."""
    return float(np.nansum(running.seconds["speed"] * running.spans) / 3600)


def track_km(running: Running) -> float | None:
    """By positions, within each trip; impossible jumps are left out. None without two of them."""
    found, told = 0.0, False
    for trip in running.trips():
        lon, lat = trip.seconds["longitude"], trip.seconds["latitude"]
        known = ~np.isnan(lon) & ~np.isnan(lat)
        lon, lat, at = lon[known], lat[known], trip.seconds.moments[known]
        if len(at) > 1:
            told = True
            legs, hours = _legs_km(lon, lat), np.diff(at) / 3600
            found += float(legs[legs <= FASTEST * hours].sum())
    return found if told else None


def _legs_km(lon: Floats, lat: Floats) -> Floats:
    """Great-circle distances between successive positions."""
    x, y = np.radians(lon), np.radians(lat)
    a = np.sin(np.diff(y) / 2) ** 2 + np.cos(y[1:]) * np.cos(y[:-1]) * np.sin(np.diff(x) / 2) ** 2
    legs: Floats = 2 * _EARTH_KM * np.arcsin(np.sqrt(a))
    return legs
