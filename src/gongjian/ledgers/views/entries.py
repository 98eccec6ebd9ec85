"""The page of an entry, and the forms that write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongjian.ledgers.actions import entries as actions
from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.fields import specs
from gongjian.ledgers.forms import leave_form, row_form
from gongjian.ledgers.happenings import offers
from gongjian.ledgers.queries.entry_page import entry_page
from gongjian.ledgers.registry import record_kinds
from gongjian.ledgers.views.dating import dating
from gongjian.ledgers.views.doors import UNPROCESSABLE, Attempt, attempt, crumbs, day_query, for_viewers, ledger_or_404, writable
from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now


@for_viewers
def entry(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """One entry on the day shown."""
    ledger = ledger_or_404(slug)
    found = _found(ledger, pk)
    shown = dating(request)
    page = entry_page(ledger, found, shown.on, past=not shown.is_today)
    context = {
        "ledger": ledger,
        "entry": found,
        "page": page,
        "dating": shown,
        "day": day_query(shown),
        "crumbs": _crumbs(ledger, found),
        "may_write": may(request.user, Permission.LEDGER_WRITE, departments=[found.department_id]),
        "may_record": record_kinds(slug) if may(request.user, Permission.RECORD_WRITE) else [],
        "offers": offers(found.pk, request.user) if page.inside and shown.is_today else [],
        "tabs_kinds": page.kinds,
    }
    return render(request, "ledgers/entry.html", context)


@for_viewers
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A new entry: the form, and its sending."""
    ledger = ledger_or_404(slug)
    require(request.user, Permission.LEDGER_WRITE)
    departments = writable(request.user, Permission.LEDGER_WRITE)
    only = departments[0].pk if len(departments) == 1 else None
    form = row_form(ledger, request.POST or None, initial={"department": only, "valid_from": now().date()}, departments=departments)
    went = Attempt(status=UNPROCESSABLE if request.method == "POST" else 200)
    if request.method == "POST" and form.is_valid():
        went = attempt(request, lambda: actions.enter(ledger, form.values(), by=request.user, at=now()), "已登记。", form)  # type: ignore[arg-type] # signed in
        if went.done:
            return redirect("ledgers:entry", slug, went.result.pk)
    title = f"登记{ledger.title.removesuffix('台账')}"
    return _form(
        request, ledger, form, went, title=title, button="登记入账", crumbs=_crumbs(ledger), back=reverse("ledgers:entries", args=[slug])
    )


@for_viewers
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """New values for an entry: the form, and its sending."""
    ledger = ledger_or_404(slug)
    found = _found(ledger, pk)
    require(request.user, Permission.LEDGER_WRITE, departments=[found.department_id])
    departments = writable(request.user, Permission.LEDGER_WRITE)
    values = {name: getattr(found, name) for name in specs(ledger)} | {"department": found.department_id}
    form = row_form(ledger, request.POST or None, initial=values, departments=departments)
    went = Attempt(status=UNPROCESSABLE if request.method == "POST" else 200)
    if request.method == "POST" and form.is_valid():
        seen = _version(request, found.version)
        went = attempt(
            request,
            lambda: actions.amend(ledger, found, form.values(), version=seen, by=request.user, at=now()),  # type: ignore[arg-type] # signed in
            "已保存。",
            form,
        )
        if went.done:
            return redirect("ledgers:entry", slug, pk)
    return _form(
        request,
        ledger,
        form,
        went,
        title=f"修改 {found}",
        button="保存修改",
        crumbs=_crumbs(ledger, found, linked=True),
        back=reverse("ledgers:entry", args=[slug, pk]),
        version=request.POST.get("version", found.version),
    )


@for_viewers
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Out of the ledger: when and why, and its sending."""
    ledger = ledger_or_404(slug)

    def act(found: Any, typed: dict[str, Any], seen: int) -> Any:
        return actions.withdraw(ledger, found, typed["on"], typed["reason"], version=seen, by=request.user, at=now())  # type: ignore[arg-type] # signed in

    return _leaving(request, ledger, pk, act, dated=True, words=("退出台账", "退出台账", "已退出台账。"))


@for_viewers
@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Back into the ledger: why, and its sending."""
    ledger = ledger_or_404(slug)

    def act(found: Any, typed: dict[str, Any], seen: int) -> Any:
        return actions.restore(ledger, found, typed["reason"], version=seen, by=request.user, at=now())  # type: ignore[arg-type] # signed in

    return _leaving(request, ledger, pk, act, dated=False, words=("恢复入账", "恢复入账", "已恢复入账。"))


def _leaving(
    request: HttpRequest,
    ledger: Ledger,
    pk: int,
    act: Callable[[Any, dict[str, Any], int], Any],
    *,
    dated: bool,
    words: tuple[str, str, str],
) -> HttpResponseBase:
    found = _found(ledger, pk)
    require(request.user, Permission.LEDGER_WRITE, departments=[found.department_id])
    title, button, done = words
    form = leave_form(request.POST or None, dated=dated)
    went = Attempt(status=UNPROCESSABLE if request.method == "POST" else 200)
    if request.method == "POST" and form.is_valid():
        seen = _version(request, found.version)
        went = attempt(request, lambda: act(found, form.cleaned_data, seen), done)
        if went.done:
            return redirect("ledgers:entry", ledger.slug, pk)
    context = {
        "title": f"{title}：{found}",
        "lede": "条目、记录和历史都保留，随时可以恢复。" if dated else "退出的登记作废，条目回到台账内。",
        "button": button,
        "danger": dated,
        "form": form,
        "refusal": went.refusal,
        "crumbs": _crumbs(ledger, found, linked=True),
        "back": reverse("ledgers:entry", args=[ledger.slug, pk]),
        "version": request.POST.get("version", found.version),
    }
    return render(request, "ledgers/leave.html", context, status=went.status)


def _form(request: HttpRequest, ledger: Ledger, form: forms.Form, went: Attempt, **context: Any) -> HttpResponse:
    return render(request, "ledgers/form.html", {"table": ledger, "form": form, "refusal": went.refusal} | context, status=went.status)


def _found(ledger: Ledger, pk: int) -> Any:
    return get_object_or_404(ledger.model.objects.select_related("department", "enterprise", "entered_by"), pk=pk, kind=ledger.slug)


def _version(request: HttpRequest, present: int) -> int:
    """The version that was looked at, as the form sent it; 0, which is none, where it sent nonsense."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else 0 if sent else present


def _crumbs(ledger: Ledger, found: Any = None, *, linked: bool = False) -> Any:
    path = [("台账", reverse("ledgers:catalogue")), (ledger.title, reverse("ledgers:entries", args=[ledger.slug]))]
    if found is not None:
        path.append((str(found), reverse("ledgers:entry", args=[ledger.slug, found.pk]) if linked else ""))
    return crumbs(*path)
