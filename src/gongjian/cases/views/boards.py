"""Where one begins: the board, the list, the columns, the statistics."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.cases.models import State
from gongjian.cases.queries.board import board as board_of
from gongjian.cases.queries.sifting import LOOKS, Sieve, columns, fetched, sieve_of, sifted
from gongjian.cases.queries.statistics import BY, statistics
from gongjian.cases.registry import kinds
from gongjian.cases.views.asking import asker
from gongjian.people.permissions import may, reach, require
from gongjian.people.queries import departments
from gongjian.people.roles import Permission
from gongjian.trail.clock import now

PAGE = 50  # cases of one page of the list


@login_required
def board(request: HttpRequest) -> HttpResponse:
    """What waits for me today, what is late, what is about to be."""
    require(request.user, Permission.CASE_VIEW)
    at = now()
    found = board_of(asker(request), at)
    counts = [(state, State(state).label, number) for state, number in found.counts.items()]
    return render(request, "cases/board.html", _frame(request, "board") | {"board": found, "counts": counts, "at": at})


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every case this person may see, narrowed and by pages."""
    require(request.user, Permission.CASE_VIEW)
    at, sieve = now(), _sieve(request)
    found = sifted(reach(request.user, Permission.CASE_VIEW), sieve, at)
    page = Paginator(found.values_list("pk", flat=True), PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "cases": fetched(list(page.object_list)), "at": at}
    return render(request, "cases/list.html", _frame(request, "list") | _filters(sieve) | shown)


@login_required
def by_state(request: HttpRequest) -> HttpResponse:
    """The open cases as columns by state."""
    require(request.user, Permission.CASE_VIEW)
    at, sieve = now(), _sieve(request)
    found = columns(reach(request.user, Permission.CASE_VIEW), sieve, at)
    lanes = [(column, f"{reverse('cases:list')}?{sieve.query(state=column.state)}") for column in found]
    return render(request, "cases/columns.html", _frame(request, "columns") | _filters(sieve) | {"lanes": lanes, "at": at})


@login_required
def tallies(request: HttpRequest) -> HttpResponse:
    """How many, how punctually, how quickly, how lastingly, by kind, department or street."""
    require(request.user, Permission.CASE_VIEW)
    today = now().date()
    first, last = _day(request.GET.get("first"), date(today.year, 1, 1)), _day(request.GET.get("last"), today)
    by = request.GET.get("by", "kind")
    by = by if by in BY else "kind"
    note = ""
    if last < first or last - first > timedelta(3660):
        note = _("起止日期颠倒或超过十年，已改为今年以来。")
        first, last = date(today.year, 1, 1), today
    rows = statistics(reach(request.user, Permission.CASE_VIEW), first, last, by)
    shown = {"rows": rows, "first": first, "last": last, "by": by, "by_title": BY[by], "ways": BY.items(), "note": note}
    return render(request, "cases/statistics.html", _frame(request, "statistics") | shown)


def _sieve(request: HttpRequest) -> Sieve:
    return sieve_of({name: str(value) for name, value in request.GET.items()})


def _day(said: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(said or "")
    except ValueError:
        return otherwise


def _frame(request: HttpRequest, here: str) -> dict[str, Any]:
    """The tabs of these pages, and whether one may enter a problem."""
    places = (("board", _("待我办理")), ("list", _("清单")), ("columns", _("看板")), ("statistics", _("统计")), ("rules", _("立案规则")))
    tabs = [{"title": title, "url": reverse(f"cases:{name}"), "active": name == here} for name, title in places]
    return {"tabs": tabs, "may_find": may(request.user, Permission.CASE_FIND)}


def _filters(sieve: Sieve) -> dict[str, Any]:
    every = list(departments())
    return {
        "sieve": sieve,
        "kinds": [(kind.slug, kind.title) for kind in kinds()],
        "states": [*LOOKS.items(), *((state.value, state.label) for state in State)],
        "departments": [(str(one.pk), one.name) for one in every],
        "streets": [one.name for one in every if one.kind in {"street", "town"}],
    }
