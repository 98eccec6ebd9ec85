"""My work (我的工作): a department's bench, the coordinating office's desk."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.people.permissions import held_posts, may, reach, require
from gongjian.people.roles import Permission
from gongjian.plans.queries.board import board
from gongjian.plans.queries.programmes import programmes
from gongjian.plans.queries.work import bench, desk
from gongjian.supervision.queries.mine import orders_for
from gongjian.trail.clock import now
from gongjian.web.showing import chosen, shown


@login_required
def work(request: HttpRequest) -> HttpResponse:
    """What is due, what came back, what is next, for the person who is signed in."""
    require(request.user, Permission.PLAN_VIEW)
    every = programmes()
    if not every:
        return render(request, "web/no_plan.html")
    programme = chosen(every, request.GET.get("programme", ""))
    dating = shown(request, programme)
    whole = board(programme, dating.last)
    own = reach(request.user, Permission.REPORT_WRITE).departments
    found: dict[str, Any] = {"programme": programme, "on": dating.last, "posts": held_posts(request.user)}
    if (mine := orders_for(request.user)).total:
        found |= {"orders": mine, "at": now()}
    if own:
        found |= {"bench": bench(whole, own, dating.last)}
    if may(request.user, Permission.REPORT_REVIEW):
        found |= {"desk": desk(whole, dating.last)}
    return render(request, "web/work.html", found)
