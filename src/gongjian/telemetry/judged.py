"""Which value of a factor is the judged one: held against limits, drawn as the curve, kept as the observation. Pure.

Of stack gas the limit binds what is reckoned to the reference oxygen (折算浓度, HJ 212's Zs…), so that is taken where a device sends a
number for it, else the value as measured (实测). Alarms, pages and observations all ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gongjian.telemetry.live.port import NOT_SENT, Column, Heard, Stream

CONVERTED: Final = "Zs"
CONVERTED_WORDS: Final = "折算"
MEASURED_WORDS: Final = "实测"
MIXED_WORDS: Final = "折算，缺时实测"


class Chosen(NamedTuple):
    """A column for each factor; ``converted`` says of each value whether it is the converted one."""

    values: NDArray[np.float64]
    flags: NDArray[np.uint8]
    converted: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One factor of one upload: the judged value with its flag, and the one as measured where another was judged. None: no number."""

    value: float | None
    flag: int
    measured: float | None = None
    converted: bool = False


def measured_statistic(stream: int) -> str:
    """What measured values of a stream are called on the wire: Rtd of real-time data, Avg of all other."""
    return "Rtd" if stream == Stream.REAL_TIME else "Avg"


def converted_statistic(stream: int) -> str:
    """The same of converted ones."""
    return f"{CONVERTED}{measured_statistic(stream)}"


def columns_for(codes: list[str], stream: int) -> list[Column]:
    """What to read of these factors so that ``chosen`` can be made of it: the converted columns, then the measured ones."""
    return [Column(code, each) for each in (converted_statistic(stream), measured_statistic(stream)) for code in codes]


def chosen(values: NDArray[np.float64], flags: NDArray[np.uint8]) -> Chosen:
    """The judged values of columns read as ``columns_for`` says. Where nothing was measured, what is said of the converted one."""
    half = values.shape[1] // 2
    converted = np.isfinite(values[:, :half])
    taken = converted | (flags[:, half:] == NOT_SENT)
    return Chosen(np.where(taken, values[:, :half], values[:, half:]), np.where(taken, flags[:, :half], flags[:, half:]), converted)


def spoken(heard: Heard) -> dict[str, Spoken]:
    """The judged values of one upload, by the codes of the wire."""
    plain, other = measured_statistic(heard.stream), converted_statistic(heard.stream)
    measured: dict[str, tuple[float | None, int]] = {}
    reckoned: dict[str, tuple[float | None, int]] = {}
    for column, value, flag in zip(heard.columns, heard.values, heard.flags, strict=True):
        into = measured if column.statistic == plain else reckoned if column.statistic == other else None
        if into is not None and flag != NOT_SENT:
            into[column.factor] = (value if value == value else None, flag)  # noqa: PLR0124 - only NaN is not itself
    return {code: _spoken(measured.get(code), reckoned.get(code)) for code in measured | reckoned}


def _spoken(measured: tuple[float | None, int] | None, reckoned: tuple[float | None, int] | None) -> Spoken:
    if reckoned is not None and reckoned[0] is not None:
        return Spoken(*reckoned, measured[0] if measured else None, converted=True)
    return Spoken(*(measured or reckoned or (None, NOT_SENT)))
