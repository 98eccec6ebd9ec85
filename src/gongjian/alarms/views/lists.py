"""The lists: alarms, findings of data quality."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.alarms.engine.verdicts import Sort
from gongjian.alarms.queries.outlets import factors_with_alarms, outlets_seen
from gongjian.alarms.queries.sifting import FINDING_LOOKS, LOOKS, AlarmSieve, counted, sieve_of, sifted, sifted_findings
from gongjian.alarms.severity import Severity
from gongjian.alarms.states import AlarmState, FindingState
from gongjian.alarms.views.asking import tabs
from gongjian.people.permissions import reach, require
from gongjian.people.roles import Permission
from gongjian.standards.quality.catalogue import DETECTORS
from gongjian.trail.clock import now

PAGE = 50  # rows of one page


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The alarms this person may see: what waits for somebody first, the worst first."""
    require(request.user, Permission.ALARM_VIEW)
    sieve, seen = _sieve(request), reach(request.user, Permission.ALARM_VIEW)
    page = Paginator(sifted(seen, sieve), PAGE).get_page(request.GET.get("page"))
    counts = counted(seen)
    figures = [(severity, severity.label, counts.get(severity, 0)) for severity in Severity]
    shown = {
        "page": page,
        "counts": counts,
        "figures": figures,
        "at": now(),
        "states": [*LOOKS.items(), *AlarmState.choices],
        "severities": Severity.choices,
        "sorts": [(sort.value, sort.label) for sort in Sort],
        "factors": [(factor.code, factor.name) for factor in factors_with_alarms(seen)],
    }
    return render(request, "alarms/list.html", _frame(request, "list", sieve) | shown)


@login_required
def findings(request: HttpRequest) -> HttpResponse:
    """What looks wrong in the data, with what each kind of finding means."""
    require(request.user, Permission.ALARM_VIEW)
    sieve, seen = _sieve(request), reach(request.user, Permission.ALARM_VIEW)
    page = Paginator(sifted_findings(seen, sieve), PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "states": [*FINDING_LOOKS.items(), *FindingState.choices],
        "detectors": DETECTORS,
    }
    return render(request, "alarms/quality.html", _frame(request, "quality", sieve) | shown)


def _sieve(request: HttpRequest) -> AlarmSieve:
    return sieve_of({name: str(value) for name, value in request.GET.items()})


def _frame(request: HttpRequest, here: str, sieve: AlarmSieve) -> dict[str, Any]:
    outlets = [(str(one.pk), str(one)) for one in outlets_seen(reach(request.user, Permission.ALARM_VIEW))]
    return {"tabs": tabs(here), "sieve": sieve, "outlets": outlets}
