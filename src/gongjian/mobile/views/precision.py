"""Precision enforcement: tomorrow's list, the companies, and what the scores rest on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongjian.documents.workbook import Column, Kind, Page, write_book
from gongjian.mobile.queries.precision import Company, Listed, companies, latest_run, streets, tomorrow
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.clock import today

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABS = {"vehicles": "明日检查车辆", "companies": "重点单位", "grounds": "评分依据"}


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
        "tabs": [{"title": _(title), "url": f"?show={name}", "active": name == show} for name, title in TABS.items()],
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
    return told % {
        "checks": tried["checks"],
        "chosen": tried["chosen"],
        "found": tried["chosen_found"],
        "low": tried["low"],
        "high": tried["high"],
    }


def _vehicles(listed: list[Listed]) -> Page:
    titles = (_("序号"), _("号牌号码"), _("所属单位"), _("街道（镇）"), _("选取方式"), _("理由"), _("上次检查"))
    rows = [
        (number, one.score.vehicle.code, _firm(one), _street(one), _("随机") if one.at_random else _("精准"), one.words, one.last_check)
        for number, one in enumerate(listed, 1)
    ]
    kinds: tuple[Kind, ...] = ("number", "text", "text", "text", "text", "text", "date")
    return Page(_("明日检查车辆"), tuple(Column(title, kind) for title, kind in zip(titles, kinds, strict=True)), rows)


def _companies(found: list[Company]) -> Page:
    titles = (_("单位"), _("街道（镇）"), _("柴油等有尾气车辆数"), _("全部检查预计查实数"), _("平均水平的倍数"))
    kinds: tuple[Kind, ...] = ("text", "text", "number", "number", "number")
    rows = [(one.enterprise.name, one.enterprise.street, one.vehicles, round(one.expected, 1), round(one.times, 2)) for one in found]
    return Page(_("重点单位"), tuple(Column(title, kind) for title, kind in zip(titles, kinds, strict=True)), rows)


def _firm(one: Listed) -> str:
    return one.score.vehicle.enterprise.name if one.score.vehicle.enterprise else ""


def _street(one: Listed) -> str:
    return one.score.vehicle.enterprise.street if one.score.vehicle.enterprise else ""
