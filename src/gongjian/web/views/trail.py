"""The log (操作日志), and whether it is as it was written."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail import queries
from gongjian.web.verbs import VERBS

PAGE = 100


@login_required
def trail(request: HttpRequest) -> HttpResponse:
    """The newest events first, a page at a time; verification on demand."""
    require(request.user, Permission.TRAIL_VIEW)
    before = request.GET.get("before", "")
    events = queries.newest(PAGE + 1, before=int(before) if before.isdecimal() else None)
    verification = queries.verify() if "verify" in request.GET else None
    return render(
        request,
        "web/trail.html",
        {
            "events": events[:PAGE],
            "older": events[PAGE - 1].pk if len(events) > PAGE else None,
            "verification": verification,
            "verbs": VERBS,
        },
    )
