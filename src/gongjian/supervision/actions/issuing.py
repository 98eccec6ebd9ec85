"""Issuing an order: by a person against a department, or by a rule that fired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from gongjian.cases.actions.changing import written
from gongjian.cases.models import Case
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department, User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.plans.models import Measure
from gongjian.supervision.actions.changing import keep_step
from gongjian.supervision.actions.telling import tell
from gongjian.supervision.flow import LONGEST
from gongjian.supervision.models import Colour, Order, OrderFact, OrderRule
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

TRIES = 5  # for a number, when several are issued at once
FURTHEST = timedelta(366)
STATED = "签发人认定"  # the rule of a fact somebody stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an order says before it has a number.

    A person's draft states its ``fact`` in words; a rule's has its ``rule`` and ``cause``, and its facts are added by whoever fires it.
    """

    department: Department
    colour: str
    title: str
    demand: str
    due_at: datetime
    fact: str = ""
    measure: Measure | None = None
    case: Case | None = None
    rule: OrderRule | None = None
    cause: str = ""
    as_of: date | None = None


@transaction.atomic
def issue(draft: Draft, *, by: User | None, at: datetime, token: str = "") -> Order:
    """Issue an order; the same form sent twice is one order.

    Refusal for a deadline that is past or more than a year away, a department no longer in use, a colour there is none of, a text
    missing or too long, and a cause that has an open order already.
    """
    require(by, Permission.ORDER_ISSUE, on=local_day(at))
    if token and (sent := Order.objects.filter(token=token).first()):
        return sent
    _refuse_bad(draft, at)
    order, new = _numbered(draft, by, at, token)
    if not new:
        return order
    keep_step(order, "issue", order.demand, "", by=by, at=at)
    if draft.fact:
        _state(order, draft, at)
    after = {"department": order.department.name, "due": order.due_at.isoformat(), "colour": order.get_colour_display()}
    record("order.issue", order, by=by, at=at, after=after, note=order.demand)
    tell(order, "issue", order.demand, at=at)
    return order


def _refuse_bad(draft: Draft, at: datetime) -> None:
    written("督办事项", draft.title, longest=120)
    written("督办要求", draft.demand, longest=LONGEST)
    if draft.rule is None:
        written("事实依据", draft.fact, longest=LONGEST)
    if draft.colour not in Colour.values:
        msg = f"督办单没有“{draft.colour[:20]}”这种颜色，请在{'、'.join(str(one.label) for one in Colour)}中选一项。"
        raise Refusal(msg)
    if not draft.department.active:
        msg = f"“{draft.department}”已停用，请选择其他单位。"
        raise Refusal(msg)
    if draft.due_at <= at:
        msg = f"答复期限{draft.due_at.astimezone(at.tzinfo):%Y-%m-%d %H:%M}已经过去，请选择以后的时间。"
        raise Refusal(msg)
    if draft.due_at > at + FURTHEST:
        msg = f"答复期限{draft.due_at.astimezone(at.tzinfo):%Y-%m-%d}在一年以后，请核对年份。"
        raise Refusal(msg)


def _numbered(draft: Draft, by: User | None, at: datetime, token: str) -> tuple[Order, bool]:
    """Write the row under the next number of its year; the standing one where the form was sent, and False."""
    year = local_day(at).year
    for _ in range(TRIES):
        highest = Order.objects.filter(year=year).aggregate(highest=Max("serial"))["highest"] or 0
        try:
            with transaction.atomic():
                return _write(draft, year, highest + 1, by, at, token), True
        except IntegrityError:
            if token and (sent := Order.objects.filter(token=token).first()):
                return sent, False
            if draft.cause and (standing := Order.objects.filter(open_cause=draft.cause).first()):
                msg = f"同一事由已有督办单{standing.number}，尚未办结，不再另发。"
                raise Refusal(msg) from None
    msg = "同时签发的督办单太多，没有取得编号，请稍后再试。"
    raise Refusal(msg)


def _write(draft: Draft, year: int, serial: int, by: User | None, at: datetime, token: str) -> Order:
    return Order.objects.create(
        year=year,
        serial=serial,
        colour=draft.colour,
        title=draft.title.strip(),
        demand=draft.demand.strip(),
        department=draft.department,
        measure=draft.measure,
        case=draft.case,
        rule=draft.rule,
        cause=draft.cause,
        open_cause=draft.cause or None,
        as_of=draft.as_of or local_day(at),
        since=at,
        due_at=draft.due_at,
        issued_at=at,
        issued_on=local_day(at),
        issued_by=by,
        issued_label=str(by) if by else "系统（按规则）",
        token=token or None,
    )


def _state(order: Order, draft: Draft, at: datetime) -> None:
    """Keep the fact a person stated."""
    link = f"/measure/{draft.measure.pk}/" if draft.measure else f"/cases/{draft.case.pk}/" if draft.case else ""
    day = local_day(at)
    words = draft.fact.strip()
    OrderFact.objects.create(
        order=order, rule_words=STATED, words=words, link=link, measure=draft.measure, case=draft.case, since=day, on=day, at=at
    )
