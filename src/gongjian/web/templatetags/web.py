"""The battle map's row, and small words of this room's pages: ``{% load web %}``."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongjian.kernel.months import Month
from gongjian.plans.lights import Light
from gongjian.plans.models import ReportStep
from gongjian.plans.queries.board import Holder, Row
from gongjian.trail.models import Event
from gongjian.ui import figures, lights
from gongjian.web import telling
from gongjian.web.showing import Shown

register = template.Library()


@register.simple_tag
def map_row(row: Row, dating: Shown) -> SafeString:
    """One measure on the map: a hundred of these make a page, so it is built without a template."""
    return format_html(
        '<li class="measure is-{light}" id="m-{key}"><details class="why"><summary>{word}</summary><div class="why-body">'
        '<ul>{why}</ul></div></details><span class="weeks">{weeks}</span><a class="digest" href="{href}"><span class="key">{key}</span>'
        '<span class="text">{title}</span></a><span class="who" title="{all}">{lead}{support}</span>'
        '<span class="due"><span>{due}</span>{left}</span>{bar}</li>',
        light=row.light.value,
        key=row.key,
        word=lights.light(row.light),
        why=_reasons(row),
        weeks=lights.strip(row.trend),
        href=f"{reverse('web:measure', args=[row.measure])}{dating.query}",
        title=row.title,
        all=_everyone(row),
        lead=_holders(row.lead, "b", "lead"),
        support=_holders(row.support, "span", "support"),
        due=row.deadline.text or row.deadline.code(),
        left=figures.days_left(row.due, dating.on) if row.due and row.light is not Light.BLUE else "",
        bar=_measured(row),
    )


def _measured(row: Row) -> SafeString:
    """How much of what the measure promises can be told from data; nothing where it promises nothing that could."""
    verdict = row.judged.verdict
    if not verdict.of:
        return SafeString("")
    return format_html('<span class="bar">考核点 {} / {} 有数据</span>', verdict.of - verdict.without_data, verdict.of)


def _reasons(row: Row) -> SafeString:
    verdict = row.judged.verdict
    said = [(lights.mark(verdict.light), reason) for reason in verdict.reasons]
    if verdict.without_data:
        said.append((lights.mark("grey"), f"{verdict.of} 个考核点中 {verdict.without_data} 个尚无数据来源"))
    return format_html_join("", "<li>{}<span>{}</span></li>", said)


def _holders(holders: Iterable[Holder], tag: str, role: str) -> SafeString:
    return format_html_join("", f'<{tag} class="{role}">{{}}</{tag}>', ((holder.short,) for holder in holders))


def _everyone(row: Row) -> str:
    support = names(row.support)
    return f"牵头：{names(row.lead)}" + (f"；协办：{support}" if support else "")


@register.filter
def names(holders: Iterable[Holder]) -> str:
    """Names in one line."""
    return "、".join(holder.name for holder in holders)


@register.filter
def and_on(dating: Shown) -> str:
    """What a link with other parameters carries to stay on the day shown."""
    return "" if dating.is_today else f"&on={dating.on.isoformat()}"


@register.filter
def month_words(month: Month) -> str:
    """2020年9月."""
    return month.words()


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
