"""Letting the rules fire: the system's own deed, harmless when done again."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from gongjian.cases.clocks import office
from gongjian.cases.models import Case
from gongjian.kernel.refusal import Refusal
from gongjian.kernel.worktime import Worktime, days
from gongjian.people.models import Department
from gongjian.plans.models import Measure, Programme
from gongjian.plans.queries.programmes import programmes
from gongjian.supervision.actions.changing import keep_step, locked
from gongjian.supervision.actions.deepening import deepen
from gongjian.supervision.actions.issuing import Draft, issue
from gongjian.supervision.detecting.choosing import Fired, fired
from gongjian.supervision.models import Colour, Order, OrderFact
from gongjian.supervision.queries.gathering import gather
from gongjian.supervision.queries.ruling import far_back, rules_in_force
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

log = logging.getLogger("gongjian.supervision")


@dataclass(slots=True)
class Outcome:
    """What a run of the rules did: keys of orders issued, made graver, and given a further fact; and the causes that were passed over."""

    issued: list[int] = field(default_factory=list)
    deepened: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


class LastOrder(NamedTuple):
    """The latest order of a cause, and the rules that have fired on it."""

    order: Order
    rules: set[int | None]


def fire(*, at: datetime) -> Outcome:
    """Hold every rule in force to what is known by now; each cause in a transaction of its own, so that one that fails stops no other.

    A cause with an open order gets no second one: a rule that has not fired on it yet adds its fact, and a graver rule makes the order
    graver. A cause whose last order has ended comes back when the fact has begun anew since, or when a graver rule fires.
    """
    on, outcome = local_day(at), Outcome()
    rules = rules_in_force(on)
    if not rules:
        return outcome
    found = fired(rules, gather(_programme(on), on, far_back(rules)))
    standing = _latest(list(found))
    worktime = office(at)
    for cause, many in found.items():
        _answer(cause, many, standing.get(cause), worktime, outcome, at)
    return outcome


def _programme(on: date) -> Programme | None:
    return next((one for one in programmes() if one.year == on.year and one.issued_on <= on), None)


def _latest(causes: Sequence[str]) -> dict[str, LastOrder]:
    """The latest order of each cause, with the rules that have fired on it; two queries."""
    orders = {order.cause: order for order in Order.objects.filter(cause__in=causes).order_by("pk")}
    known: dict[int, set[int | None]] = defaultdict(set)
    for order, rule in OrderFact.objects.filter(order__in=orders.values()).values_list("order", "rule"):
        known[order].add(rule)
    return {cause: LastOrder(order, known[order.pk]) for cause, order in orders.items()}


def _answer(cause: str, many: Sequence[Fired], standing: LastOrder | None, worktime: Worktime, outcome: Outcome, at: datetime) -> None:
    """Issue, add, or leave it."""
    try:
        if standing is not None and standing.order.is_open:
            _add_all(standing, many, outcome, at)
        elif standing is not None and not _anew(standing.order, many):
            outcome.passed_over.append(cause)
        else:
            outcome.issued.append(_issue(cause, many, worktime, at).pk)
    except Refusal as refusal:  # another run, or a person, was quicker
        log.info("%s: %s", cause, refusal)
        outcome.passed_over.append(cause)


def _anew(ended: Order, many: Sequence[Fired]) -> bool:
    """Whether what fired is more than the ended order was about: begun since, or graver."""
    graver = max(one.severity for one in many) > Colour(ended.colour).severity
    return graver or any(one.fact.since > ended.as_of for one in many)


@transaction.atomic
def _issue(cause: str, many: Sequence[Fired], worktime: Worktime, at: datetime) -> Order:
    first = many[0]
    rule, fact = first.rule, first.fact
    draft = Draft(
        department=Department.objects.get(pk=fact.department),
        colour=rule.colour,
        title=fact.title,
        demand=rule.demand,
        due_at=worktime.due(timezone.localtime(at), days(rule.answer_within)),
        rule=rule,
        cause=cause,
        as_of=local_day(at),
        measure=Measure.objects.get(pk=fact.measure) if fact.measure else None,
        case=Case.objects.get(pk=fact.case) if fact.case else None,
    )
    order = issue(draft, by=None, at=at)
    for one in many:
        _state(order, one, at)
    return order


def _add_all(standing: LastOrder, many: Sequence[Fired], outcome: Outcome, at: datetime) -> None:
    """Add what the order does not rest on yet; nothing while the office has the answer: that is not the department's doing."""
    for one in many if standing.order.awaits_department else ():
        if one.rule.pk not in standing.rules:
            _add(standing.order, one, outcome, at)


@transaction.atomic
def _add(order: Order, one: Fired, outcome: Outcome, at: datetime) -> None:
    order = locked(order)
    if not order.awaits_department or OrderFact.objects.filter(order=order, rule=one.rule).exists():
        return
    _state(order, one, at)
    words = f"{one.rule_words}：{one.fact.words}。要求：{one.rule.demand}"
    if deepen(order, one.rule.colour, words, by=None, at=at):
        outcome.deepened.append(order.pk)
        return
    keep_step(order, "add", words, order.state, by=None, at=at)
    record("order.add", order, by=None, at=at, note=words)
    outcome.added.append(order.pk)


def _state(order: Order, one: Fired, at: datetime) -> None:
    """Keep the fact a rule fired on."""
    fact = one.fact
    OrderFact.objects.create(
        order=order,
        rule=one.rule,
        rule_words=one.rule_words[:120],
        words=fact.words,
        values=dict(fact.values),
        link=fact.link,
        measure_id=fact.measure,
        case_id=fact.case,
        since=fact.since,
        on=local_day(at),
        at=at,
    )
