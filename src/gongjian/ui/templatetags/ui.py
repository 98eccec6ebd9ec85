"""Lights, figures and dates in templates: ``{% load ui %}``."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.utils.safestring import SafeString

from gongjian.ui import figures, lights
from gongjian.ui.map_row import map_rows, who
from gongjian.ui.pace import SIGNS, Pace, draw

register = template.Library()

register.filter("light", lights.light, is_safe=True)
register.filter("light_mark", lights.mark, is_safe=True)
register.filter("trend_strip", lights.strip, is_safe=True)
register.filter("share_bar", lights.share, is_safe=True)
register.filter("cn_date", figures.cn_date)
register.filter("iso", figures.iso)
register.filter("minute", figures.minute)
register.filter("thousands", figures.thousands)
register.filter("percent", figures.percent)
register.filter("degrees", figures.degrees)
register.filter("days_left", figures.days_left)
register.filter("days_left_words", figures.days_left_words)
register.filter("map_rows", map_rows)
register.filter("who", who)


@register.filter
def light_word(code: object) -> str:
    """The word of a light, for titles and plain text."""
    return str(lights.look_of(code).word)


@register.filter
def light_counts(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Every light with its number, worst first: ``{% for code, n in counts|light_counts %}``."""
    return [(look.code, int(counts.get(look.code, 0))) for look in lights.LOOKS]


@register.filter
def op_sign(op: str) -> str:
    """A comparison as printed: ≥ for >=."""
    return SIGNS[op]


@register.simple_tag
def pace_bar(
    value: float | None,
    target: float,
    pace: float | None = None,
    op: str = ">=",
    unit: str = "",
    light: str | None = None,
) -> SafeString:
    """A value against its target and its pace."""
    return draw(Pace(value, target, pace, op, unit, light))


@register.simple_tag
def atlas_tiles() -> str:
    """What the settings put under a map, as the JSON its script reads."""
    return json.dumps(settings.GONGJIAN_TILES.for_map(), ensure_ascii=False)


@register.filter
def as_json(value: object) -> str:
    """A value for a data attribute; the template escapes it."""
    return json.dumps(value, ensure_ascii=False)


@register.simple_tag(takes_context=True)
def page_url(context: template.Context, number: int, name: str = "page") -> str:
    """This page's address with another page number, every other parameter kept."""
    parameters = context["request"].GET.copy()
    parameters[name] = str(number)
    return f"?{parameters.urlencode()}"


@register.filter
def page_numbers(page: Page[object]) -> list[int | None]:
    """The page numbers worth a link around the present one; None stands for a gap."""
    return [
        number if isinstance(number, int) else None
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
