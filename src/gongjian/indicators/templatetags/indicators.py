"""Readings on a page: ``{% load indicators %}``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongjian.indicators.grammar import Indicator
from gongjian.indicators.periods import Period
from gongjian.indicators.reading import Reading
from gongjian.indicators.standing import Standing
from gongjian.ui import figures

register = template.Library()


@register.filter
def figure(reading: Reading | None, digits: int = 1) -> SafeString:
    """The value in a cell: hatched with its reason where not valid, a dash with its reason where missing."""
    if reading is None:
        return SafeString("")
    why = "；".join(reading.reasons)
    if reading.value is None:
        return format_html('<span class="missing" title="{}">{}</span>', why, figures.MISSING)
    written = figures.thousands(reading.value, digits)
    return format_html("{}", written) if reading.valid else format_html('<span class="unsure" title="{}">{}</span>', why, written)


@register.filter
def when(indicator: Indicator, period: Period) -> str:
    """What a figure for a period is said to be of."""
    return indicator.when(period)


@register.filter
def change(standing: Standing, digits: int = 1) -> str:
    """This period less the same a year before, with its sign; a dash where one of them is missing."""
    if standing.reading.value is None or standing.past.value is None:
        return figures.MISSING
    return f"{standing.reading.value - standing.past.value:+,.{digits}f}"


@register.filter
def cell(value: Any) -> str:
    """One value of a record."""
    if value is None or value == "":
        return figures.MISSING
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return figures.thousands(value, 1) if isinstance(value, float) and not value.is_integer() else str(value)
