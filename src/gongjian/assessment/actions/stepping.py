"""Taking an assessment on its way: to the departments, back, to everybody, away."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongjian.assessment.actions.keeping import locked, refuse_stale, written
from gongjian.assessment.actions.telling import tell_published, tell_sent
from gongjian.assessment.flow import WAY
from gongjian.assessment.models import Assessment, AssessmentState, ObjectionState
from gongjian.assessment.queries.schemes import last_day_to_object
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day


@transaction.atomic
def send_out(assessment: Assessment, *, by: User | None, at: datetime, version: int | None = None, until: date | None = None) -> Assessment:
    """Send every department its own score; it may object through ``until`` (None: as many working days as the scheme gives)."""
    assessment, today = _stepped(assessment, "send", by, at, version), local_day(at)
    period = assessment.period
    if not period.closed_on(today):
        msg = f"{period.words()}还没有结束，{period.last.month}月{period.last.day}日之后才能征求意见。"
        raise Refusal(msg)
    if assessment.as_of < period.last:
        msg = f"这份草稿的事实截至{assessment.as_of}，早于期末{period.last}，请先“重新取数”。"
        raise Refusal(msg)
    until = until or last_day_to_object(assessment, today)
    if until <= today:
        msg = f"异议期至{until}，须晚于今天，请重新选择。"
        raise Refusal(msg)
    assessment.sent_at, assessment.objections_until = at, until
    _kept(assessment, "send", by=by, at=at, note=f"异议期至{until}")
    tell_sent(assessment, at=at)
    return assessment


@transaction.atomic
def recall(assessment: Assessment, reason: str, *, by: User | None, at: datetime, version: int | None = None) -> Assessment:
    """Take it back to be drafted anew; only while nobody has objected, so that no objection loses what it was about."""
    assessment = _stepped(assessment, "recall", by, at, version, reason=reason)
    if assessment.objections.filter(at__gte=assessment.sent_at).exists():
        msg = f"{assessment}已经收到异议，不能撤回；请逐条答复后公布。"
        raise Refusal(msg)
    assessment.sent_at = assessment.objections_until = None
    return _kept(assessment, "recall", by=by, at=at, note=written("理由", reason))


@transaction.atomic
def publish(assessment: Assessment, *, by: User | None, at: datetime, version: int | None = None) -> Assessment:
    """Show it to everybody, once the time to object is over and everything is answered; the edition before it is superseded."""
    assessment, today = _stepped(assessment, "publish", by, at, version), local_day(at)
    if assessment.objections_until is None or today <= assessment.objections_until:
        msg = f"异议期到{assessment.objections_until}为止，期满后的第二天起才能公布。"
        raise Refusal(msg)
    if waiting := assessment.objections.filter(state__in=[ObjectionState.OPEN, ObjectionState.PROPOSED]).count():
        msg = f"还有{waiting}条异议没有办完（待答复或待复核），请逐条办完再公布。"
        raise Refusal(msg)
    for old in Assessment.objects.filter(kind=assessment.kind, first=assessment.first, state=AssessmentState.PUBLISHED):
        _stepped(old, "supersede", by, at, None)
        _kept(old, "supersede", by=by, at=at, note=f"由第{assessment.edition}版代替")
    assessment.published_at, assessment.published_by = at, str(by) if by else "系统"
    _kept(assessment, "publish", by=by, at=at)
    tell_published(assessment, at=at)
    return assessment


@transaction.atomic
def drop(assessment: Assessment, reason: str, *, by: User | None, at: datetime, version: int | None = None) -> Assessment:
    """Put a draft away."""
    assessment = _stepped(assessment, "drop", by, at, version, reason=reason)
    return _kept(assessment, "drop", by=by, at=at, note=written("理由", reason))


def _stepped(assessment: Assessment, name: str, by: User | None, at: datetime, version: int | None, **carried: str) -> Assessment:
    """The assessment held, and everything the flow asks of the step there."""
    assessment = locked(assessment)
    arrow = WAY.step(AssessmentState(assessment.state), name)
    require(by, Permission(arrow.permission), on=local_day(at))
    refuse_stale(assessment, version)
    WAY.take(AssessmentState(assessment.state), name, carried)
    return assessment


def _kept(assessment: Assessment, name: str, *, by: User | None, at: datetime, note: str = "") -> Assessment:
    before = assessment.state
    assessment.state = WAY.step(AssessmentState(before), name).target
    assessment.version += 1
    assessment.save()
    record(f"assessment.{name}", assessment, by=by, at=at, before={"state": before}, after={"state": assessment.state}, note=note)
    return assessment
