"""Orders in words: ``{% load supervision %}``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongjian.supervision.models import Colour, Order, OrderEvidence, OrderStep
from gongjian.supervision.queries.file import OrderFile
from gongjian.supervision.queries.since import step_words

register = template.Library()
register.filter("step_words", step_words)
SHADES = {Colour.BLUE: "blue", Colour.YELLOW: "amber", Colour.RED: "red"}
MARKS = {Colour.BLUE: "●", Colour.YELLOW: "▲", Colour.RED: "■"}  # the colour is never told by colour alone
STATE_SHADES = {"cleared": "green", "withdrawn": "grey", "answered": "blue", "reviewed": "blue", "returned": "amber"}


@register.filter
def colour_badge(order: Order) -> SafeString:
    """The colour as a badge: shape, word and shade."""
    colour = Colour(order.colour)
    return format_html('<span class="badge badge-{}">{} {}</span>', SHADES[colour], MARKS[colour], colour.label)


@register.filter
def order_shade(state: str) -> str:
    """The shade of a state's badge."""
    return STATE_SHADES.get(state, "")


@register.filter
def answer_due(order: Order, at: datetime) -> SafeString:
    """How much time the department has left, or by how much it is late; empty where it is not its turn."""
    if not order.awaits_department:
        return SafeString("")
    due = timezone.localtime(order.due_at)
    left = (due.date() - timezone.localtime(at).date()).days
    if order.due_at < at:
        return format_html('<span class="left left-past">{}</span>', _("逾期 %d 天") % -left if left else _("今天已逾期"))
    return format_html(
        '<span class="left{}">{}</span>', " left-soon" if left <= 1 else "", _("还有 %d 天") % left if left else _("今天到期")
    )


@register.filter
def history_of(file: OrderFile) -> list[dict[str, object]]:
    """Steps and rungs climbed as one history, the latest on top."""
    lines = [(step.at, 1, step.pk, _line(step)) for step in file.steps]
    lines += [(one.at, 0, one.pk, {"at": one.at, "by": _("系统"), "words": _("升级：%s") % one.words, "why": ""}) for one in file.climbed]
    return [line for *_order, line in sorted(lines, key=lambda line: line[:3], reverse=True)]


def _line(step: OrderStep) -> dict[str, object]:
    colour = f" → {step.get_colour_display()}" if step.step in {"issue", "deepen"} else ""
    late = _("　逾期") if step.step == "answer" and step.late else ""
    return {"at": step.at, "by": step.by_label, "words": f"{step_words(step.step)}{colour}{late}", "why": step.text}


@register.filter
def evidence_by_step(evidence: Iterable[OrderEvidence]) -> list[tuple[str, list[OrderEvidence]]]:
    """Evidence by the step it was given for, in the order it came."""
    groups: dict[tuple[int, str], list[OrderEvidence]] = {}
    for piece in evidence:
        groups.setdefault((piece.round, piece.step), []).append(piece)
    return [(f"{step_words(step)}{_('（第 %d 轮）') % number if number > 1 else ''}", pieces) for (number, step), pieces in groups.items()]
