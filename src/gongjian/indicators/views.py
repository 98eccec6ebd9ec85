"""The catalogue, an indicator, and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.indicators.asking import Asked, asked, dating, sieve, which_rows
from gongjian.indicators.drawing import drawing, message
from gongjian.indicators.exporting import as_csv, as_xlsx
from gongjian.indicators.formulas import Computed
from gongjian.indicators.periods import PeriodKind, period_of
from gongjian.indicators.queries.evidence import Which, choices, computed_rows, rows_behind, table
from gongjian.indicators.queries.page import entries, page
from gongjian.indicators.targets import targets_of
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YTD, PeriodKind.YEAR, PeriodKind.R12, PeriodKind.THREE_YEARS)


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
        "may_open": _may_open(request, said),
    }
    return render(request, "indicators/indicator.html", shown)


def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The rows behind the figure, a page at a time."""
    said = asked(request, code)
    _require_open(request, said)
    formula = said.indicator.formula
    if isinstance(formula, Computed):
        found = computed_rows(formula, said.period, said.on)
        leaf = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
        return _rows_page(request, said, leaf, found.titles, leaf.object_list, ())
    which = which_rows(request)
    query = rows_behind(said.indicator, said.period, which, said.on).filter(sieve(request, said.indicator).q(said.indicator))
    leaf = Paginator(query, PAGE).get_page(request.GET.get("page"))
    titles, cells = table(said.indicator, list(leaf.object_list))
    return _rows_page(request, said, leaf, titles, cells, tuple(Which), which=which)


def export(request: HttpRequest, code: str, form: str) -> HttpResponse | StreamingHttpResponse:
    """Exactly the rows the page would show, all of them."""
    said = asked(request, code)
    _require_open(request, said)
    titles, cells = _whole_table(request, said)
    name = f"{said.indicator.code}-{said.period.code}.{form}".replace(":", "-")
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "csv":
        return StreamingHttpResponse(as_csv(titles, cells), content_type="text/csv; charset=utf-8", headers=disposition)
    return HttpResponse(as_xlsx(titles, cells), content_type=XLSX, headers=disposition)


def _whole_table(request: HttpRequest, said: Asked) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    formula = said.indicator.formula
    if isinstance(formula, Computed):
        found = computed_rows(formula, said.period, said.on)
        return found.titles, found.rows
    query = rows_behind(said.indicator, said.period, which_rows(request), said.on)
    return table(said.indicator, query.filter(sieve(request, said.indicator).q(said.indicator)))


def _rows_page(
    request: HttpRequest,
    said: Asked,
    leaf: Any,
    titles: Sequence[str],
    cells: Iterable[Sequence[Any]],
    tabs: Sequence[Which],
    which: Which | None = None,
) -> HttpResponse:
    chosen = dict(sieve(request, said.indicator).parts)
    filters = [(split, choices(said.indicator, said.period, split.name), chosen.get(split.name, "")) for split in said.indicator.splits]
    shown = {
        "asked": said,
        "dating": said.dating,
        "leaf": leaf,
        "titles": titles,
        "cells": list(cells),
        "which": which,
        "filters": filters,
        "chosen": chosen,
        "tabs": [{"title": tab.words(), "url": f"{said.query}&which={tab.value}", "active": tab is which} for tab in tabs],
        "parameters": request.GET.urlencode(),
    }
    return render(request, "indicators/rows.html", shown)


def _periods(said: Asked) -> list[dict[str, Any]]:
    """The kinds of period one can change to, each as it lies about the day shown."""
    formula = said.indicator.formula
    defined = formula.periods if isinstance(formula, Computed) else frozenset(PeriodKind)
    titles = {
        PeriodKind.MONTH: _("本月"),
        PeriodKind.QUARTER: _("本季"),
        PeriodKind.YTD: _("本年累计"),
        PeriodKind.YEAR: _("全年"),
        PeriodKind.R12: _("滚动十二个月"),
        PeriodKind.THREE_YEARS: _("三年"),
    }
    here = reverse("indicators:indicator", args=[said.indicator.code])
    found = [(kind, period_of(kind, said.on)) for kind in KINDS if kind in defined]
    day = "" if said.dating.is_today else f"&on={said.on.isoformat()}"
    return [{"title": titles[kind], "url": f"{here}?period={one.code}{day}", "active": one == said.period} for kind, one in found]


def _split(request: HttpRequest, said: Asked) -> str:
    name = request.GET.get("by", "")
    return name if said.indicator.split(name) else ""


def _may_open(request: HttpRequest, said: Asked) -> bool:
    return may(request.user, Permission.PLAN_VIEW if said.indicator.open_rows else Permission.REPORT_VIEW)


def _require_open(request: HttpRequest, said: Asked) -> None:
    require(request.user, Permission.PLAN_VIEW if said.indicator.open_rows else Permission.REPORT_VIEW)
    if isinstance(said.indicator.formula, Computed) and said.period.kind not in said.indicator.formula.periods:
        raise Http404
