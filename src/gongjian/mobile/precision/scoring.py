"""From what was seen to tomorrow's list: a chance for each vehicle, said in words; and how choosing by it fares on checks held back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongjian.mobile.precision.history import RANDOM, CompanyRates, History
from gongjian.mobile.precision.learning import Lesson, Traits, learn
from gongjian.mobile.precision.uplift import Uplift, uplift

TOLD = 3  # traits named as reasons
WORTH_TELLING = 1.15  # times the odds; less is nothing to speak of
HELD_BACK = 92  # days
CHOSEN_SHARE = 0.2
LEARNT_FROM = 540  # days


@dataclass(frozen=True, slots=True)
class Scored:
    """One vehicle: the chance (0 to 1) that a check finds something, and the traits that raise it most, with by how much."""

    vehicle: int
    chance: float
    reasons: tuple[tuple[str, float], ...]


def lesson_on(history: History, on: date) -> Lesson | None:
    """What the checks before a day taught."""
    return learn(checked for _, checked in history.checks(on - timedelta(LEARNT_FROM), on - timedelta(1)))


def scores(history: History, lesson: Lesson, on: date) -> list[Scored]:
    """Every vehicle that has an exhaust, the likeliest first; equal ones by their number, so that the list is always the same."""
    rates = CompanyRates(history, on)
    found = []
    for vehicle, known in history.known.items():
        if known.stage is not None:
            traits = history.traits(vehicle, on, rates)
            found.append(Scored(vehicle, lesson.chance(traits), reasons(lesson, traits)))
    return sorted(found, key=lambda one: (-one.chance, one.vehicle))


def reasons(lesson: Lesson, traits: Traits) -> tuple[tuple[str, float], ...]:
    """The traits that raise the odds most."""
    raising = sorted(((trait, lesson.times(trait)) for trait in traits), key=lambda pair: (-pair[1], pair[0]))
    return tuple((trait, round(times, 2)) for trait, times in raising[:TOLD] if times >= WORTH_TELLING)


def in_words(why: Sequence[tuple[str, float]]) -> str:
    """The reasons of a score: each trait, and by how many times it multiplies the odds."""
    return "、".join(f"{trait}（{times:.1f}倍）" for trait, times in why) or "没有特别的理由"


def held_back(history: History, until: date, days: int = HELD_BACK, share: float = CHOSEN_SHARE) -> Uplift | None:
    """How the score fares on the last ``days``, of which it has seen nothing, among vehicles that were picked at random.

    Those picked for a reason would flatter or wrong it. None where there was nothing to learn.
    """
    begins = until - timedelta(days - 1)
    lesson = lesson_on(history, begins)
    if lesson is None:
        return None
    judged = [(lesson.chance(checked.traits), checked.found) for _, checked in history.checks(begins, until, only=RANDOM)]
    return uplift(judged, share) if judged else None
