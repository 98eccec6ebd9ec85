"""The page of a record, and the forms that note, correct and strike it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongjian.ledgers.actions import records as actions
from gongjian.ledgers.declaration import RecordKind
from gongjian.ledgers.fields import specs
from gongjian.ledgers.forms import leave_form, row_form
from gongjian.ledgers.models import Record
from gongjian.ledgers.queries.cells import Names
from gongjian.ledgers.queries.facts import facts, learn
from gongjian.ledgers.queries.history import record_history
from gongjian.ledgers.registry import find_ledger
from gongjian.ledgers.views.doors import UNPROCESSABLE, Attempt, attempt, crumbs, for_viewers, records_or_404, writable
from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now


@for_viewers
def record(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """One record with its versions; an older version says which stands now."""
    kind = records_or_404(slug)
    row = _found(kind, pk)
    names = Names()
    learn(kind, [row], names)
    standing = kind.model._default_manager.filter(number=row.number, replaced_at=None).first()  # noqa: SLF001 - Django's public name
    context = {
        "kind": kind,
        "row": row,
        "entry": row.entry,
        "facts": facts(kind, row, names),
        "history": record_history(kind, row, names),
        "standing": standing,
        "crumbs": _crumbs(kind, row),
        "may_write": standing == row and may(request.user, Permission.RECORD_WRITE, departments=[row.department.pk]),
    }
    return render(request, "ledgers/record.html", context)


@for_viewers
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A new record: the form, and its sending."""
    kind = records_or_404(slug)
    require(request.user, Permission.RECORD_WRITE)
    departments = writable(request.user, Permission.RECORD_WRITE)
    only = departments[0].pk if len(departments) == 1 else None
    initial = {"department": only, "on": now().date(), "label": request.GET.get("label", "")[:64]}
    form = row_form(kind, request.POST or None, initial=initial, departments=departments)
    went = Attempt(status=UNPROCESSABLE if request.method == "POST" else 200)
    if request.method == "POST" and form.is_valid():
        went = attempt(request, lambda: actions.note(kind, form.values(), by=request.user, at=now()), "已登记。", form)  # type: ignore[arg-type] # signed in
        if went.done:
            return redirect("ledgers:record", slug, went.result.pk)
    context = {
        "table": kind,
        "form": form,
        "refusal": went.refusal,
        "title": f"登记{kind.title}",
        "button": "登记",
        "crumbs": _crumbs(kind),
        "back": reverse("ledgers:records", args=[slug]),
    }
    return render(request, "ledgers/form.html", context, status=went.status)


@for_viewers
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A correction: the form with its reason, and its sending."""
    kind = records_or_404(slug)
    row = _found(kind, pk)
    require(request.user, Permission.RECORD_WRITE, departments=[row.department.pk])
    values = {name: getattr(row, name) for name in specs(kind)} | {"department": row.department.pk}
    departments = writable(request.user, Permission.RECORD_WRITE)
    form = row_form(kind, request.POST or None, initial=values, departments=departments, without=["number"])
    why = leave_form(request.POST or None, dated=False)
    went = Attempt(status=UNPROCESSABLE if request.method == "POST" else 200)
    if request.method == "POST" and form.is_valid() and why.is_valid():
        reason = why.cleaned_data["reason"]
        went = attempt(request, lambda: actions.correct(kind, row, form.values(), reason, by=request.user, at=now()), "已更正。", form)  # type: ignore[arg-type] # signed in
        if went.done:
            return redirect("ledgers:record", slug, went.result.pk)
    context = {
        "table": kind,
        "form": form,
        "why": why,
        "refusal": went.refusal,
        "title": f"更正 {row}",
        "button": "保存更正",
        "crumbs": _crumbs(kind, row, linked=True),
        "back": reverse("ledgers:record", args=[slug, pk]),
    }
    return render(request, "ledgers/form.html", context, status=went.status)


@for_viewers
@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A record that should not be there: why, and its sending."""
    kind = records_or_404(slug)
    row = _found(kind, pk)
    require(request.user, Permission.RECORD_WRITE, departments=[row.department.pk])
    form = leave_form(request.POST or None, dated=False)
    went = Attempt(status=UNPROCESSABLE if request.method == "POST" else 200)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        went = attempt(request, lambda: actions.strike(kind, row, reason, by=request.user, at=now()), "已作废。")  # type: ignore[arg-type] # signed in
        if went.done:
            return redirect("ledgers:record", slug, pk)
    context = {
        "title": f"作废：{row}",
        "lede": "作废后不再计入统计，这一条和它的历史仍可查看。",
        "button": "作废这一条",
        "danger": True,
        "form": form,
        "refusal": went.refusal,
        "crumbs": _crumbs(kind, row, linked=True),
        "back": reverse("ledgers:record", args=[slug, pk]),
    }
    return render(request, "ledgers/leave.html", context, status=went.status)


def _found(kind: RecordKind, pk: int) -> Any:
    rows = kind.model._default_manager.select_related("department", "entry", "entered_by")  # type: ignore[misc] # noqa: SLF001 - every kind has an entry
    return get_object_or_404(rows, pk=pk)


def _crumbs(kind: RecordKind, row: Record | None = None, *, linked: bool = False) -> Any:
    ledger = find_ledger(kind.ledger)
    path = [
        ("台账", reverse("ledgers:catalogue")),
        (ledger.title, reverse("ledgers:entries", args=[ledger.slug])),
        (kind.title, reverse("ledgers:records", args=[kind.slug])),
    ]
    if row is not None:
        path.append((str(row), reverse("ledgers:record", args=[kind.slug, row.pk]) if linked else ""))
    return crumbs(*path)
