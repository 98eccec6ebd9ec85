"""What happened to a case since somebody looked at it."""

from __future__ import annotations

from django.utils import timezone

from gongjian.cases.models import Case, CaseStep, State
from gongjian.cases.queries.file import step_words


def what_happened(case: Case) -> str:
    """The last step and the state it led to, as a sentence for whoever comes second."""
    last = CaseStep.objects.filter(case=case).order_by("id").last()
    told = f"最近一步是 {last.by_label} 在 {timezone.localtime(last.at):%m-%d %H:%M} “{step_words(last.step)}”，" if last else ""
    return f"这个问题在您打开之后有了变动：{told}现在是“{State(case.state).label}”。您的操作没有执行，请看过最新情况后再办。"


def taken(case: Case, name: str, token: str) -> bool:
    """Whether the form of that token was taken as that step already."""
    return bool(token) and CaseStep.objects.filter(case=case, step=name, token=token).exists()
