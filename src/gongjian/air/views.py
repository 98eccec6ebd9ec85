"""The air's pages: each reads its query and shows it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.air import pictures, telling
from gongjian.air.queries import profiles as profile_queries
from gongjian.air.queries import trend as trend_queries
from gongjian.air.queries import year as year_queries
from gongjian.air.showing import Shown, shown
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.standards.air.attainment import verdict
from gongjian.standards.air.pollutants import Pollutant
from gongjian.trail.clock import today

View = Callable[[HttpRequest], HttpResponse]
Page = Callable[[HttpRequest, Shown, date], HttpResponse]
MEANS = (Pollutant.PM25, Pollutant.PM10, Pollutant.SO2, Pollutant.NO2)  # judged by a mean, so with a limit to leave room to


def page(show: Page) -> View:
    """A page about a year that has data; otherwise one that says what is missing and how to begin."""

    @wraps(show)
    def view(request: HttpRequest) -> HttpResponse:
        require(request.user, Permission.PLAN_VIEW)
        asked = shown({name: str(value) for name, value in request.GET.items()}, today())
        if asked is None or asked.through is None:
            return render(request, "air/nothing.html", {"shown": asked, "simulated": False, "dating": asked and asked.dating})
        return show(request, asked, asked.through)

    return view


@page
def glance(request: HttpRequest, asked: Shown, through: date) -> HttpResponse:
    """The year at a glance: every day's index, and what exceeded."""
    seen = year_queries.glance(asked.station, asked.year, through, as_of=asked.as_of)
    figures = year_queries.year_figures(asked.station, asked.year, through, as_of=asked.as_of)
    title = telling.glance_words(seen)
    return _render(
        request,
        "air/glance.html",
        asked,
        title,
        seen=seen,
        span=telling.span_words(asked.year, through),
        judged=seen.tally.attained + seen.tally.exceeded,
        ratio=None if seen.tally.ratio is None else 100 * seen.tally.ratio,
        figures=[(pollutant, name, telling.said(figure, pollutant)) for pollutant, (name, figure) in figures.items()],
        calendar=pictures.calendar(title, seen),
        primaries=pictures.primaries(seen),
        counted=seen.tally.primary.most_common(),
        listed=[(day, index, verdict(index)) for day, index in seen.indices.items()],
    )


@page
def days_csv(request: HttpRequest, asked: Shown, through: date) -> HttpResponse:  # noqa: ARG001 - the page's signature
    """The days of the year at a glance, as a table for Excel."""
    seen = year_queries.glance(asked.station, asked.year, through, as_of=asked.as_of)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="aqi-{asked.station.code}-{asked.year}.csv"'
    table = csv.writer(response)
    table.writerow([_("日期"), "AQI", _("类别"), _("首要污染物"), _("判定"), _("缺少"), _("标准")])
    for day, index in seen.indices.items():
        level = index.level.label if index.level else ""
        table.writerow([day, index.value, level, "、".join(index.primary), verdict(index), "、".join(index.missing), index.method])
    return response


@page
def trend(request: HttpRequest, asked: Shown, through: date) -> HttpResponse:
    """One pollutant against last year, the three-year mean and its limit."""
    pollutant = asked.pollutant if asked.pollutant in MEANS else Pollutant.PM25
    seen = trend_queries.trend(asked.station, pollutant, asked.year, through, as_of=asked.as_of)
    title = telling.trend_words(seen)
    return _render(
        request,
        "air/trend.html",
        asked,
        title,
        seen=seen,
        span=telling.span_words(asked.year, through),
        so_far=telling.said(seen.so_far, pollutant),
        before=telling.said(seen.before, pollutant),
        three_years=telling.said(seen.three_years, pollutant),
        room=telling.room_words(seen),
        chart=pictures.trend(title, seen),
        rows=pictures.trend_rows(seen),
        columns=pictures.trend_years(seen),
        choices=_choices(asked, MEANS, pollutant),
    )


@page
def months(request: HttpRequest, asked: Shown, through: date) -> HttpResponse:
    """The months of the year, each mean with its validity."""
    rows = year_queries.months(asked.station, asked.year, through, as_of=asked.as_of)
    return _render(request, "air/months.html", asked, telling.months_words(rows), rows=rows, pollutants=list(Pollutant))


@page
def profiles(request: HttpRequest, asked: Shown, through: date) -> HttpResponse:
    """When in the day and in the week a pollutant is high."""
    span = (asked.station, asked.pollutant, date(asked.year, 1, 1), through)
    hours = profile_queries.diurnal(*span, as_of=asked.as_of)
    weekdays = profile_queries.weekly(*span, as_of=asked.as_of)
    whole, *_seasons = profile_queries.SEASONS
    title = telling.profile_words(asked.pollutant, hours[whole], weekdays[whole])
    return _render(
        request,
        "air/profiles.html",
        asked,
        title,
        seasons=list(hours),
        hours_chart=pictures.hours(title, asked.pollutant, hours),
        week_chart=pictures.week(title, asked.pollutant, weekdays[whole]),
        hour_rows=[(place + 1, [hours[season][place] for season in hours]) for place in range(24)],
        week_rows=[(name, [weekdays[season][place] for season in weekdays]) for place, name in enumerate(telling.WEEKDAYS)],
        choices=_choices(asked, tuple(Pollutant), asked.pollutant),
    )


def _render(request: HttpRequest, template: str, asked: Shown, title: str, **context: Any) -> HttpResponse:
    """A page in the frame, with its tabs and years; real data, so without the mark of simulation."""
    tabs = [
        {"title": words, "url": reverse(name) + asked.address(), "active": request.path == reverse(name)}
        for name, words in (
            ("air:glance", _("一年概览")),
            ("air:trend", _("浓度变化")),
            ("air:months", _("逐月与有效性")),
            ("air:profiles", _("日内与周内规律")),
        )
    ]
    years = [{"title": _("%d年") % year, "url": asked.address(year=str(year)), "active": year == asked.year} for year in asked.years]
    shared = {"simulated": False, "dating": asked.dating, "shown": asked, "title": title, "tabs": tabs, "years": years}
    return render(request, template, shared | context)


def _choices(asked: Shown, among: tuple[Pollutant, ...], chosen: Pollutant) -> list[dict[str, Any]]:
    return [{"title": each.value, "url": asked.address(pollutant=each.value), "active": each is chosen} for each in among]
