"""What is known on a day, as detectors take it, and the facts they find in it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongjian.kernel.months import Month
from gongjian.plans.lights import Light


@dataclass(frozen=True, slots=True)
class Silent:
    """A month whose report was not handed in, ``late`` working days past its due day."""

    month: Month
    due: date
    late: int


@dataclass(frozen=True, slots=True)
class Point:
    """A measured commitment on the last day of a month: its light, and the value where there was a valid one."""

    day: date
    light: Light
    value: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """A measured commitment over the latest complete months, oldest first, this year's only.

    ``better`` is up or down, "" where nobody says; ``cumulative`` counts only grow, so that nothing can be read from their direction.
    """

    code: str
    title: str
    unit: str
    better: str
    cumulative: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class MeasureSeen:
    """A measure in force. ``department`` is the first-named lead (id), None where nobody in use leads it.

    ``red_since`` is the first day of the red light that lasts until today, None where it is not red, or only for want of a report;
    ``red_longer``: it was red before that already, further back than was looked. ``reasons`` are those of today's light; ``silent`` the
    months the light waits for, oldest first.
    """

    pk: int
    key: str
    title: str
    department: int | None
    red_since: date | None = None
    red_longer: bool = False
    reasons: tuple[str, ...] = ()
    silent: tuple[Silent, ...] = ()
    series: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """An open case past its time: since which day, and the department whose turn it is."""

    pk: int
    number: str
    title: str
    waits_for: str
    due: date
    department: int


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything rules may fire on, as of the end of ``on`` (cases: as of now)."""

    on: date
    measures: tuple[MeasureSeen, ...] = ()
    cases: tuple[CaseSeen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that stands on the day of the scene and has stood since ``since``.

    ``cause`` names what it is about: facts of one cause go into one order. ``amount`` is how long it has stood, in the units of its
    detector. ``title`` is what an order about it is called; ``words`` say the fact, ``values`` its figures by Chinese name.
    """

    cause: str
    department: int
    since: date
    amount: int
    title: str
    words: str
    values: Mapping[str, str | float] = field(default_factory=dict)
    link: str = ""
    measure: int | None = None
    case: int | None = None
