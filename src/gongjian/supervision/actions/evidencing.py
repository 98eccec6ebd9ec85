"""Giving evidence for an order, and striking what was given by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from gongjian.cases.actions.changing import fitting, written
from gongjian.cases.actions.evidencing import Piece
from gongjian.cases.evidence import keeping
from gongjian.cases.evidence.filing import file_away
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import Forbidden, require
from gongjian.people.roles import Permission
from gongjian.supervision.actions.changing import locked
from gongjian.supervision.flow import EVIDENCED, ORDER
from gongjian.supervision.models import Order, OrderEvidence, OrderState
from gongjian.supervision.queries.concerning import concerned
from gongjian.supervision.queries.since import step_words
from gongjian.supervision.queries.standing_apart import why_barred
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

MOST = 40  # pieces of one order


@transaction.atomic
def attach(order: Order, step: str, pieces: Sequence[Piece], *, by: User | None, at: datetime) -> list[OrderEvidence]:
    """Give evidence for the step the order can take next; all of the pieces or none.

    Refusal for a file that is not what it says, is too large or has too many pixels; the files of a refused giving are not kept.
    """
    order = locked(order)
    _require(order, step, by, at)
    if OrderEvidence.objects.filter(order=order).count() + len(pieces) > MOST:
        msg = f"一份督办单最多 {MOST} 份佐证，请挑选最能说明情况的上传。"
        raise Refusal(msg)
    kept: list[str] = []
    try:
        given = [_give(order, step, piece, kept, by, at) for piece in pieces]
        record("order.evidence_given", order, by=by, at=at, after={"pieces": [piece.title for piece in given], "step": step})
    except BaseException:
        keeping.discard(*kept)
        raise
    return given


@transaction.atomic
def strike(piece: OrderEvidence, reason: str, *, by: User | None, at: datetime) -> None:
    """The piece was given by mistake: it counts no longer and stays readable."""
    order = locked(piece.order)
    _require(order, piece.step, by, at)
    standing = OrderEvidence.objects.select_for_update().get(pk=piece.pk)
    if standing.struck_at is not None:
        msg = f"“{standing.title}”已经作废，请刷新页面。"
        raise Refusal(msg)
    if standing.round != order.round:
        msg = f"“{standing.title}”属于前一轮答复，不能再作废。"
        raise Refusal(msg)
    standing.struck_at, standing.struck_why = at, written("作废原因", reason, longest=200)
    standing.save(update_fields=["struck_at", "struck_why"])
    record("order.evidence_struck", order, by=by, at=at, before={"piece": standing.title}, note=standing.struck_why)


def _require(order: Order, step: str, by: User | None, at: datetime) -> None:
    """Whoever may take the step may give evidence for it, while it can be taken."""
    arrow = ORDER.step(OrderState(order.state), step)
    if step not in EVIDENCED:
        msg = f"“{step_words(step)}”不需要佐证。"
        raise Refusal(msg)
    require(by, Permission(arrow.permission), departments=concerned(order), on=local_day(at))
    if barred := why_barred(order, step, by, local_day(at)):
        raise Forbidden(barred)


def _give(order: Order, step: str, piece: Piece, kept: list[str], by: User | None, at: datetime) -> OrderEvidence:
    filed = asdict(file_away(piece.data, piece.name, piece.key, kept))
    del filed["looks"]  # photos used twice are looked for among cases
    title = fitting("佐证名称", piece.title, longest=120) or piece.name[:120] or "佐证"
    label = str(by) if by else "系统"
    return OrderEvidence.objects.create(order=order, step=step, round=order.round, title=title, at=at, by=by, by_label=label, **filed)
