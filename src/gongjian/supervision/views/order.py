"""One order: its page, the step to take, the document on paper."""

from __future__ import annotations

import secrets

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongjian.cases.uploading import pieces
from gongjian.kernel.flows import Step
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.supervision.actions.evidencing import attach
from gongjian.supervision.actions.stepping import take
from gongjian.supervision.flow import ORDER, PROVEN
from gongjian.supervision.forms import OrderStepForm
from gongjian.supervision.models import Order, OrderState
from gongjian.supervision.queries.concerning import concerned
from gongjian.supervision.queries.file import WAY, next_steps, order_file
from gongjian.supervision.queries.proven import is_proven
from gongjian.supervision.queries.since import taken, what_happened
from gongjian.supervision.views.asking import asker, seen_order
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt


@login_required
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything known of an order, and what can be done next by whom."""
    return _page(request, seen_order(request, pk))


@login_required
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The order as a document on A4."""
    found = seen_order(request, pk)
    return render(request, "supervision/paper.html", {"order": found, "file": order_file(found)})


@login_required
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a step: the form is what the flow requires. The same form sent twice is told that it is done."""
    found = seen_order(request, pk)
    if name not in {known.name for known in ORDER.steps}:
        raise Http404
    if taken(found, name, request.POST.get("token", "")):
        return redirect("supervision:order", pk=pk)
    arrow = next((arrow for arrow in ORDER.open_from(OrderState(found.state)) if arrow.name == name), None)
    if arrow is None:
        return _page(request, found, Refusal(what_happened(found)))
    require(request.user, Permission(arrow.permission), departments=concerned(found))
    initial = {"token": secrets.token_hex(16), "version": found.version}
    form = OrderStepForm(request.POST or None, request.FILES or None, arrow=arrow, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, found, arrow, form)
    refusal = attempt(request, lambda: _take(request, found, name, form), _("已办理：%s。") % arrow.words())
    if refusal and not taken(found, name, form.cleaned_data["token"]):
        return _form_page(request, seen_order(request, pk), arrow, form, refusal)
    return redirect("supervision:order", pk=pk)


def _page(request: HttpRequest, found: Order, refusal: Refusal | None = None) -> HttpResponse:
    at, told = now(), order_file(found)
    steps = next_steps(found, asker(request), at.date())
    mine = {option.name for option in steps if option.may}
    strikable = {piece.pk for piece in told.evidence if piece.struck_at is None and piece.round == found.round and piece.step in mine}
    shown = {"file": told, "order": found, "at": at, "refusal": refusal, "way": WAY, "options": steps, "strikable": strikable}
    return render(request, "supervision/order.html", shown, status=409 if refusal else 200)


def _form_page(
    request: HttpRequest, found: Order, arrow: Step[OrderState], form: OrderStepForm, refusal: Refusal | None = None
) -> HttpResponse:
    unproven = arrow.name in {"answer", PROVEN} and not is_proven(found)
    shown = {"order": found, "arrow": arrow, "form": form, "refusal": refusal, "unproven": unproven, "at": now()}
    return render(request, "supervision/step.html", shown, status=409 if refusal else 200)


def _take(request: HttpRequest, found: Order, name: str, form: OrderStepForm) -> None:
    """First the evidence, which stays given whatever becomes of the step; then the step."""
    by, at, typed = asker(request), now(), form.cleaned_data
    if given := pieces(typed, (), lambda: secrets.token_hex(16)):
        attach(found, name, given, by=by, at=at)
    take(found, name, form.carried(), by=by, at=at, version=typed["version"], token=typed["token"])
