"""In-year adjustments: a deadline, the departments or a target changes by a named document; the signed text stays."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from gongjian.kernel.deadlines import parse_deadline
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department
from gongjian.people.permissions import require
from gongjian.people.queries import Answerable, resolve
from gongjian.people.roles import Permission
from gongjian.plans.actions.fitting import refuse_misfit
from gongjian.plans.models import Adjustment, Commitment, Measure, Responsibility, Wording
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

if TYPE_CHECKING:
    from gongjian.people.models import User


@dataclass(frozen=True, slots=True)
class Ground:
    """On what an adjustment rests: why, and the document (文号或会议纪要) that decided it."""

    reason: str
    document: str

    def __post_init__(self) -> None:
        """Refuse an adjustment without reason or document."""
        if not self.reason.strip() or not self.document.strip():
            msg = "年中调整须写明理由和依据文件。"
            raise Refusal(msg)
        refuse_misfit(Adjustment, "document", self.document.strip())


@transaction.atomic
def adjust_deadline(measure: Measure, printed: str, ground: Ground, *, by: User, at: datetime) -> Adjustment:
    """Move a measure's deadline; ``printed`` as a plan would print it (11月15日前, 年底前, 长期实施 …)."""
    require(by, Permission.PLAN_ADJUST, on=local_day(at))
    deadline = parse_deadline(printed)
    if deadline is None:
        msg = f"“{printed}”不是能识别的完成时限，请写成“年底前”“11月15日前”“长期实施”或“按时间节点完成”。"
        raise Refusal(msg)
    old = _current_wording(measure)
    if old.deadline.code() == deadline.code():
        msg = f"完成时限本来就是“{old.deadline.words()}”，没有需要调整的。"
        raise Refusal(msg)
    fields = {
        "deadline_kind": deadline.kind.value,
        "deadline_month": deadline.month,
        "deadline_day": deadline.day,
        "deadline_text": deadline.text,
    }
    new = _new_wording(old, at, **fields)
    _copy_parties(old, new, roles=tuple(Responsibility.Role))
    return _keep(measure, None, "deadline", old.deadline.words(), deadline.text, ground, by=by, at=at)


@transaction.atomic
def adjust_parties(measure: Measure, role: str, names: list[str], ground: Ground, *, by: User, at: datetime) -> Adjustment:
    """Change who leads or assists; ``names`` in order, known to the directory."""
    require(by, Permission.PLAN_ADJUST, on=local_day(at))
    if role == Responsibility.Role.LEAD and not names:
        msg = "牵头部门不能为空。"
        raise Refusal(msg)
    old = _current_wording(measure)
    before, parties = _names(old, role), [_answerable(name) for name in names]
    after = [str(party) for party in parties]
    if before == after:
        msg = "部门没有变化，没有需要调整的。"
        raise Refusal(msg)
    if len(set(after)) < len(after):
        msg = f"部门有重复：{'、'.join(after)}，每个部门只写一次。"
        raise Refusal(msg)
    new = _new_wording(old, at)
    _copy_parties(old, new, roles=tuple(other for other in Responsibility.Role if other != role))
    for order, found in enumerate(parties):
        link = {"department": found} if isinstance(found, Department) else {"group": found}
        Responsibility.objects.create(wording=new, role=role, order=order, printed=str(found), **link)
    return _keep(measure, None, role, before, after, ground, by=by, at=at)


@transaction.atomic
def adjust_target(commitment: int, value: float, ground: Ground, *, by: User, at: datetime) -> Adjustment:
    """Set the number that the commitment with that id is held against (for instance when the task figure comes from above)."""
    require(by, Permission.PLAN_ADJUST, on=local_day(at))
    if not math.isfinite(value):
        msg = "新的目标值须是一个数字。"
        raise Refusal(msg)
    old = Commitment.objects.select_for_update().select_related("measure").get(pk=commitment)
    if old.replaced_at or old.value is None:
        msg = "这个考核点没有可调整的目标值，或已被更新的版本替代，请刷新页面。"
        raise Refusal(msg)
    if old.value == value:
        msg = f"目标值本来就是 {value:g}{old.unit}，没有需要调整的。"
        raise Refusal(msg)
    old.replaced_at = at
    old.save(update_fields=["replaced_at"])
    new = Commitment.objects.get(pk=old.pk)
    new.pk, new.root_id, new.value, new.effective_at, new.replaced_at = None, old.root_id_or_own, value, at, None
    new._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
    new.save()
    return _keep(old.measure, new, "value", old.value, value, ground, by=by, at=at)


def _current_wording(measure: Measure) -> Wording:
    measure = Measure.objects.select_for_update().get(pk=measure.pk)  # the wording of the one who came first is seen, not waited for
    if measure.withdrawn_at:
        msg = f"措施 {measure.key} 已撤销，不能再调整。"
        raise Refusal(msg)
    return Wording.objects.get(measure=measure, replaced_at=None)


def _new_wording(old: Wording, at: datetime, **changed: Any) -> Wording:
    Wording.objects.filter(pk=old.pk).update(replaced_at=at)
    new = Wording.objects.get(pk=old.pk)
    new.pk, new.adjusted, new.effective_at, new.replaced_at = None, True, at, None
    new._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
    for name, value in changed.items():
        setattr(new, name, value)
    new.save()
    return new


def _copy_parties(old: Wording, new: Wording, *, roles: tuple[str, ...]) -> None:
    rows = [row for row in old.responsibilities.all() if row.role in roles]
    for row in rows:
        row.pk, row.wording = None, new
    Responsibility.objects.bulk_create(rows)


def _answerable(name: str) -> Answerable:
    found = resolve(name)
    if found is None:
        msg = f"部门名录里没有“{name}”，请先由管理员在后台登记，或改用名录中的名称。"
        raise Refusal(msg)
    return found


def _names(wording: Wording, role: str) -> list[str]:
    rows = wording.responsibilities.filter(role=role).select_related("department", "group").order_by("order")
    return [str(row.department or row.group) for row in rows]


def _keep(
    measure: Measure, commitment: Commitment | None, field: str, before: object, after: object, ground: Ground, *, by: User, at: datetime
) -> Adjustment:
    row = Adjustment.objects.create(
        measure=measure,
        commitment=commitment,
        field=field,
        before=before,
        after=after,
        reason=ground.reason.strip(),
        document=ground.document.strip(),
        at=at,
        by_label=str(by),
    )
    record(
        f"adjustment.{field}", measure, by=by, at=at, before={field: before}, after={field: after}, note=f"{row.reason}（{row.document}）"
    )
    return row
