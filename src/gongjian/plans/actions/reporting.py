"""Monthly progress reports: the lead department writes, the coordinator accepts or returns with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from gongjian.files.actions import Received
from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.notices.actions import send
from gongjian.notices.courier import Notice
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.plans.actions.filing import filing
from gongjian.plans.facts import Standing
from gongjian.plans.flow import REPORT
from gongjian.plans.models import Measure, Report, ReportStep
from gongjian.plans.models.performance import ReportState
from gongjian.plans.queries.frozen import refuse_frozen
from gongjian.plans.queries.reports import addressees, lead_departments, refuse_month, writing_department
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

if TYPE_CHECKING:
    from gongjian.people.models import User

LONGEST = 4000  # characters of one box


@dataclass(frozen=True, slots=True)
class Account:
    """What a report says: the department's own judgement and three texts."""

    standing: str
    progress: str
    difficulties: str = ""
    next_steps: str = ""

    def check(self) -> None:
        """Refuse an unknown judgement and texts that are too long."""
        if self.standing not in set(Standing):
            msg = "“自评”须在按计划推进、有风险、已滞后、已完成中选一项。"
            raise Refusal(msg)
        for title, text in (("本月进展", self.progress), ("困难与问题", self.difficulties), ("下步安排", self.next_steps)):
            if len(text) > LONGEST:
                msg = f"“{title}”有 {len(text)} 个字，最多 {LONGEST} 个字，请精简后再提交。"
                raise Refusal(msg)


@transaction.atomic
def write(
    measure: Measure,
    month: Month,
    account: Account,
    *,
    by: User,
    at: datetime,
    version: int | None = None,
    files: Sequence[Received] = (),
) -> Report:
    """Save a draft of the report of one measure for one month; ``version`` is the one the writer saw (None: a new one).

    With ``files`` that are shown for it: all of them or nothing.
    """
    with filing(files) as cabinet:
        report, before = _store(measure, month, account, by=by, at=at, version=version)
        cabinet.put(report, by=by, at=at)
        after = {"month": str(month), **_content(report)}
        record("report.write", measure, by=by, at=at, before=before, after=after)
    return report


@transaction.atomic
def write_and_submit(
    measure: Measure,
    month: Month,
    account: Account,
    *,
    by: User,
    at: datetime,
    version: int | None = None,
    files: Sequence[Received] = (),
) -> Report:
    """Save and hand in at once: both or neither. One event, which carries what was handed in."""
    with filing(files) as cabinet:
        report, _ = _store(measure, month, account, by=by, at=at, version=version)
        cabinet.put(report, by=by, at=at)
        return submit(report, by=by, at=at)


def _store(
    measure: Measure, month: Month, account: Account, *, by: User, at: datetime, version: int | None
) -> tuple[Report, dict[str, str] | None]:
    """The saved report, and what it said before (None: it is new)."""
    leads = lead_departments(measure, at)
    require(by, Permission.REPORT_WRITE, departments=leads, on=local_day(at))
    account.check()
    refuse_month(measure, month, at)
    Measure.objects.select_for_update().get(pk=measure.pk)  # two people begin one report: the second waits, then is told
    refuse_frozen(measure, month)
    report = Report.objects.select_for_update().filter(measure=measure, month=month.first).first()
    before = None
    if report is None:
        report = Report(measure=measure, month=month.first, department_id=writing_department(by, leads, local_day(at)))
    else:
        _refuse_stale(report, version)
        _refuse_closed(report)
        before = {"month": str(month), **_content(report)}
        report.version += 1
    for name, value in asdict(account).items():
        setattr(report, name, value)
    report.save()
    return report, before


@transaction.atomic
def submit(report: Report, *, by: User, at: datetime) -> Report:
    """Hand the report in for review."""
    return _take(report, "submit", by=by, at=at)


@transaction.atomic
def recall(report: Report, *, by: User, at: datetime) -> Report:
    """Take an unreviewed report back to go on writing."""
    return _take(report, "recall", by=by, at=at)


@transaction.atomic
def accept(report: Report, *, by: User, at: datetime, note: str = "") -> Report:
    """Adopt the report: its judgement now counts as confirmed."""
    return _take(report, "accept", by=by, at=at, reason=note)


@transaction.atomic
def send_back(report: Report, reason: str, *, by: User, at: datetime) -> Report:
    """Return the report with a reason; the lead department is told."""
    return _take(report, "return", by=by, at=at, reason=reason.strip())


def _take(report: Report, name: str, *, by: User, at: datetime, reason: str = "") -> Report:
    Measure.objects.select_for_update().get(pk=report.measure_id)
    report = Report.objects.select_for_update(of=("self",)).select_related("measure").get(pk=report.pk)
    step = REPORT.step(ReportState(report.state), name)
    leads = lead_departments(report.measure, at)
    require(by, Permission(step.permission), departments=leads, on=local_day(at))
    refuse_frozen(report.measure, Month.of(report.month))
    before = report.state
    report.state = REPORT.take(ReportState(before), name, {"progress": report.progress, "reason": reason})
    report.version += 1
    report.save(update_fields=["state", "version"])
    _keep(report, name, reason, by=by, at=at)
    record(
        f"report.{name}",
        report.measure,
        by=by,
        at=at,
        before={"month": str(Month.of(report.month)), "state": before},
        after={"month": str(Month.of(report.month)), "state": report.state, **_content(report)},
        note=reason,
    )
    if name in {"return", "accept"}:
        _tell(report, name, reason, at=at)
    return report


def _content(report: Report) -> dict[str, str]:
    return {name: getattr(report, name) for name in ("standing", "progress", "difficulties", "next_steps")}


def _keep(report: Report, name: str, reason: str, *, by: User, at: datetime) -> None:
    ReportStep.objects.create(
        report=report,
        step=name,
        state=report.state,
        standing=report.standing,
        content=_content(report),
        reason=reason,
        at=at,
        by_label=str(by),
    )


def _tell(report: Report, name: str, reason: str, *, at: datetime) -> None:
    people = addressees(report, at)
    if not people:
        return
    month = Month.of(report.month)
    outcome = f"已退回：{reason}" if name == "return" else "已采用"
    send(
        Notice(
            key=f"report.{name}:{report.pk}:{report.version}",
            title=f"{report.measure.key} {month.words()}月报{outcome}",
            to=people,
            link=f"/measure/{report.measure_id}/report/{month}/",
            about=f"plans.report:{report.pk}",
        ),
        at=at,
    )


def _refuse_stale(report: Report, version: int | None) -> None:
    if version != report.version:
        msg = "这份月报在您打开之后已被别人修改过；您写的内容没有保存，请刷新看过最新内容后再改。"
        raise Refusal(msg)


def _refuse_closed(report: Report) -> None:
    if report.state not in {ReportState.DRAFT, ReportState.RETURNED}:
        msg = f"这份月报当前为“{ReportState(report.state).label}”，不能再改；待审核的可先撤回，已采用的请统筹办退回。"
        raise Refusal(msg)
