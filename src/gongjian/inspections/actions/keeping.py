"""Entering duties, changing what is asked of the turns to come, ending them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import transaction

from gongjian.inspections.checklists import checklist
from gongjian.inspections.models import Duty, Every
from gongjian.inspections.queries.universe import given_of
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department, User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

MOST_LEAD, MOST_EVENT, MOST_PIECES, MOST_PLACES = 60, 90, 20, 200
FIXED = ("code", "every", "since")  # what turns hang on: another duty, not another version


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A duty as somebody wants it; the fields are those of a ``Duty``."""

    code: str
    title: str
    department: Department
    every: str
    checklist: str
    since: date
    called: str = ""
    lead_days: int = 0
    event_days: int = 3
    ledger: str = ""
    given: str = ""
    places: list[str] = field(default_factory=list)
    photos: int = 0
    documents: int = 0
    note: str = ""
    source: str = ""

    def values(self) -> dict[str, object]:
        """The fields, the department as the row it is."""
        return asdict(self) | {"department": self.department}


@transaction.atomic
def enter_duty(asked: Asked, *, by: User | None, at: datetime) -> Duty:
    """Enter a duty; its turns are opened by the timetable. Refusal for a code or name that is taken, and for what cannot be done."""
    require(by, Permission.TASK_MANAGE, departments=[asked.department.pk], on=local_day(at))
    _check(asked)
    if Duty.objects.filter(code=asked.code).exists():
        msg = f"代码“{asked.code}”已被另一项履职事项使用，请换一个。"
        raise Refusal(msg)
    _refuse_called(asked, None)
    duty = Duty.objects.create(**asked.values(), entered_at=at, entered_by=by)
    record("duty.entered", duty, by=by, at=at, after=_told(asked))
    return duty


@transaction.atomic
def change_duty(duty: Duty, asked: Asked, *, version: int | None, by: User | None, at: datetime) -> Duty:
    """Change a duty for the turns to come; tasks that were made stay as they are. Code, period and beginning are fixed."""
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    departments = [duty.department_id, asked.department.pk]
    for department in departments:
        require(by, Permission.TASK_MANAGE, departments=[department], on=local_day(at))
    if version is not None and version != duty.version:
        msg = f"“{duty.title}”在您打开之后有了改动，您的改动没有保存，请看过最新内容后再改。"
        raise Refusal(msg)
    _check(asked)
    if any(getattr(duty, name) != getattr(asked, name) for name in FIXED):
        msg = "代码、周期和开始日期不能更改：请停止这一项，另登记一项。"
        raise Refusal(msg)
    _refuse_called(asked, duty)
    before = {name: str(getattr(duty, name)) for name in _told(asked)}
    for name, value in asked.values().items():
        if name != "source":
            setattr(duty, name, value)
    duty.version += 1
    duty.save()
    record("duty.changed", duty, by=by, at=at, before=before, after=_told(asked))
    return duty


@transaction.atomic
def stop_duty(duty: Duty, until: date, *, by: User | None, at: datetime) -> Duty:
    """The duty is not fulfilled any more from a day on, not before it began; the turns that were opened stay."""
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    require(by, Permission.TASK_MANAGE, departments=[duty.department_id], on=local_day(at))
    if duty.until is not None:
        msg = f"“{duty.title}”已定于 {duty.until:%Y-%m-%d} 停止。"
        raise Refusal(msg)
    if until <= duty.since or until < local_day(at):
        msg = f"停止日期须晚于开始日期 {duty.since:%Y-%m-%d}，并且不早于今天：过去的履职不能抹去。"
        raise Refusal(msg)
    duty.until = until
    duty.version += 1
    duty.save(update_fields=["until", "version"])
    record("duty.stopped", duty, by=by, at=at, after={"until": until})
    return duty


def _check(asked: Asked) -> None:
    """Refuse what could not be done or would say nothing."""
    if not asked.title.strip() or asked.every not in Every.values:
        msg = "请填写名称并选择周期。"
        raise Refusal(msg)
    if not (0 <= asked.lead_days <= MOST_LEAD and 0 <= asked.event_days <= MOST_EVENT):
        msg = f"提前天数须在 0 到 {MOST_LEAD} 之间，事件后天数须在 0 到 {MOST_EVENT} 之间。"
        raise Refusal(msg)
    if asked.photos > MOST_PIECES or asked.documents > MOST_PIECES:
        msg = f"每个任务最多要求 {MOST_PIECES} 份照片或文件。"
        raise Refusal(msg)
    if asked.ledger and asked.places:
        msg = "对象要么取自台账，要么逐个写地点，请只填一种。"
        raise Refusal(msg)
    if len(asked.places) > MOST_PLACES or len(set(asked.places)) < len(asked.places):
        msg = f"地点最多 {MOST_PLACES} 个，并且不能重复。"
        raise Refusal(msg)
    if asked.ledger:
        given_of(asked.ledger, asked.given)
    if not checklist(asked.checklist).takes(asked.ledger):
        msg = f"检查清单“{checklist(asked.checklist).title}”与所选对象不相配，请另选清单。"
        raise Refusal(msg)


def _refuse_called(asked: Asked, but: Duty | None) -> None:
    """One duty of a name and period in force: a plan's light must not have two answers."""
    if not asked.called:
        return
    others = Duty.objects.filter(called=asked.called, every=asked.every, until=None)
    if (other := others.exclude(pk=but.pk).first() if but else others.first()) is not None:
        msg = f"方案中的“{asked.called}”已由“{other.title}”（{other.department}）履行，请核对名称。"
        raise Refusal(msg)


def _told(asked: Asked) -> dict[str, object]:
    return {
        "title": asked.title,
        "department": asked.department.name,
        "called": asked.called,
        "ledger": asked.ledger,
        "checklist": asked.checklist,
    }
