"""Which programmes there are, and which day of one is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongjian.kernel.refusal import Refusal
from gongjian.plans.models import Programme
from gongjian.plans.planfile.model import PlanHead


def programmes() -> list[Programme]:
    """All of them, the latest year first."""
    return list(Programme.objects.all())


def programme(slug: str = "", among: Sequence[Programme] | None = None) -> Programme:
    """The one named ``slug``, or the latest; refuses when there is none. ``among`` where the caller has read them all."""
    every = programmes() if among is None else among
    found = next((one for one in every if slug in ("", one.slug)), None)
    if found is None:
        msg = (
            f"没有代码为“{slug}”的行动计划，请先载入或核对代码。"
            if slug
            else "还没有载入任何行动计划，请先用“gongjian plan load 文件”或“方案”页面载入。"
        )
        raise Refusal(msg)
    return found


def standing_for(head: PlanHead) -> Programme | None:
    """The stored programme that a document's head means: by its number, else by its title."""
    if head.number and (found := Programme.objects.filter(number=head.number).first()):
        return found
    return Programme.objects.filter(title=head.title).first() if head.title else None


def first_and_last_day(of: Programme, today: date) -> tuple[date, date]:
    """The days a programme can be shown on: from its issue until today, or the last day of its year once that is over."""
    last = min(today, date(of.year, 12, 31))
    return of.issued_on, max(of.issued_on, last)
