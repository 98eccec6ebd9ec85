"""The rules by which records become cases: which there are, which are used, what they made."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.cases.actions.arising import FARTHEST, stop_rule, use_rule
from gongjian.cases.forms import RuleForm
from gongjian.cases.queries.arising import rules_seen
from gongjian.cases.views.asking import asker
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now, today
from gongjian.ui.asking import attempt


@login_required
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule in words."""
    return _page(request)


@login_required
@require_POST
def use(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a rule into use from a day."""
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _page(request, Refusal(" ".join(map(str, form.errors["since"]))))
    since = form.cleaned_data["since"]
    words = _("规则已启用，一分钟内开始按它立案。")
    refusal = attempt(request, lambda: use_rule(slug, since, by=asker(request), at=now()), words)
    return _page(request, refusal) if refusal else redirect("cases:rules")


@login_required
@require_POST
def stop(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop a rule."""
    refusal = attempt(request, lambda: stop_rule(slug, by=asker(request), at=now()), _("规则已停用，已经立案的继续办理。"))
    return _page(request, refusal) if refusal else redirect("cases:rules")


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    require(request.user, Permission.CASE_VIEW)
    day = today()
    shown = {
        "rules": rules_seen(),
        "may_rule": may(request.user, Permission.CASE_RULES),
        "may_find": may(request.user, Permission.CASE_FIND),
        "refusal": refusal,
        "today": day,
        "earliest": day - FARTHEST + timedelta(1),
    }
    return render(request, "cases/rules.html", shown, status=409 if refusal else 200)
