"""The catalogue, and the page of one indicator."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongjian.indicators.drawing import drawing, message
from gongjian.indicators.formulas import Computed
from gongjian.indicators.periods import PeriodKind, period_of
from gongjian.indicators.queries.page import entries, page
from gongjian.indicators.targets import targets_of
from gongjian.indicators.views.asking import Asked, asked, dating, may_open
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import require
from gongjian.people.roles import Permission

TITLES = {
    PeriodKind.MONTH: _("本月"),
    PeriodKind.QUARTER: _("本季"),
    PeriodKind.YTD: _("本年累计"),
    PeriodKind.YEAR: _("全年"),
    PeriodKind.R12: _("滚动十二个月"),
    PeriodKind.THREE_YEARS: _("三年"),
}

TITLES_OF_A_DAY = {  # what holds is told of the end of each
    PeriodKind.YTD: _("当日"),
    PeriodKind.MONTH: _("本月末"),
    PeriodKind.QUARTER: _("本季末"),
    PeriodKind.YEAR: _("本年末"),
}


def catalogue(request: HttpRequest) -> HttpResponse:
    """Every indicator with how it stands on the day shown."""
    require(request.user, Permission.PLAN_VIEW)
    shown = dating(request)
    found = entries(shown.on)
    groups = [(name, list(each)) for name, each in groupby(found, key=lambda entry: entry.indicator.group)]
    return render(request, "indicators/catalogue.html", {"groups": groups, "total": len(found), "dating": shown})


def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: figure, chart, targets, parts, provenance."""
    require(request.user, Permission.PLAN_VIEW)
    said = asked(request, code)
    try:
        seen = page(said.indicator, said.period, said.on, _split(request, said), targets_of(code, said.on))
    except Refusal as refusal:  # a period this figure is not defined for
        return render(request, "indicators/refused.html", {"asked": said, "dating": said.dating, "refusal": str(refusal)}, status=422)
    shown = {
        "asked": said,
        "page": seen,
        "dating": said.dating,
        "chart": drawing(seen).svg(),
        "message": message(seen),
        "months": list(zip(seen.months_past, [*seen.months, *[None] * (12 - len(seen.months))], strict=True)),
        "periods": _periods(said),
        "may_open": may_open(request.user, said),
    }
    return render(request, "indicators/indicator.html", shown)


def _periods(said: Asked) -> list[dict[str, Any]]:
    """The kinds of period one can change to, each as it lies about the day shown."""
    formula = said.indicator.formula
    defined = formula.periods if isinstance(formula, Computed) else frozenset(PeriodKind)
    here = reverse("indicators:indicator", args=[said.indicator.code])
    titles = TITLES_OF_A_DAY if said.indicator.is_stock else TITLES
    found = [(kind, period_of(kind, said.on)) for kind in titles if kind in defined]
    day = "" if said.dating.is_today else f"&on={said.on.isoformat()}"
    return [{"title": titles[kind], "url": f"{here}?period={one.code}{day}", "active": one == said.period} for kind, one in found]


def _split(request: HttpRequest, said: Asked) -> str:
    name = request.GET.get("by", "")
    return name if said.indicator.split(name) else ""
