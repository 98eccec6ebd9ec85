"""Waking suspended cases whose pause is over: the system's own deed, harmless when done again."""

from __future__ import annotations

from datetime import datetime

from gongjian.cases.actions.stepping import take
from gongjian.cases.models import Case, State
from gongjian.kernel.flows import NotAllowed
from gongjian.trail.clock import local_day


def wake(*, at: datetime) -> int:
    """Resume every case whose pause ended by today, each on its own; how many."""
    over = Case.objects.filter(state=State.SUSPENDED, suspended_until__lte=local_day(at)).order_by("pk")
    return sum(_wake(case, at) for case in list(over))


def _wake(case: Case, at: datetime) -> bool:
    try:
        take(case, "resume", {"note": "挂起期满，自动恢复办理"}, by=None, at=at)
    except NotAllowed:  # somebody was quicker
        return False
    return True
