"""What every change of a case goes through: the row locked, the version the person saw, the words that fit."""

from __future__ import annotations

from gongjian.cases.flow import LONGEST
from gongjian.cases.models import Case
from gongjian.cases.queries.since import what_happened
from gongjian.kernel.refusal import Refusal


def locked(case: Case) -> Case:
    """The case as it is now, held until the transaction ends."""
    return Case.objects.select_for_update().select_related(None).get(pk=case.pk)


def refuse_stale(case: Case, version: int | None) -> None:
    """Refuse what was written over an older state, and say what happened since; None: whatever it is by now."""
    if version is None or version == case.version:
        return
    raise Refusal(what_happened(case))


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
