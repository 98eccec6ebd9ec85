"""The scores by which tomorrow's checks are chosen."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction

from gongjian.mobile.models import PrecisionRun, VehicleScore
from gongjian.mobile.precision.history import history_until
from gongjian.mobile.precision.learning import Lesson
from gongjian.mobile.precision.scoring import held_back, lesson_on, scores


@transaction.atomic
def score_vehicles(on: date, *, at: datetime) -> int:
    """Learn from every check before ``on`` and score the vehicles for that day; how many.

    0, with nothing changed, where nothing can be learnt. The system's own deed; the same day again gives the same scores unless
    something was entered since.
    """
    history = history_until(on - timedelta(1))
    lesson = lesson_on(history, on)
    if lesson is None:
        return 0
    tried = held_back(history, on - timedelta(1))
    told = {
        "checks": lesson.checks,
        "rate": lesson.rate,
        "lesson": _told(lesson),
        "uplift": asdict(tried) if tried else None,
        "worked_out_at": at,
    }
    PrecisionRun.objects.update_or_create(on=on, defaults=told)
    VehicleScore.objects.all().delete()
    rows = [VehicleScore(vehicle_id=one.vehicle, chance=one.chance, reasons=one.reasons) for one in scores(history, lesson, on)]
    VehicleScore.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def _told(lesson: Lesson) -> list[dict[str, object]]:
    """What each trait means, those that raise the chance most first."""
    ordered = sorted(lesson.weights, key=lambda trait: (-lesson.weights[trait], trait))
    return [{"trait": trait, "times": round(lesson.times(trait), 2), "seen": lesson.seen[trait]} for trait in ordered]
