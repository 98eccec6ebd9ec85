"""Which scheme a period is scored by, and what it says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from gongjian.assessment.models import Assessment, Scheme
from gongjian.assessment.registry import kind_called
from gongjian.kernel.refusal import Refusal
from gongjian.kernel.workdays import Calendar
from gongjian.people.queries import working_calendar


def scheme_for(first: date) -> Scheme:
    """The scheme in force when the period begins; Refusal where there is none."""
    found = Scheme.objects.filter(Q(active_to=None) | Q(active_to__gt=first), active_from__lte=first).first()
    if found is None:
        msg = f"{first.year}年{first.month}月{first.day}日没有适用的考核办法，请先在后台管理中登记并启用。"
        raise Refusal(msg)
    return found


def frozen(scheme: Scheme) -> dict[str, Any]:
    """Everything it says, as an assessment keeps it; Refusal for one without items or with an item nobody answers for. Two queries."""
    items = list(scheme.items.all())
    if not items:
        msg = f"考核办法“{scheme.title}”没有考核项，请先在后台管理中登记。"
        raise Refusal(msg)
    return {
        "title": scheme.title,
        "basis": scheme.basis,
        "helping": scheme.helping,
        "least_rows": scheme.least_rows,
        "objection_days": scheme.objection_days,
        "praise_from": scheme.praise_from,
        "blame_below": scheme.blame_below,
        "items": [
            {"kind": item.kind, "title": kind_called(item.kind).title, "weight": item.weight, "partly": item.partly} for item in items
        ],
        "groups": [{"title": group.title, "kinds": list(group.kinds)} for group in scheme.groups.all()],
    }


def last_day_to_object(assessment: Assessment, today: date) -> date:
    """The last day to object when it is sent today: so many working days from tomorrow on, as its scheme gives. One query."""
    calendar = Calendar(working_calendar(today, today + timedelta(366)))
    return calendar.add_working_days(today, assessment.scheme["objection_days"])
