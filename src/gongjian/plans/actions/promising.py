"""Writing what a document promises of a measure, so that what was done towards a promise stays with it through revisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import F

from gongjian.plans.models import Commitment, Measure
from gongjian.plans.planfile import model
from gongjian.plans.queries.stored import as_loaded

ASIDE = 10_000  # added to the order of rows while they change places


def promise_all(measure: Measure, said: Sequence[model.Commitment], since: datetime) -> None:
    """The commitments of a measure that has none."""
    Commitment.objects.bulk_create(_row(measure, order, promise, since) for order, promise in enumerate(said))


def promise_anew(measure: Measure, said: Sequence[model.Commitment], at: datetime) -> None:
    """The commitments as a revision has them.

    One it leaves as it was stays, an in-year adjustment of its value included. One it says differently is a new version of the same,
    known by its kind and what it is about, and keeps its milestones done; the others end.
    """
    standing = as_loaded(list(Commitment.objects.filter(measure=measure).order_by("order", "id")))
    same = _pairs(said, standing, lambda promise: promise)
    about = _pairs(said, [pair for pair in standing if pair[0].pk not in {row.pk for row in same.values()}], _about)
    keep = [row.pk for row in same.values()]
    Commitment.objects.filter(measure=measure, replaced_at=None).exclude(pk__in=keep).update(replaced_at=at)
    Commitment.objects.filter(pk__in=keep).update(order=F("order") + ASIDE)
    for order, promise in enumerate(said):
        if order in same:
            Commitment.objects.filter(pk=same[order].pk).update(order=order)
        else:
            before = about.get(order)
            _row(measure, order, promise, at, root_id=before.root_id_or_own if before else None).save()


def _pairs(said: Sequence[model.Commitment], standing: Sequence[tuple[Commitment, model.Commitment]], by: Any) -> dict[int, Commitment]:
    """For each place in ``said`` the first standing row, not yet taken, that is the same by ``by``."""
    left = list(standing)
    found: dict[int, Commitment] = {}
    for order, promise in enumerate(said):
        pair = next((pair for pair in left if by(pair[1]) == by(promise)), None)
        if pair:
            left.remove(pair)
            found[order] = pair[0]
    return found


def _about(promise: model.Commitment) -> tuple[str, ...]:
    return (promise.kind, promise.indicator, promise.what, promise.ledger, promise.cases)


def _row(measure: Measure, order: int, promise: model.Commitment, since: datetime, **more: Any) -> Commitment:
    fields = asdict(promise) | {"kind": promise.kind.value, "states": list(promise.states)}
    return Commitment(measure=measure, order=order, effective_at=since, **fields, **more)
