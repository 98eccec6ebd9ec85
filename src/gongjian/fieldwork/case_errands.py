"""Cases as errands: those whose next step is this person's to take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from gongjian.cases.flow import AWAITED
from gongjian.cases.models import Case, State
from gongjian.cases.queries.board import my_turn
from gongjian.cases.queries.file import step_words
from gongjian.fieldwork.errands import MOST, Errand
from gongjian.kernel.geometry import Point
from gongjian.people.models import User


def case_errands(user: User, at: datetime) -> Sequence[Errand]:
    """What stands on the board of cases, the most pressing first; one query."""
    found = Case.objects.filter(my_turn(user, at)).select_related("entry").order_by(F("due_at").asc(nulls_last=True), "id")
    return [_errand(case, at) for case in found[:MOST]]


def _errand(case: Case, at: datetime) -> Errand:
    place = Point(case.lon, case.lat) if case.lon is not None and case.lat is not None else None
    return Errand(
        sort="问题",
        title=case.title,
        todo=step_words(AWAITED[State(case.state)]),
        page="cases:case",
        about=(case.pk,),
        due_at=case.due_at,
        overdue=case.due_at is not None and case.due_at < at,
        thing=str(case.entry) if case.entry else "",
        address=" ".join(filter(None, (case.street, case.address))),
        entry=case.entry_id,
        place=place,
    )
