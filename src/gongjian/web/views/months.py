"""A month as a whole: who has not reported; exported, reminded, frozen."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.notices.queries import sent_keys
from gongjian.people.permissions import may, reach, require
from gongjian.people.queries import departments
from gongjian.people.roles import Permission
from gongjian.plans.actions import freezing
from gongjian.plans.actions.reminding import nudge
from gongjian.plans.models import Programme
from gongjian.plans.queries.frozen import frozen_months
from gongjian.plans.queries.monthly import Overview, month_in_hand, nudge_key, overview, reported_months
from gongjian.plans.queries.programmes import programmes
from gongjian.plans.queries.reports import due_days
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt
from gongjian.web.exporting import XLSX, month_as_xlsx
from gongjian.web.showing import chosen, shown
from gongjian.web.views.report_page import asker

_ACTS = {"remind": "已发送催报消息。", "freeze": "月份已封存，未报的已经记录在案。", "unfreeze": "月份已解封，未报的部门会收到提醒。"}


@login_required
def months(request: HttpRequest) -> HttpResponse:
    """The month one asks about today."""
    require(request.user, Permission.REPORT_VIEW)
    every = programmes()
    if not every:
        return render(request, "web/no_plan.html")
    programme = chosen(every, request.GET.get("programme", ""))
    return redirect(_address(programme, month_in_hand(programme, shown(request, programme).last)))


@login_required
def month(request: HttpRequest, month: Month) -> HttpResponse:
    """Who has reported and who has not, by department and measure; as a workbook with ``?form=xlsx``."""
    seen = _seen(request, month)
    if request.GET.get("form") == "xlsx":
        name = content_disposition_header(as_attachment=True, filename=f"月报报送情况-{month}.xlsx") or ""
        return HttpResponse(month_as_xlsx(seen), content_type=XLSX, headers={"Content-Disposition": name})
    return _page(request, seen)


@login_required
@require_POST
def act(request: HttpRequest, month: Month, act: str) -> HttpResponse:
    """Remind the departments named by ``department`` (or all that owe), freeze the month, or lift the freeze with a ``reason``."""
    if act not in _ACTS:
        raise Http404
    seen = _seen(request, month)
    reason = request.POST.get("reason", "")
    if refusal := attempt(request, lambda: _do(request, act, seen, reason), _ACTS[act]):
        return _page(request, seen, refusal=refusal, reason=reason)
    return redirect(_address(seen.programme, month))


def _do(request: HttpRequest, act: str, seen: Overview, reason: str) -> object:
    by, at = asker(request), now()
    if act == "freeze":
        return freezing.freeze(seen.programme, seen.month, by=by, at=at)
    if act == "unfreeze":
        return freezing.unfreeze(seen.programme, seen.month, reason, by=by, at=at)
    asked = [int(number) for number in request.POST.getlist("department") if number.isdecimal() and len(number) < len("9" * 18)]
    owing = asked or [number for share in seen.shares if share.silent for number in share.departments]
    return nudge(seen.programme, seen.month, list(departments().filter(pk__in=owing)), by=by, at=at)


def _seen(request: HttpRequest, month: Month) -> Overview:
    require(request.user, Permission.REPORT_VIEW)
    programme = chosen(programmes(), request.GET.get("programme", ""))
    on = shown(request, programme).last
    if month not in due_days(programme) or month not in reported_months(programme, on):
        msg = f"{month.words()}不在这份计划已经开始填报的月份内。"
        raise Http404(msg)
    return overview(programme, month, on, reach(request.user, Permission.REPORT_VIEW))


def _page(request: HttpRequest, seen: Overview, *, refusal: Refusal | None = None, reason: str = "") -> HttpResponse:
    key = nudge_key(seen.programme, seen.month, now().date())
    told = sent_keys([f"{key}:{number}" for share in seen.shares for number in share.departments])
    reviews = may(request.user, Permission.REPORT_REVIEW)
    context: dict[str, Any] = {
        "programme": seen.programme,
        "seen": seen,
        "shares": [(share, all(f"{key}:{number}" in told for number in share.departments)) for share in seen.shares],
        "months": reported_months(seen.programme, seen.on),
        "frozen": frozen_months(seen.programme),
        "everywhere": reach(request.user, Permission.REPORT_VIEW).everywhere,
        "reminds": reviews and seen.freeze is None,
        "freezes": may(request.user, Permission.REPORT_FREEZE) and seen.freeze is None and seen.is_over,
        "unfreezes": may(request.user, Permission.REPORT_UNFREEZE) and seen.freeze is not None,
        "own_freeze": seen.freeze is not None and seen.freeze.by_id == asker(request).pk,
        "reason": reason,
        "refusal": refusal,
    }
    return render(request, "web/month.html", context, status=409 if refusal else 200)


def _address(programme: Programme, month: Month) -> str:
    return f"{reverse('web:month', args=[month])}?programme={quote(programme.slug)}"
