"""Cases in words: ``{% load cases %}``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongjian.cases.models import Case, CaseStep, Evidence
from gongjian.cases.queries.file import remark_title, sanction_words, step_words
from gongjian.cases.registry import find_kind, kind_title
from gongjian.kernel.refusal import Refusal

register = template.Library()
register.filter("step_words", step_words)
register.filter("kind_title", kind_title)
register.filter("remark_title", remark_title)
register.filter("sanction_words", sanction_words)
SOON = timedelta(days=1)
SHADES = {"closed": "green", "dismissed": "grey", "merged": "grey", "suspended": "amber", "found": "blue", "fed_back": "blue"}


@register.filter
def level_title(case: Case) -> str:
    """What people call the level; the slug of one that is no more."""
    try:
        level = find_kind(case.kind).level(case.level)
    except Refusal:
        return case.level
    return level.title if level else case.level


@register.filter
def state_shade(state: str) -> str:
    """The shade of a state's badge."""
    return SHADES.get(state, "grey" if state == "" else "")


@register.filter
def due_in(case: Case, at: datetime) -> SafeString:
    """How much time is left of a case's deadline, or by how much it is past; empty where no clock runs."""
    if case.due_at is None:
        return SafeString("")
    left = case.due_at - at
    shade = " left-past" if left < timedelta() else " left-soon" if left <= SOON else ""
    words = _("还有 %s") if left >= timedelta() else _("超时 %s")
    return format_html('<span class="left{}">{}</span>', shade, words % _length(abs(left)))


def _length(span: timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    if hours >= 48:  # noqa: PLR2004 - two days are told in days
        return _("%d 天") % (hours // 24)
    return _("%d 小时") % hours if hours else _("%d 分钟") % max(int(span.total_seconds() // 60), 1)


@register.filter
def told(steps: Iterable[CaseStep]) -> list[dict[str, object]]:
    """A case's steps as a history, the latest on top."""
    return [_line(step) for step in sorted(steps, key=lambda step: (step.at, step.pk), reverse=True)]


def _line(step: CaseStep) -> dict[str, object]:
    to = f" → {step.department}" if step.step in {"hand_over", "reroute"} and step.department else ""
    more = _("（至 %s）") % step.carried["until"][:16].replace("T", " ") if step.carried.get("until") else ""
    into = _("（并入 %s）") % step.carried["into"] if step.carried.get("into") else ""
    late = _("　超时") if step.late else ""
    return {"at": step.at, "by": step.by_label, "words": f"{step_words(step.step)}{to}{more}{into}{late}", "why": step.text}


@register.filter
def for_step(evidence: Iterable[Evidence]) -> list[tuple[str, list[Evidence]]]:
    """Evidence by the step it was given for, in the order it came."""
    groups: dict[tuple[int, str], list[Evidence]] = {}
    for piece in evidence:
        groups.setdefault((piece.round, piece.step), []).append(piece)
    return [(_heading(number, step), pieces) for (number, step), pieces in groups.items()]


def _heading(number: int, step: str) -> str:
    words = _("发现时") if step == "find" else step_words(step)
    return f"{words}{_('（第 %d 轮）') % number if number > 1 else ''}"
