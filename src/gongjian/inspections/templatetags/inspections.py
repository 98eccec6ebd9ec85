"""Tasks and checklists in words: ``{% load inspections %}``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongjian.inspections.answering import answer_words, findings
from gongjian.inspections.checklists import checklist_title
from gongjian.inspections.declaration import ItemKind
from gongjian.inspections.flow import TASK
from gongjian.inspections.models import OPEN, Task, TaskStep
from gongjian.inspections.queries.tasks import TaskFile

register = template.Library()
SOON = 3  # days
register.filter("checklist_title", checklist_title)
SHADES = {
    "done": "blue",
    "confirmed": "green",
    "cancelled": "grey",
    "returned": "amber",
    "draft": "amber",
    "frozen": "blue",
    "drawn": "blue",
}
SHADES |= {"assigned": "green", "called_off": "grey"}


@register.filter
def task_shade(state: str) -> str:
    """The shade of a state's badge."""
    return SHADES.get(state, "")


@register.filter
def left(task: Task, on: date) -> SafeString:
    """How many days are left of an open task, or by how many it is past; empty where nothing is to be done."""
    if task.state not in OPEN:
        return SafeString("")
    days = (task.due_on - on).days
    if days < 0:
        return format_html('<span class="left left-past">{}</span>', _("过期 %d 天") % -days)
    words = _("还有 %d 天") % days if days else _("今天到期")
    return format_html('<span class="left{}">{}</span>', " left-soon" if days <= SOON else "", words)


@register.filter
def answered(file: TaskFile) -> list[tuple[str, str, bool]]:
    """Each item with its answer in words and whether it is a finding; items the checklist has no more as they were asked."""
    bad = {one.item.slug for one in findings(file.checklist, file.answers)}
    photos = {item.slug for item in file.checklist.items if item.kind is ItemKind.PHOTO}
    pictured = photos & {piece.item for piece in file.standing_evidence}
    told = [
        (item, _("见照片") if item.slug in pictured else answer_words(item, file.answers.get(item.slug))) for item in file.checklist.items
    ]
    return [*((item.text, words, item.slug in bad) for item, words in told), *_no_more(file)]


def _no_more(file: TaskFile) -> list[tuple[str, str, bool]]:
    """Answers to items the checklist has no more, as they were asked."""
    asked: Mapping[str, str] = {item["slug"]: item["text"] for item in (file.task.asked or {}).get("items", ())}
    gone = [slug for slug in file.answers if file.checklist.item(slug) is None]
    return [(asked.get(slug, slug), str(file.answers[slug]), False) for slug in gone]


@register.filter
def step_lines(steps: list[TaskStep]) -> list[dict[str, object]]:
    """A task's steps as a history, the latest on top."""
    words = {step.name: step.words() for step in TASK.steps}
    return [{"at": step.at, "by": step.by_label, "words": words.get(step.step, step.step), "why": step.text} for step in reversed(steps)]
