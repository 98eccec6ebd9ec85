"""Contributions: the assisting department writes and hands in, the lead department asks, takes over or returns with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongjian.files.actions import Received
from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.notices.actions import send
from gongjian.notices.courier import Notice
from gongjian.people.models import Department, User
from gongjian.people.permissions import require
from gongjian.people.queries import holders
from gongjian.people.roles import Permission, Role
from gongjian.plans.actions.filing import filing
from gongjian.plans.actions.reporting import LONGEST
from gongjian.plans.flow import CONTRIBUTION
from gongjian.plans.models import Contribution, ContributionState, ContributionStep, Measure
from gongjian.plans.queries.contributions import assisting
from gongjian.plans.queries.frozen import refuse_frozen
from gongjian.plans.queries.reports import lead_departments, refuse_month
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day


@transaction.atomic
def write(
    measure: Measure,
    month: Month,
    department: Department,
    text: str,
    *,
    by: User,
    at: datetime,
    version: int | None = None,
    files: Sequence[Received] = (),
) -> Contribution:
    """Save a draft of what a department contributes; ``version`` is the one the writer saw (None: a new one)."""
    with filing(files) as cabinet:
        found, before = _store(measure, month, department, text, by=by, at=at, version=version)
        cabinet.put(found, by=by, at=at)
        after = _told(found) | {"words": text}
        record("contribution.write", measure, by=by, at=at, before=before and {"words": before}, after=after)
    return found


@transaction.atomic
def write_and_hand_in(
    measure: Measure,
    month: Month,
    department: Department,
    text: str,
    *,
    by: User,
    at: datetime,
    version: int | None = None,
    files: Sequence[Received] = (),
) -> Contribution:
    """Save and tell the lead department at once: both or neither."""
    with filing(files) as cabinet:
        found, _ = _store(measure, month, department, text, by=by, at=at, version=version)
        cabinet.put(found, by=by, at=at)
        return _take(found, "hand_in", by=by, at=at)


@transaction.atomic
def recall(contribution: Contribution, *, by: User, at: datetime) -> Contribution:
    """Take a contribution back to go on writing."""
    return _take(contribution, "recall", by=by, at=at)


@transaction.atomic
def send_back(contribution: Contribution, reason: str, *, by: User, at: datetime) -> Contribution:
    """The lead department wants more; the assisting department is told why."""
    return _take(contribution, "return", by=by, at=at, reason=reason.strip())


@transaction.atomic
def ask(measure: Measure, month: Month, department: Department, *, by: User, at: datetime) -> Contribution:
    """The lead department asks an assisting one for its contribution; once a day."""
    require(by, Permission.REPORT_WRITE, departments=lead_departments(measure, at), on=local_day(at))
    _refuse_stranger(measure, month, department, at)
    Measure.objects.select_for_update().get(pk=measure.pk)
    refuse_frozen(measure, month)
    found, _ = Contribution.objects.get_or_create(measure=measure, month=month.first, department=department)
    if not found.is_open:
        msg = f"{department}已经报来协办情况，请刷新页面查看；需要补充的请退回并写明缺什么。"
        raise Refusal(msg)
    if found.asked_at and local_day(found.asked_at) == local_day(at):
        msg = f"今天已经向{department}催要过，一天只催一次；急需时请直接联系。"
        raise Refusal(msg)
    found.asked_at = at
    found.save(update_fields=["asked_at"])
    _keep(found, "ask", "", by=by, at=at)
    record("contribution.ask", measure, by=by, at=at, after=_told(found))
    _tell(found, f"contribution.ask:{found.pk}:{local_day(at)}", f"请报{measure.key} {month.words()}协办情况", [department.pk], at)
    return found


def _store(
    measure: Measure, month: Month, department: Department, text: str, *, by: User, at: datetime, version: int | None
) -> tuple[Contribution, str]:
    """The saved contribution, and what it said before."""
    require(by, Permission.REPORT_WRITE, departments=[department.pk], on=local_day(at))
    _refuse_stranger(measure, month, department, at)
    if len(text) > LONGEST:
        msg = f"“协办情况”有 {len(text)} 个字，最多 {LONGEST} 个字，请精简后再提交。"
        raise Refusal(msg)
    Measure.objects.select_for_update().get(pk=measure.pk)  # two people begin one contribution: the second waits, then is told
    refuse_frozen(measure, month)
    found = Contribution.objects.filter(measure=measure, month=month.first, department=department).first()
    if found is None:
        return Contribution.objects.create(measure=measure, month=month.first, department=department, text=text), ""
    if not found.is_open:
        msg = "协办情况已经报给牵头部门，不能再改；需要修改请先撤回。"
        raise Refusal(msg)
    if version != found.version and (version is not None or found.text):
        msg = f"这份协办情况在您打开之后已被别人{_last(found)}；您写的内容没有保存，请刷新看过最新内容后再改。"
        raise Refusal(msg)
    before, found.text, found.version = found.text, text, found.version + 1
    found.save(update_fields=["text", "version"])
    return found, before


def _last(contribution: Contribution) -> str:
    """What somebody else did with it, in a word."""
    step = contribution.steps.order_by("at", "id").last()
    title = next((arrow.words() for arrow in CONTRIBUTION.steps if step and arrow.name == step.step), "")
    return f"修改（最近一步：{step.by_label}“{title}”）" if step and title else "修改"


def _take(contribution: Contribution, name: str, *, by: User, at: datetime, reason: str = "") -> Contribution:
    Measure.objects.select_for_update().get(pk=contribution.measure_id)
    found = Contribution.objects.select_related("measure__programme", "department").get(pk=contribution.pk)
    leads, month = lead_departments(found.measure, at), Month.of(found.month)
    asked = leads if name == "return" else [found.department_id]
    require(by, Permission.REPORT_WRITE, departments=asked, on=local_day(at))
    refuse_frozen(found.measure, month)
    before = ContributionState(found.state)
    found.state = CONTRIBUTION.take(before, name, {"text": found.text, "reason": reason})
    found.version += 1
    found.save(update_fields=["state", "version"])
    _keep(found, name, reason, by=by, at=at)
    after = _told(found) | {"state": found.state, "words": found.text}
    record(f"contribution.{name}", found.measure, by=by, at=at, before={"state": before}, after=after, note=reason)
    about = f"{found.measure.key} {month.words()}协办情况"
    if name == "hand_in":
        _tell(found, f"contribution.hand_in:{found.pk}:{found.version}", f"{found.department}已报{about}", leads, at)
    elif name == "return":
        _tell(found, f"contribution.return:{found.pk}:{found.version}", f"{about}已退回：{reason}"[:200], [found.department_id], at)
    return found


def _refuse_stranger(measure: Measure, month: Month, department: Department, at: datetime) -> None:
    refuse_month(measure, month, at)
    if department.pk not in assisting(measure, at).welcome:
        msg = f"{department}现在不是 {measure.key} 的协办单位，不填报协办情况；分工有调整的请联系统筹办。"
        raise Refusal(msg)


def _told(contribution: Contribution) -> dict[str, str]:
    return {"month": str(Month.of(contribution.month)), "department": str(contribution.department)}


def _keep(contribution: Contribution, name: str, reason: str, *, by: User, at: datetime) -> None:
    ContributionStep.objects.create(
        contribution=contribution, step=name, state=contribution.state, text=contribution.text, reason=reason, at=at, by_label=str(by)
    )


def _tell(contribution: Contribution, key: str, title: str, departments: Sequence[int], at: datetime) -> None:
    people = holders([Role.OFFICER, Role.HEAD], departments=departments, on=local_day(at))
    send(
        Notice(
            key=key,
            title=title,
            to=tuple(people.order_by("pk").values_list("pk", flat=True)),
            link=f"/measure/{contribution.measure_id}/report/{Month.of(contribution.month)}/#contributions",
            about=f"plans.contribution:{contribution.pk}",
        ),
        at=at,
    )
