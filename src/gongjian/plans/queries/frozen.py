"""Which months are frozen."""

from __future__ import annotations

from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.plans.models import Measure, MonthFreeze, Programme
from gongjian.trail.clock import local_day


def freeze_of(programme: Programme | int, month: Month) -> MonthFreeze | None:
    """The freeze in force of a month; None while it is open."""
    return MonthFreeze.objects.filter(programme=programme, month=month.first, lifted_at=None).first()


def frozen_months(programme: Programme) -> dict[Month, MonthFreeze]:
    """Every frozen month of a programme."""
    return {Month.of(row.month): row for row in MonthFreeze.objects.filter(programme=programme, lifted_at=None)}


def lifted_freezes(programme: Programme, month: Month) -> list[MonthFreeze]:
    """The freezes of a month that were lifted, the first of them first: what had been missing stays known."""
    return list(MonthFreeze.objects.filter(programme=programme, month=month.first).exclude(lifted_at=None))


def refuse_frozen(measure: Measure, month: Month) -> None:
    """Refuse whatever would change a frozen month; ask while holding the measure, as whoever freezes holds them all."""
    found = freeze_of(measure.programme_id, month)
    if found is not None:
        day = local_day(found.at)
        who = f"已由{found.by_label}于{day.month}月{day.day}日封存"
        msg = f"{month.words()}的月报{who}，不能再填报或改动；确需补报的，请商统筹办说明理由后解封。"
        raise Refusal(msg)
