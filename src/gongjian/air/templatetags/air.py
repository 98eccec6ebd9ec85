"""Means and their doubts in templates: ``{% load air %}``."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongjian.air import telling
from gongjian.standards.air.levels import Level
from gongjian.standards.air.pollutants import Pollutant
from gongjian.standards.statistic import Statistic

register = template.Library()
register.filter("doubts", telling.doubts)


@register.filter
def mean(value: float | None, pollutant: Pollutant) -> str:
    """A mean as it is written for its pollutant."""
    return telling.written(value, pollutant)


@register.filter
def judged(figure: Statistic | None, pollutant: Pollutant) -> SafeString:
    """A figure in a table: hatched with its reasons where it is not valid, — where there is none."""
    if figure is None or figure.value is None:
        return SafeString('<span class="missing">—</span>')
    words = telling.written(figure.value, pollutant)
    if figure.valid:
        return format_html("{}", words)
    why = telling.doubts(figure)
    return format_html('<span class="doubtful" title="{}">{}<span class="unseen">（{}）</span></span>', why, words, why)


@register.filter
def is_doubtful(figure: Statistic) -> bool:
    """Whether a figure is there but not valid."""
    return figure.value is not None and not figure.valid


@register.inclusion_tag("air/parts/levels.html")
def levels() -> dict[str, object]:
    """What the colours of the sheet of days mean."""
    return {"levels": list(Level)}
