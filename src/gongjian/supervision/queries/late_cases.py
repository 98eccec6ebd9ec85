"""Open cases past their time, with the department whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongjian.cases.flow import AWAITED, LOOP
from gongjian.cases.models import OPEN, Case, State
from gongjian.people.queries import departments
from gongjian.supervision.detecting.scene import CaseSeen
from gongjian.trail.clock import local_day
from gongjian.trail.office_day import start_of

OF_FINDER = frozenset({"hand_over", "verify", "close"})  # steps the department that found it takes


def cases_past_time(on: date) -> Iterator[CaseSeen]:
    """Those whose time was over before ``on`` began; what no department in use must do is left out. Two queries."""
    words = {step.name: step.words() for step in LOOP.steps}
    used = set(departments().values_list("pk", flat=True))
    for case in Case.objects.filter(state__in=OPEN, due_at__lt=start_of(on)).order_by("due_at", "pk"):
        step = AWAITED.get(State(case.state), "")
        department = case.origin_id if step in OF_FINDER else case.department_id
        if step and department in used and case.due_at is not None:
            yield CaseSeen(case.pk, case.number, case.title, f"待{words[step]}", local_day(case.due_at), department)
