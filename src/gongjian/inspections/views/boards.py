"""Where one begins: my tasks, my department's, the month; and the list of all."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.inspections.models import Duty, TaskState
from gongjian.inspections.queries.board import KINDS, LOOKS, board, fetched, sieve_of, sifted, strip
from gongjian.inspections.views.asking import asker, frame
from gongjian.kernel.months import Month
from gongjian.people.permissions import require
from gongjian.people.queries import departments
from gongjian.people.roles import Permission
from gongjian.trail.clock import now

PAGE = 50  # tasks of one page of the list


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What I have to do and to confirm, what my department has open, overdue first; the month by days."""
    require(request.user, Permission.TASK_VIEW)
    on, user = now().date(), asker(request)
    month = Month.of(on)
    shown = {"board": board(user, on), "days": strip(user, month, on), "month": month, "on": on}
    return render(request, "inspections/mine.html", frame(request, "mine") | shown)


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every task this person may see, narrowed and by pages."""
    require(request.user, Permission.TASK_VIEW)
    on, sieve = now().date(), sieve_of({name: str(value) for name, value in request.GET.items()})
    page = Paginator(sifted(asker(request), sieve, on).values_list("pk", flat=True), PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "tasks": fetched(list(page.object_list)),
        "on": on,
        "sieve": sieve,
        "states": [*LOOKS.items(), *((state.value, state.label) for state in TaskState)],
        "kinds": KINDS.items(),
        "departments": [(str(one.pk), one.name) for one in departments()],
        "duties": [(str(pk), title) for pk, title in Duty.objects.order_by("title").values_list("pk", "title")],
    }
    return render(request, "inspections/list.html", frame(request, "list") | shown)
