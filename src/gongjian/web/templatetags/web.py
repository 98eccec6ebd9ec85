"""The battle map's row, and small words of this room's pages: ``{% load web %}``."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from gongjian.indicators.registry import known
from gongjian.inspections.queries.duties import duty_called
from gongjian.kernel.months import Month
from gongjian.notices.queries import subject_title
from gongjian.plans.models import ReportStep
from gongjian.plans.planfile.model import Commitment, CommitmentKind
from gongjian.plans.planfile.sameness import FieldChange
from gongjian.plans.queries.board import Holder, Row
from gongjian.plans.titles import indicator_title
from gongjian.trail.models import Event
from gongjian.ui.dating import DateShown
from gongjian.ui.map_row import MapRow, map_rows
from gongjian.ui.pace import Pace
from gongjian.web import telling
from gongjian.web.showing import on_query

register = template.Library()
TURNS = {"down": "<", "up": ">"}


@register.filter
def on_the_wall(rows: Iterable[Row], dating: DateShown) -> SafeString:
    """The lines of one task of the map on the day shown."""
    return map_rows(_map_row(row, dating) for row in rows)


def _map_row(row: Row, dating: DateShown) -> MapRow:
    return MapRow(
        key=row.key,
        url=f"{reverse('web:measure', args=[row.measure])}{on_query(dating)}",
        digest=row.title,
        light=row.light.value,
        on=dating.on,
        due_words=row.deadline.words(),
        due=row.due,
        lead=tuple(holder.short for holder in row.lead),
        support=tuple(holder.short for holder in row.support),
        weeks=tuple(light and light.value for light in row.trend),
        reasons=_reasons(row),
        bar=_bar(row, dating),
        opens=_opens(row, dating),
    )


def _opens(row: Row, dating: DateShown) -> tuple[tuple[str, str], ...]:
    """The indicators behind the light, by name, with their pages."""
    codes = dict.fromkeys(measured.promised.promise.indicator for measured in row.readings)
    return tuple((indicator_title(code), indicator_url(code, dating)) for code in codes)


def indicator_url(code: str, dating: DateShown) -> str:
    """The page of an indicator on the day shown."""
    return f"{reverse('indicators:indicator', args=[code])}{on_query(dating) or f'?on={dating.on.isoformat()}'}"


def _bar(row: Row, dating: DateShown) -> Pace | None:
    """The first commitment that has a value, on its way to its target or against its past."""
    for measured in row.readings:
        promise, reading = measured.promised.promise, measured.reading
        if reading.value is None or not reading.valid:
            continue
        if promise.kind is CommitmentKind.TREND and reading.past is not None and promise.direction in TURNS:
            return Pace(reading.value, reading.past, None, TURNS[promise.direction], promise.unit, measured.verdict.light.value)
        if promise.kind is CommitmentKind.TARGET and promise.value is not None:
            now = promise.value * _gone(row, dating) if reading.cumulative else None
            return Pace(reading.value, promise.value, now, promise.op, promise.unit, measured.verdict.light.value)
    return None


def _gone(row: Row, dating: DateShown) -> float:
    """The share of the measure's time gone by."""
    end = row.due or dating.on.replace(month=12, day=31)
    return min(1.0, dating.on.timetuple().tm_yday / end.timetuple().tm_yday)


@register.simple_tag(takes_context=True)
def indicator_link(context: template.Context, code: str) -> str:
    """The address of an indicator's page on the day shown; empty while nobody computes it."""
    return indicator_url(code, context["dating"]) if code and known([code]) else ""


@register.simple_tag
def duty_link(promise: Commitment) -> str:
    """The address of the duty that fulfils a duty commitment; empty while nobody entered one. One query for each of these."""
    if promise.kind is not CommitmentKind.DUTY or (found := duty_called(promise.what, promise.every)) is None:
        return ""
    return reverse("inspections:duty", args=[found.pk])


def _reasons(row: Row) -> tuple[tuple[str, str], ...]:
    verdict = row.judged.verdict
    said = tuple((verdict.light.value, reason) for reason in verdict.reasons)
    missing = f"{verdict.of} 个考核点中 {verdict.without_data} 个尚无数据来源"
    return (*said, ("grey", missing)) if verdict.without_data else said


@register.filter
def names(holders: Iterable[Holder]) -> str:
    """Names in one line."""
    return "、".join(holder.name for holder in holders)


@register.filter
def and_on(dating: DateShown) -> str:
    """What a link with other parameters carries to stay on the day shown."""
    return on_query(dating).replace("?", "&")


@register.filter
def month_words(month: Month) -> str:
    """2020年9月."""
    return month.words()


register.filter("on_query", on_query)
register.filter("verb", telling.verb)
register.filter("change_words", telling.change_words)
register.filter("promise_title", telling.promise_title)
register.filter("promise_kind", telling.promise_kind)


@register.filter
def told(events: Iterable[Event]) -> list[telling.Told]:
    """Events of the log as a history."""
    return [telling.event_told(event) for event in events]


@register.filter
def steps_told(steps: Iterable[ReportStep]) -> list[telling.Told]:
    """A report's steps as a history, the latest on top."""
    return telling.newest_first(map(telling.step_told, steps))


@register.filter
def report_shade(state: str) -> str:
    """The shade of a report's state badge."""
    return telling.SHADES[str(state)]


@register.filter
def diff_rows(changes: Iterable[FieldChange]) -> list[dict[str, str]]:
    """Changed fields as the diff component takes them."""
    return [{"name": change.title, "before": change.before, "after": change.after} for change in changes]


@register.filter
def fate_words(fate: str) -> str:
    """What becomes of a measure of a document, in Chinese."""
    return {"new": "新增", "attached": "补上原文", "changed": "有变动", "moved": "次序移动", "unchanged": "不变"}[fate]


register.filter("subject_title", subject_title)
