"""Entering a found problem: which kind, then what, where and when, with photos; handed over at once where one may."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.cases.actions.finding import Finding, find_problem
from gongjian.cases.actions.stepping import take
from gongjian.cases.declaration import CaseKind
from gongjian.cases.forms import BY_RULE, FindingForm, KindForm
from gongjian.cases.models import Case, Finder, State
from gongjian.cases.queries.routing import recipient
from gongjian.cases.registry import find_kind, kinds
from gongjian.cases.uploading import pieces
from gongjian.cases.views.asking import asker
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.models import Entry
from gongjian.people.models import Department
from gongjian.people.permissions import may, reach, require
from gongjian.people.queries import departments
from gongjian.people.roles import Permission
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt

PREFILLED = {"title": 80, "description": 600}  # characters


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Choose the kind where there are several, then fill in the finding; ``?entry=`` is the ledger's entry it is about.

    ``?title=`` and ``?description=`` stand in the form to begin with.
    """
    require(request.user, Permission.CASE_FIND)
    entry = _entry(request)
    fitting = [kind for kind in kinds() if not kind.ledgers or (entry and entry.kind in kind.ledgers)]
    asked = request.GET.get("kind", "") or (fitting[0].slug if len(fitting) == 1 else "")
    if not asked:
        form = KindForm()
        form.fields["kind"].choices = [(kind.slug, kind.title) for kind in fitting]  # type: ignore[attr-defined]
        return render(request, "cases/new_kind.html", {"form": form, "kinds": fitting, "entry": entry})
    try:
        kind = find_kind(asked)
    except Refusal as refusal:
        return render(
            request, "cases/new_kind.html", {"form": KindForm(), "kinds": fitting, "entry": entry, "refusal": refusal}, status=404
        )
    return _entering(request, kind, entry)


def _entering(request: HttpRequest, kind: CaseKind, entry: Entry | None) -> HttpResponse:
    origins = _origins(request)
    hands_over = may(request.user, Permission.CASE_HAND_OVER)
    form = FindingForm(
        request.POST or None,
        request.FILES or None,
        kind=kind,
        origins=origins,
        may_hand_over=hands_over,
        initial=_initial(kind, entry) | _said(request),
    )
    made: list[Case] = []
    refusal = None
    if request.method == "POST" and form.is_valid():
        refusal = attempt(request, lambda: made.append(_enter(request, kind, entry, origins, form)), _("问题已登记。"))
        if refusal is None:
            _hand_over(request, kind, made[0], form.cleaned_data.get("hand_to", ""))
            return redirect("cases:case", pk=made[0].pk)
    shown = {"form": form, "kind": kind, "entry": entry, "refusal": refusal}
    return render(request, "cases/new.html", shown, status=409 if refusal else 200)


def _enter(request: HttpRequest, kind: CaseKind, entry: Entry | None, origins: list[Department], form: FindingForm) -> Case:
    typed = dict(form.cleaned_data)
    by, at = asker(request), now()
    chosen = typed.get("origin")
    origin = next((one for one in origins if str(one.pk) == chosen), origins[0] if origins else None)
    fields = ("level", "title", "description", "found_at", "finder", "found_by", "street", "address", "lon", "lat")
    said: dict[str, Any] = {name: typed[name] for name in fields}
    finding = Finding(kind=kind.slug, entry=entry, origin=origin, **said)
    given = pieces(typed, kind.needs("find"), lambda: secrets.token_hex(16), by=by, at=at)
    return find_problem(finding, by=by, at=at, pieces=given, token=typed["token"])


def _hand_over(request: HttpRequest, kind: CaseKind, case: Case, to: str) -> None:
    """Hand it over at once where that was asked for; what stands against it is said, the finding stays."""
    if not to or case.state != State.FOUND:
        return
    ledger = case.entry.kind if case.entry else ""
    department = recipient(kind, case.street, ledger) if to == BY_RULE else departments().filter(pk=to).first()
    if department is None:
        messages.warning(request, _("这种类型没有确定的受理部门，问题留在“待移交”，请选择部门移交。"))
        return
    try:
        take(case, "hand_over", {"department": department}, by=asker(request), at=now(), version=case.version)
    except Refusal as refusal:
        messages.warning(request, str(refusal))


def _initial(kind: CaseKind, entry: Entry | None) -> dict[str, Any]:
    found = {"found_at": timezone.localtime(now()), "finder": Finder.PERSON, "level": kind.levels[0].slug, "token": secrets.token_hex(16)}
    place = {"street": entry.street, "address": entry.address, "lon": entry.lon, "lat": entry.lat} if entry else {}
    return {**found, "hand_to": BY_RULE, **place}


def _said(request: HttpRequest) -> dict[str, str]:
    """What a page that leads here says of the finding already: it stands in the form, to be read and changed."""
    return {name: said[:most] for name, most in PREFILLED.items() if (said := request.GET.get(name, "").replace("\0", ""))}


def _origins(request: HttpRequest) -> list[Department]:
    """The departments one may enter a problem for; none for those who find everywhere."""
    found = reach(request.user, Permission.CASE_FIND)
    return [] if found.everywhere else list(departments().filter(pk__in=found.departments))


def _entry(request: HttpRequest) -> Entry | None:
    asked = request.GET.get("entry", "")
    if not asked:
        return None
    require(request.user, Permission.LEDGER_VIEW)
    return get_object_or_404(Entry, pk=int(asked) if asked.isdecimal() and len(asked) < len("9" * 18) else 0)
