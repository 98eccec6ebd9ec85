"""The date being shown: a control on every page that depends on it."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from gongjian.plans.models import Programme
from gongjian.plans.queries.programmes import first_and_last_day
from gongjian.trail import clock
from gongjian.ui.dating import DateShown, date_shown


def chosen(every: list[Programme], slug: str) -> Programme:
    """The programme an address names, the latest where it names none; not found where it names one that is not there."""
    found = next((programme for programme in every if slug in ("", programme.slug)), None)
    if found is None:
        msg = "没有这份行动计划。"
        raise Http404(msg)
    return found


def shown(request: HttpRequest, programme: Programme) -> DateShown:
    """The day asked for by ``?on=``, kept within the plan's days; the latest of them when none or nonsense is asked."""
    first, last = first_and_last_day(programme, clock.today())
    parameters = [(name, str(value)) for name, value in request.GET.items()]
    return date_shown(request.GET.get("on"), today=last, first=first, last=last, parameters=parameters)


def on_query(dating: DateShown) -> str:
    """What a link carries to stay on the day shown; empty on the latest."""
    return "" if dating.is_today else f"?on={dating.on.isoformat()}"
