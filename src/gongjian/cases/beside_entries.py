"""What this room adds to the page of a ledger's entry: its cases, and the way to enter a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongjian.cases.models import Case, State
from gongjian.cases.registry import kind_title
from gongjian.ledgers.happenings import Happening, Offer
from gongjian.people.permissions import Asker, may
from gongjian.people.roles import Permission
from gongjian.trail.clock import local_day
from gongjian.trail.office_day import end_of

NEWEST = 20


def case_happenings(entry: int, on: date) -> Sequence[Happening]:
    """The cases about an entry that had been found by the end of a day, as they stand now."""
    found = Case.objects.filter(entry=entry, found_at__lt=end_of(on)).select_related("department").order_by("-found_at")[:NEWEST]
    return [
        Happening(
            on=local_day(case.found_at),
            title=f"{kind_title(case.kind)}：{case.title}",
            words="，".join(filter(None, (str(State(case.state).label), case.department.name if case.department else ""))),
            page="cases:case",
            about=(case.pk,),
            bad=True,
        )
        for case in found
    ]


def case_offers(entry: int, asker: Asker) -> Sequence[Offer]:
    """To those who may find problems: the way to enter one about this entry."""
    if not may(asker, Permission.CASE_FIND):
        return []
    return [Offer("发现问题", "flag", "cases:new", f"entry={entry}")]
