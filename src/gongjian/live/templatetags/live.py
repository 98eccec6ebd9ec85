"""Values and ages as the live pages write them: ``{% load live %}``."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import floor, isfinite, log10

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.alarms.units import DIMENSIONLESS
from gongjian.telemetry.moments import from_seconds
from gongjian.ui.figures import MISSING, thousands

register = template.Library()
_DIGITS = 4  # significant ones
_MOST = 3  # places after the point


@register.filter
def measured(value: float | None) -> str:
    """A measured value with four significant digits, never fewer than are before the point; — for none."""
    if value is None or not isfinite(value):
        return MISSING
    if value == 0:
        return "0"
    places = min(max(_DIGITS - 1 - floor(log10(abs(value))), 0), _MOST)
    written = thousands(value, places)
    return written.rstrip("0").rstrip(".") if "." in written else written


@register.filter
def unit(words: str) -> str:
    """A unit behind a figure; nothing where there is no dimension."""
    return "" if words == DIMENSIONLESS else words


@register.filter
def ago(moment: datetime, at: datetime) -> str:
    """How long ago something was: 刚刚, 12 秒前, 5 分钟前, 3 小时前, 2 天前."""
    seconds = (at - moment) / timedelta(seconds=1)
    if seconds < 5:  # noqa: PLR2004 - nobody counts these
        return _("刚刚")
    for size, words in ((86_400, _("%d 天前")), (3600, _("%d 小时前")), (60, _("%d 分钟前")), (1, _("%d 秒前"))):
        if seconds >= size:
            return words % (seconds // size)
    return _("刚刚")


@register.filter
def short(moment: datetime) -> str:
    """10-31 09:05, without the year."""
    return f"{timezone.localtime(moment):%m-%d %H:%M}"


@register.filter
def second(moment: datetime | None) -> str:
    """2020-10-31 09:05:12; — for none."""
    return MISSING if moment is None else f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"


@register.filter
def moment(seconds: int) -> str:
    """A moment in seconds as 10-31 09:05."""
    return short(from_seconds(seconds))


@register.simple_tag(takes_context=True)
def with_rose(context: template.Context, code: str) -> str:
    """This page's address with another factor in the rose, every other parameter kept."""
    parameters = context["request"].GET.copy()
    parameters["rose"] = code
    return f"?{parameters.urlencode()}#roses"
