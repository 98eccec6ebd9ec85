"""Distances and directions in words: ``{% load fieldwork %}``."""

from __future__ import annotations

from django import template
from django.urls import reverse

from gongjian.fieldwork.errands import Errand
from gongjian.fieldwork.models import Sending
from gongjian.fieldwork.ordering import far_words, wind
from gongjian.kernel.geometry import Point, distance_km

register = template.Library()
register.filter("far_words", far_words)


@register.simple_tag
def how_far(here: Point | None, there: Point | None) -> str:
    """Direction and distance; empty where either place is not known."""
    return f"{wind(here, there)} {far_words(distance_km(here, there))}" if here and there else ""


@register.filter
def done_at(errand: Errand) -> str:
    """The address where an errand is done."""
    return reverse(errand.page, args=errand.about) + (f"?{errand.query}" if errand.query else "")


@register.filter
def opens(errand: Errand) -> str:
    """Where an errand leads on the phone: to a page the phone can keep, its own or that of its thing; else to where it is done."""
    return done_at(errand) if keeps(errand) or not errand.entry else reverse("fieldwork:thing", args=[errand.entry])


@register.filter
def keeps(errand: Errand) -> bool:
    """Whether an errand is done on a page the phone can keep."""
    return errand.page.startswith("fieldwork:")


@register.filter
def became(sending: Sending) -> str:
    """Where what a draft became is seen."""
    return reverse(sending.page, args=[sending.about])


@register.filter
def degrees_as_data(part: object) -> str:
    """A coordinate for a script, never with a comma; empty where there is none."""
    return f"{part:.6f}" if isinstance(part, float) else ""
