"""The day a page of this room shows."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from gongjian.trail.clock import today
from gongjian.ui.dating import DateShown, date_shown

EARLIEST = date(2000, 1, 1)


def dating(request: HttpRequest) -> DateShown:
    """The day asked for by ``?on=``, today where none is."""
    now = today()
    parameters = [(name, str(value)) for name, value in request.GET.items()]
    return date_shown(request.GET.get("on"), today=now, first=min(EARLIEST, now), last=now, parameters=parameters)
