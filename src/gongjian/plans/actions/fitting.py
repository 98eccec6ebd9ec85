"""Whether the columns can hold what a document says: one database cuts or keeps what is too long, another breaks off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from django.db.models import Model

from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department
from gongjian.plans.models import Commitment, Measure, Plan, Programme, Responsibility, Wording
from gongjian.plans.planfile import model

HIGHEST = 32_767  # of a task or measure number
Said = tuple[str, type[Model], str, str]  # where it stands, the table and column that keep it, the words


def refuse_unkeepable(document: model.PlanDocument) -> None:
    """Refuse words longer than their column, characters no database keeps, and numbers beyond counting."""
    for where, table, column, words in _said(document):
        refuse_misfit(table, column, words, f"{where}的")
    if beyond := [m.key for m in document.measures if max(m.task_no or 0, m.measure_no) > HIGHEST]:
        msg = f"措施 {beyond[0]} 的任务序号或措施序号大于 {HIGHEST}，请改正后再载入。"
        raise Refusal(msg)


def refuse_misfit(table: type[Model], column: str, words: str, where: str = "") -> None:
    """Refuse words that ``column`` of ``table`` cannot keep."""
    field = table._meta.get_field(column)  # noqa: SLF001 - Django's public name
    limit = getattr(field, "max_length", None)
    title = getattr(field, "verbose_name", column)
    if limit and len(words) > limit:
        msg = f"{where}“{title}”有 {len(words)} 个字，最多 {limit} 个字，请缩短。"
        raise Refusal(msg)
    if "\0" in words:
        msg = f"{where}“{title}”中有不能保存的空字符，请删去。"
        raise Refusal(msg)


def _said(document: model.PlanDocument) -> Iterator[Said]:
    for name in ("number", "issuer", "signer", "title"):
        yield "文件头", Programme, name, getattr(document.head, name)
    for title in document.plans:
        yield "分计划", Plan, "title", title
    for measure in document.measures:
        yield from _of_measure(f"措施 {measure.key[:24]} ", measure)


def _of_measure(where: str, measure: model.Measure) -> Iterator[Said]:
    yield where, Measure, "key", measure.key
    for name in ("section", "task", "text", "digest", "damage"):
        yield where, Wording, name, getattr(measure, name)
    yield where, Wording, "deadline_text", measure.deadline.text
    for party in (*measure.lead, *measure.support):
        yield where, Responsibility, "printed", party.printed
        yield where, Department, "name", party.name
    for promise in measure.commitments:
        for field in fields(promise):
            if isinstance(words := getattr(promise, field.name), str):
                yield where, Commitment, field.name, words
