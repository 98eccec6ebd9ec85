"""Fuel burnt and NOx let out, estimated from what a vehicle tells each second."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from gongjian.mobile.remote.limits import Limits
from gongjian.mobile.remote.seconds import Floats
from gongjian.mobile.remote.trips import Running

GRAMS_PER_KG_PPM: Final = 0.001587
"""Grams of NOx (as NO₂) in a kilogram of diesel exhaust for each ppm: 46.01 / 28.99 g/mol, the u value of GB 17691 and ECE R49."""


class Burnt(NamedTuple):
    """Litres of fuel; grams of NOx behind the SCR and that over the work done (g/kWh), None where it is not told.

    ``known`` (0 to 1) is the share of the time for which all that is needed was told: the grams are of that time alone.
    """

    fuel_litres: float
    nox_grams: float | None
    nox_per_kwh: float | None
    known: float


def burnt(running: Running, limits: Limits) -> Burnt:
    """The sums of some running time.

    The mass of exhaust is that of the air taken in and of the fuel. Work is taken from the fuel by a usual consumption: vehicles tell
    torque in percent of a reference they do not tell. An estimate for comparing vehicles and days, not a measurement.
    """
    hours, flow = running.spans / 3600, running.seconds["fuel_flow"]
    fuel_kg = flow * limits.fuel_kg_per_litre
    grams = GRAMS_PER_KG_PPM * running.seconds["nox_downstream"] * (running.seconds["intake_air"] + fuel_kg) * hours
    told = ~np.isnan(grams)
    nox = max(float(grams[told].sum()), 0.0) if told.any() else None
    work = float((fuel_kg * hours)[told].sum()) / limits.fuel_kg_per_kwh
    return Burnt(float(np.nansum(flow * hours)), nox, nox / work if nox is not None and work else None, _share(running, told))


def mean_ppm(running: Running, name: str = "nox_downstream") -> float | None:
    """The mean of a concentration over time, as far as it was told."""
    values = running.seconds[name]
    known = ~np.isnan(values)
    weight = running.spans[known].sum()
    return float((values[known] * running.spans[known]).sum() / weight) if weight else None


def conversion(running: Running) -> float | None:
    """Which part (1 is all) of the NOx before a warm SCR is gone behind it; None where both were never told, or there was none before."""
    up, down = running.seconds["nox_upstream"], running.seconds["nox_downstream"]
    both = running.warm & ~np.isnan(up) & ~np.isnan(down)
    before = float((up[both] * running.spans[both]).sum())
    return 1 - float((down[both] * running.spans[both]).sum()) / before if before > 0 else None


def _share(running: Running, which: Floats | np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    return float(running.spans[which].sum()) / running.covered if len(running.seconds) else 0.0
