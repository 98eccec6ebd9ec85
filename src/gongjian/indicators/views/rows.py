"""The rows behind a figure, to be read, filtered and exported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from gongjian.documents.workbook import write_csv
from gongjian.indicators.exporting import as_xlsx
from gongjian.indicators.formulas import Computed
from gongjian.indicators.queries.evidence import Which, choices, computed_rows, rows_behind, table
from gongjian.indicators.views.asking import Asked, asked, require_open, sieve, which_rows

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The rows behind the figure, a page at a time."""
    said = asked(request, code)
    require_open(request.user, said)
    _require_defined(said)
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
    require_open(request.user, said)
    _require_defined(said)
    titles, cells = _whole_table(request, said)
    name = f"{said.indicator.code}-{said.period.code}.{form}".replace(":", "-")
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "csv":
        return StreamingHttpResponse(write_csv(titles, cells), content_type="text/csv; charset=utf-8", headers=disposition)
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
        "tabs": [{"title": tab.words(said.indicator), "url": f"{said.query}&which={tab.value}", "active": tab is which} for tab in tabs],
        "parameters": request.GET.urlencode(),
    }
    return render(request, "indicators/rows.html", shown)


def _require_defined(said: Asked) -> None:
    """There are no rows of a period the figure is not defined for."""
    if isinstance(said.indicator.formula, Computed) and said.period.kind not in said.indicator.formula.periods:
        raise Http404
