"""Looking a ledger through and finding nothing to change: who did, for which department, and its sending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongjian.ledgers.actions import registers
from gongjian.ledgers.forms import confirm_form
from gongjian.ledgers.queries.holding import held_for, touched_last
from gongjian.ledgers.views.doors import UNPROCESSABLE, Attempt, attempt, crumbs, for_viewers, ledger_or_404, writable
from gongjian.people.models import Department
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now, today
from gongjian.ui.figures import cn_date


@for_viewers
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The form and its sending; whoever writes for several departments says for which."""
    ledger = ledger_or_404(slug)
    require(request.user, Permission.LEDGER_WRITE)
    holding = held_for(ledger, writable(request.user, Permission.LEDGER_WRITE))
    form = confirm_form(request.POST or None, holding)
    went = Attempt(status=UNPROCESSABLE if request.method == "POST" else 200)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        went = attempt(
            request,
            lambda: registers.confirm(ledger, said["department"], said["note"], by=request.user, at=now()),  # type: ignore[arg-type] # signed in
            f"已记下：今天核对过{ledger.title}，没有变化。",
        )
        if went.done:
            return redirect("ledgers:entries", slug)
    back = reverse("ledgers:entries", args=[slug])
    context = {
        "form": form,
        "refusal": went.refusal or ("" if holding else f"{ledger.title}里没有您所在部门主管的条目，无须核对。"),
        "title": "核对台账",
        "lede": _lede(ledger.title, holding, touched_last(slug, today())),
        "button": "核对无误",
        "back": back,
        "crumbs": crumbs(("台账", reverse("ledgers:catalogue")), (ledger.title, back)),
    }
    return render(request, "ledgers/leave.html", context, status=went.status)


def _lede(title: str, holding: Sequence[Department], last: date | None) -> str:
    whose = f"{holding[0]}主管的条目" if len(holding) == 1 else "条目"
    before = f"上次更新或核对是 {cn_date(last)}。" if last else "还没有更新或核对过。"
    return f"逐条看过{title}里{whose}、没有要改的，就在这里记一笔，台账即视为今天更新过。{before}"
