"""Keeping and dropping ways to look at a list."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions import saved_views as actions
from gongjian.ledgers.declaration import RecordKind
from gongjian.ledgers.forms import ViewForm
from gongjian.ledgers.models import SavedView
from gongjian.ledgers.queries.asking import asked
from gongjian.ledgers.registry import find
from gongjian.ledgers.views.doors import attempt, for_viewers
from gongjian.trail.clock import now, today


@for_viewers
@require_POST
def save(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Keep the list as it is shown, under a name."""
    try:
        table = find(slug)
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    form = ViewForm(request.POST)
    typed = form.cleaned_data if form.is_valid() else {}
    wanted = asked(table, dict(parse_qsl(typed.get("query", ""))), today())
    went = attempt(
        request,
        lambda: actions.save_view(wanted, typed.get("title", ""), shared=typed.get("shared", False), by=request.user, at=now()),  # type: ignore[arg-type] # signed in
        "视图已保存，列在上方。",
    )
    if went.refusal:
        messages.error(request, went.refusal)
    return redirect(f"{_list(table.slug, records=isinstance(table, RecordKind))}?{wanted.query()}")


@for_viewers
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Drop one's own."""
    view = get_object_or_404(SavedView.objects.select_related("user"), pk=pk)
    table = find(view.table)
    attempt(request, lambda: actions.drop_view(view, by=request.user, at=now()), f"视图“{view}”已删去。")  # type: ignore[arg-type] # signed in
    return redirect(_list(table.slug, records=isinstance(table, RecordKind)))


def _list(slug: str, *, records: bool) -> str:
    return reverse("ledgers:records" if records else "ledgers:entries", args=[slug])
