"""How a period stands now, computed and not kept."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.assessment.freezing import items_of, terms_of
from gongjian.assessment.queries.grading import live, term_of
from gongjian.assessment.queries.opened import open_items
from gongjian.assessment.queries.ranking_page import live_ranking, place_words
from gongjian.assessment.queries.seeing import sight_of
from gongjian.assessment.views.asking import period_called, tabs
from gongjian.people.permissions import Forbidden
from gongjian.trail.clock import now


@login_required
def ranking(request: HttpRequest, code: str) -> HttpResponse:
    """The ranking as it would be today."""
    sight, period, today = sight_of(None, request.user), period_called(code), now().date()
    said, found = live(period, today)
    shown = {
        "period": period,
        "as_of": term_of(period, today).on,
        "terms": terms_of(said),
        "groups": live_ranking(found, sight),
        "sight": sight,
        "tabs": tabs("live"),
    }
    return render(request, "assessment/live.html", shown)


@login_required
def score(request: HttpRequest, code: str, department: int) -> HttpResponse:
    """One department's score as it would be today, opened to its rows."""
    sight, period, today = sight_of(None, request.user), period_called(code), now().date()
    if not sight.covers(department):
        msg = "实时得分只能看本部门的；各部门的得分在公布之后都能看。"
        raise Forbidden(msg)
    said, found = live(period, today)
    one = next((one for one in found if one.department.pk == department), None)
    if one is None:
        raise Http404
    place = place_words(one.place.standing, one.place.rank, one.place.tied, whole=sight.whole)
    shown = {
        "period": period,
        "as_of": term_of(period, today).on,
        "terms": terms_of(said),
        "department": one.department,
        "group": one.group,
        "total": one.score.total,
        "sample": one.score.sample,
        "place": place,
        "among": one.place.among,
        "items": open_items(one.score.items),
        "summary": items_of(one.score.items),
        "every_row": True,
    }
    return render(request, "assessment/live_score.html", shown)
