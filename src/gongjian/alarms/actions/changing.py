"""What every step of a person goes through: the row locked, the version they saw, a second person. A part of the verbs."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from gongjian.alarms.flow import ALARM, APART, LONGEST
from gongjian.alarms.models import Alarm, AlarmStep
from gongjian.alarms.states import AlarmState
from gongjian.kernel.flows import Step
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import Forbidden


def locked(alarm: Alarm) -> Alarm:
    """The alarm as it is now, held until the transaction ends."""
    rows = Alarm.objects.select_for_update(of=("self",)).select_related("outlet__station", "outlet__department", "outlet__entry", "factor")
    return rows.get(pk=alarm.pk)


def refuse_stale(alarm: Alarm, version: int | None) -> None:
    """Refuse what was written over an older state, and say what happened since; None: whatever it is by now."""
    if version is None or version == alarm.version:
        return
    last = AlarmStep.objects.filter(alarm=alarm).order_by("id").last()
    told = f"最近一步是 {last.by_label} 在 {timezone.localtime(last.at):%m-%d %H:%M} “{step_words(last.step)}”，" if last else ""
    msg = f"这条报警在您打开之后有了变动：{told}现在是“{AlarmState(alarm.state).label}”。您的操作没有执行，请看过最新情况后再办。"
    raise Refusal(msg)


def require_apart(alarm: Alarm, arrow: Step[AlarmState], by: User | None) -> None:
    """A second person: nobody judges what they explained themselves."""
    others = APART.get(arrow.name)
    if by is not None and others and AlarmStep.objects.filter(alarm=alarm, step__in=others, by=by).exists():
        msg = f"“{arrow.words()}”须由另一个人办：这条报警的说明是您提交的。"
        raise Forbidden(msg)


def fitting(carried: Mapping[str, str]) -> dict[str, str]:
    """Texts without blanks around them; Refusal for a too long one."""
    texts = {name: text.strip() for name, text in carried.items()}
    for name, text in texts.items():
        if len(text) > LONGEST:
            msg = f"“{ALARM.requirements.get(name, '内容')}”有 {len(text)} 个字，最多 {LONGEST} 个字，请精简。"
            raise Refusal(msg)
    return texts


def step_words(name: str) -> str:
    """What people call a step; the name itself for one that is no more."""
    if name == "opened":
        return "系统报警"
    return next((step.words() for step in ALARM.steps if step.name == name), name)
