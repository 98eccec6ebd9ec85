"""Where one begins: the list of orders; and the rules by which they are issued."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.people.permissions import held_posts, may, reach, require
from gongjian.people.queries import departments
from gongjian.people.roles import Permission
from gongjian.supervision.detecting.registry import detectors, find_detector
from gongjian.supervision.models import Colour, LadderRung, OrderRule, OrderState, Wait
from gongjian.supervision.queries.sifting import LOOKS, order_sieve, sifted, tallied
from gongjian.supervision.views.asking import asker
from gongjian.trail.clock import now

PAGE = 50  # orders of one page of the list


@login_required
def orders(request: HttpRequest) -> HttpResponse:
    """Every order this person may see, narrowed and by pages; those of one's own department first."""
    require(request.user, Permission.ORDER_VIEW)
    at = now()
    sieve = order_sieve({name: str(value) for name, value in request.GET.items()})
    found, own = reach(request.user, Permission.ORDER_VIEW), {post.department_id for post in held_posts(request.user) if post.department_id}
    page = Paginator(sifted(found, sieve, at, own), PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "orders": list(page.object_list),
        "at": at,
        "sieve": sieve,
        "tally": tallied(found, at),
        "states": [*LOOKS.items(), *((state.value, state.label) for state in OrderState)],
        "colours": [(colour.value, colour.label) for colour in Colour],
        "departments": [(str(one.pk), one.name) for one in departments()] if found.everywhere else [],
    }
    return render(request, "supervision/orders.html", _frame(request, "orders") | shown)


@login_required
def rules(request: HttpRequest) -> HttpResponse:
    """The rules and the ladder as they are kept, in words; changed in the back room."""
    require(request.user, Permission.ORDER_VIEW)
    today = now().date()
    kinds, every = [one.slug for one in detectors()], OrderRule.objects.all()
    told = [
        (rule, find_detector(rule.kind).words(rule.after), rule.in_force(today))
        for rule in sorted(every, key=lambda rule: kinds.index(rule.kind))
    ]
    ladder = sorted(LadderRung.objects.all(), key=lambda rung: list(Wait).index(Wait(rung.wait)))
    rungs = [(rung, rung.in_force(today)) for rung in ladder]
    shown = {"rules": told, "rungs": rungs, "may_change": may(asker(request), Permission.ORDER_RULE)}
    return render(request, "supervision/rules.html", _frame(request, "rules") | shown)


def _frame(request: HttpRequest, here: str) -> dict[str, Any]:
    """The tabs of these pages, and whether one may issue an order."""
    places = (("orders", _("督办单")), ("rules", _("规则与升级")))
    tabs = [{"title": title, "url": reverse(f"supervision:{name}"), "active": name == here} for name, title in places]
    return {"tabs": tabs, "may_issue": may(request.user, Permission.ORDER_ISSUE)}
