"""Precision enforcement: tomorrow's list, the companies, and what the scores rest on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from gongjian.documents.workbook import Column, Kind, Page, write_book
from gongjian.mobile.queries.precision import Company, Listed, companies, latest_run, streets, tomorrow
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.clock import today

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHOSEN = {True: _("随机"), False: _("精准")}
TABS = {"vehicles": _("明日检查车辆"), "companies": _("重点单位"), "grounds": _("评分依据")}


def precision(request: HttpRequest) -> HttpResponse:
    """The list, or with ``?show=`` the companies or the grounds."""
    require(request.user, Permission.LEDGER_VIEW)
    run = latest_run(today() + timedelta(1))
    show = request.GET.get("show", "")
    show = show if show in TABS else "vehicles"
    street = request.GET.get("street", "")[:32]
    context = {
        "run": run,
        "rate": 100 * run.rate if run else None,
        "uplift_words": _uplift_words(run.uplift) if run and run.uplift else "",
        "show": show,
        "street": street,
        "streets": streets() if run else [],
        "tabs": [{"title": title, "url": f"?show={name}", "active": name == show} for name, title in TABS.items()],
        "listed": tomorrow(run, street=street) if run and show == "vehicles" else [],
        "companies": companies(run, street=street) if run and show == "companies" else [],
    }
    return render(request, "mobile/precision.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook for the road."""
    require(request.user, Permission.LEDGER_VIEW)
    run = latest_run(today() + timedelta(1))
    street = request.GET.get("street", "")[:32]
    pages = [_vehicles(tomorrow(run, street=street) if run else []), _companies(companies(run, street=street) if run else [])]
    name = f"precision-{run.on if run else today()}.xlsx"
    return HttpResponse(write_book(pages), content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _uplift_words(tried: dict[str, Any]) -> str:
    """What the figure rests on: checks at random that the score had not learnt from."""
    if not tried["ratio"] or not tried["low"]:
        return ""
    told = _("留出最近三个月随机检查 %(checks)s 次作检验：按评分取前 %(chosen)s 次，查实 %(found)s 次；95%% 区间 %(low).1f—%(high).1f 倍")
    return str(told) % {
        "checks": tried["checks"],
        "chosen": tried["chosen"],
        "found": tried["chosen_found"],
        "low": tried["low"],
        "high": tried["high"],
    }


VEHICLE_COLUMNS: tuple[tuple[object, Kind], ...] = (
    (_("序号"), "number"),
    (_("号牌号码"), "text"),
    (_("所属单位"), "text"),
    (_("街道（镇）"), "text"),
    (_("选取方式"), "text"),
    (_("预计查实可能（%）"), "number"),
    (_("平均水平的倍数"), "number"),
    (_("理由"), "text"),
    (_("上次检查"), "date"),
)
COMPANY_COLUMNS: tuple[tuple[object, Kind], ...] = (
    (_("单位"), "text"),
    (_("街道（镇）"), "text"),
    (_("有尾气车辆数"), "number"),
    (_("全部检查预计查实数"), "number"),
    (_("平均水平的倍数"), "number"),
)


def _vehicles(listed: list[Listed]) -> Page:
    return Page(str(_("明日检查车辆")), _columns(VEHICLE_COLUMNS), [_row(number, one) for number, one in enumerate(listed, 1)])


def _row(number: int, one: Listed) -> tuple[Any, ...]:
    chance, chosen = round(100 * one.score.chance), str(_CHOSEN[one.at_random])
    return number, one.score.vehicle.code, _firm(one), _street(one), chosen, chance, round(one.times, 1), one.words, one.last_check


def _companies(found: list[Company]) -> Page:
    rows = [(one.enterprise.name, one.enterprise.street, one.vehicles, round(one.expected, 1), round(one.times, 2)) for one in found]
    return Page(str(_("重点单位")), _columns(COMPANY_COLUMNS), rows)


def _columns(named: tuple[tuple[object, Kind], ...]) -> tuple[Column, ...]:
    return tuple(Column(str(title), kind) for title, kind in named)


def _firm(one: Listed) -> str:
    return one.score.vehicle.enterprise.name if one.score.vehicle.enterprise else ""


def _street(one: Listed) -> str:
    return one.score.vehicle.enterprise.street if one.score.vehicle.enterprise else ""
