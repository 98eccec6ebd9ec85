"""Scores in words and bars: ``{% load assessment %}``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongjian.assessment.queries.ranking_page import Line
from gongjian.assessment.scoring import Outcome, RowScore
from gongjian.ui.figures import MISSING

register = template.Library()
WIDTH = 120  # of a bar, in its own units
SHADES = MappingProxyType({Outcome.KEPT: "green", Outcome.PARTLY: "amber", Outcome.BROKEN: "red", Outcome.UNJUDGED: "grey"})
STATES = MappingProxyType({"draft": "grey", "objecting": "amber", "published": "green", "superseded": "grey", "dropped": "grey"})
WAITING = MappingProxyType({"open": "amber", "proposed": "amber", "accepted": "green", "rejected": "grey"})
ADDRESSES: Mapping[str, Callable[[list[str], date], str]] = MappingProxyType(
    {
        "measure": lambda parts, on: f"{reverse('web:measure', args=[int(parts[0])])}?on={on}",
        "report": lambda parts, _on: reverse("web:report", args=[int(parts[0]), parts[1]]),
        "case": lambda parts, _on: reverse("cases:case", args=[int(parts[0])]),
        "order": lambda parts, _on: reverse("supervision:order", args=[int(parts[0])]),
    }
)


@register.filter
def points(value: Decimal | str | None) -> str:
    """Points with two decimals; — where there are none."""
    return MISSING if value is None else f"{Decimal(value):.2f}"


@register.filter
def cost(row: RowScore) -> str:
    """What a row cost, rounded; empty where it cost nothing."""
    return f"−{float(row.cost):.2f}" if row.cost else ""


@register.filter
def counted(row: RowScore) -> str:
    """What a row counted for, in words."""
    if row.credit is None:
        return _("不计")
    return f"{float(row.credit * 100):g}%"


@register.filter
def share(value: Fraction | None) -> str:
    """A share as per cent."""
    return MISSING if value is None else f"{float(value * 100):.1f}%"


@register.filter
def outcome_badge(row: RowScore) -> SafeString:
    """How a row came out, as a badge."""
    return format_html('<span class="badge badge-{}">{}</span>', SHADES[row.row.outcome], row.row.outcome.word)


@register.filter
def state_shade(state: str) -> str:
    """The shade of an assessment's state."""
    return STATES.get(state, "grey")


@register.filter
def objection_shade(state: str) -> str:
    """The shade of an objection's state."""
    return WAITING.get(state, "grey")


@register.filter
def of_item(line: Line, kind: str) -> str:
    """A department's points in one item; — where it was left out."""
    item = line.of(kind)
    return points(item["points"]) if item else MISSING


@register.filter
def row_url(row: RowScore, on: date) -> str:
    """Where the thing behind a row can be read, as it stood on the day."""
    noun, *parts = row.row.about.split(":")
    return ADDRESSES[noun](parts, on) if noun in ADDRESSES else ""


@register.simple_tag
def score_bar(got: Decimal | str | None, out_of: Decimal | str | float = 100) -> SafeString:
    """Points as a bar; the number stands beside it."""
    if got is None or not float(out_of):
        return format_html('<span class="missing">{}</span>', MISSING)
    words = _("得 %(got)s 分，满分 %(full)s 分") % {"got": points(got), "full": f"{float(out_of):g}"}
    return format_html(
        '<svg class="pace score-bar" viewBox="0 0 {} 12" preserveAspectRatio="none" role="img" aria-label="{}"><title>{}</title>'
        '<rect class="pace-track" y="3" width="{}" height="7"/><rect class="pace-value" y="3" width="{}" height="7"/></svg>',
        WIDTH,
        words,
        words,
        WIDTH,
        f"{WIDTH * float(got) / float(out_of):.1f}",
    )
