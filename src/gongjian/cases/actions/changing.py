"""What every change of a case goes through: the row locked, the version the person saw, the words that fit."""

from __future__ import annotations

from django.utils import timezone

from gongjian.cases.flow import LOOP
from gongjian.cases.models import Case, CaseStep, State
from gongjian.kernel.refusal import Refusal

LONGEST = 2000  # characters of one text


def locked(case: Case) -> Case:
    """The case as it is now, held until the transaction ends."""
    return Case.objects.select_for_update().select_related(None).get(pk=case.pk)


def refuse_stale(case: Case, version: int | None) -> None:
    """Refuse what was written over an older state, and say what happened since; None: whatever it is by now."""
    if version is None or version == case.version:
        return
    last = CaseStep.objects.filter(case=case).order_by("id").last()
    told = ""
    if last:
        words = next((step.words() for step in LOOP.steps if step.name == last.step), "登记")
        told = f"最近一步是 {last.by_label} 在 {timezone.localtime(last.at):%m-%d %H:%M} “{words}”，"
    msg = f"这个问题在您打开之后有了变动：{told}现在是“{State(case.state).label}”。您的操作没有执行，请看过最新情况后再办。"
    raise Refusal(msg)


def written(title: str, text: str, *, longest: int = LONGEST) -> str:
    """A text without blanks around it; Refusal for an empty and for a too long one."""
    text = text.strip()
    if not text:
        msg = f"请填写“{title}”。"
        raise Refusal(msg)
    return fitting(title, text, longest=longest)


def fitting(title: str, text: str, *, longest: int = LONGEST) -> str:
    """A text without blanks around it, which may be empty; Refusal for a too long one."""
    text = text.strip()
    if len(text) > longest:
        msg = f"“{title}”有 {len(text)} 个字，最多 {longest} 个字，请精简。"
        raise Refusal(msg)
    return text
