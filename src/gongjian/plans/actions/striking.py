"""Taking away a file that was shown by mistake, while what it was shown for may still be written."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.plans.models import Contribution, Measure, Report, ReportFile
from gongjian.plans.models.performance import ReportState
from gongjian.plans.queries.frozen import refuse_frozen
from gongjian.plans.queries.reports import lead_departments
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day


@transaction.atomic
def strike_file(file: ReportFile, *, by: User, at: datetime) -> ReportFile:
    """The file counts no longer; it is kept, and those who may see the report see that it was there."""
    owner = _owner(file)
    Measure.objects.select_for_update().get(pk=owner.measure_id)
    file = ReportFile.objects.select_for_update(of=("self",)).select_related("report__measure", "contribution__measure").get(pk=file.pk)
    owner = _owner(file)
    writers = [owner.department_id] if isinstance(owner, Contribution) else lead_departments(owner.measure, at)
    require(by, Permission.REPORT_WRITE, departments=writers, on=local_day(at))
    refuse_frozen(owner.measure, Month.of(owner.month))
    if file.struck_at is not None:
        msg = f"“{file.name}”已由{file.struck_by}移除，请刷新页面。"
        raise Refusal(msg)
    if not _is_open(owner):
        msg = f"“{file.name}”已随材料报出，不能移除；请先撤回，或请审核人退回后再改。"
        raise Refusal(msg)
    file.struck_at, file.struck_by = at, str(by)
    file.save(update_fields=["struck_at", "struck_by"])
    record("reportfile.struck", owner.measure, by=by, at=at, before={"month": str(Month.of(owner.month)), "piece": file.name})
    return file


def _owner(file: ReportFile) -> Report | Contribution:
    owner = file.report or file.contribution
    if owner is None:
        msg = f"file {file.pk} belongs to nothing"
        raise ValueError(msg)
    return owner


def _is_open(owner: Report | Contribution) -> bool:
    return owner.is_open if isinstance(owner, Contribution) else owner.state in {ReportState.DRAFT, ReportState.RETURNED}
