"""Drafting an assessment: its facts frozen, taken anew while it is a draft, and another edition of a published one."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from gongjian.assessment.actions.keeping import fill, locked, refuse_stale, settle, written
from gongjian.assessment.flow import WAY
from gongjian.assessment.freezing import digest_of, facts_of, terms_of
from gongjian.assessment.models import Assessment, AssessmentState, ObjectionState, Score
from gongjian.assessment.queries.grading import gathered, graded, term_of
from gongjian.assessment.queries.schemes import frozen, scheme_for
from gongjian.indicators.periods import Period, PeriodKind
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)
MAKING = (AssessmentState.DRAFT, AssessmentState.OBJECTING)


@transaction.atomic
def draft(period: Period, *, by: User | None, at: datetime) -> Assessment:
    """Begin the assessment of a month, quarter or year, its facts as known now or at the period's end, whichever comes first."""
    require(by, Permission.ASSESSMENT_MANAGE, on=local_day(at))
    if period.kind not in KINDS:
        msg = f"考核按月、季、年进行，“{period.words()}”不是这样的期间。"
        raise Refusal(msg)
    if local_day(at) < period.first:
        msg = f"{period.words()}还没有开始，不能编制考核。"
        raise Refusal(msg)
    if (standing := _standing(period)) is not None:
        raise Refusal(_already(standing))
    return _begun(period, by=by, at=at)


@transaction.atomic
def take_anew(assessment: Assessment, *, by: User | None, at: datetime, version: int | None = None) -> Assessment:
    """Freeze the facts of a draft anew, by the scheme as it is now."""
    assessment = locked(assessment)
    require(by, Permission.ASSESSMENT_MANAGE, on=local_day(at))
    refuse_stale(assessment, version)
    if assessment.state != AssessmentState.DRAFT:
        msg = f"{assessment}当前为“{assessment.words_of_state}”，事实已经冻结；只有编制中的考核可以重新取数。"
        raise Refusal(msg)
    before = assessment.facts_digest
    _freeze(assessment, at)
    assessment.version += 1
    assessment.save()
    record("assessment.taken_anew", assessment, by=by, at=at, before={"facts": before}, after={"facts": assessment.facts_digest})
    return assessment


@transaction.atomic
def begin_again(published: Assessment, reason: str, *, by: User | None, at: datetime) -> Assessment:
    """Begin another edition of a published assessment, for a reason; accepted corrections come along. The published one stays as it is."""
    published = locked(published)
    require(by, Permission.ASSESSMENT_MANAGE, on=local_day(at))
    reason = written("另出新版的理由", reason)
    WAY.step(AssessmentState(published.state), "supersede")
    if (making := Assessment.objects.filter(kind=published.kind, first=published.first, state__in=MAKING).first()) is not None:
        raise Refusal(_already(making))
    return _begun(published.period, by=by, at=at, supersedes=published, reason=reason)


def _begun(period: Period, *, by: User | None, at: datetime, supersedes: Assessment | None = None, reason: str = "") -> Assessment:
    latest = Assessment.objects.filter(kind=period.kind.value, first=period.first).order_by("-edition").first()
    assessment = Assessment(
        kind=period.kind.value,
        first=period.first,
        edition=latest.edition + 1 if latest else 1,
        supersedes=supersedes,
        reason=reason,
        as_of=min(period.last, local_day(at)),
        drafted_at=at,
        drafted_by=str(by) if by else "系统",
    )
    try:
        with transaction.atomic():
            assessment.save()
    except IntegrityError as error:  # somebody else began it at the same moment
        msg = f"{period.words()}的考核已由他人开始编制，请刷新页面。"
        raise Refusal(msg) from error
    if supersedes:
        _bring_corrections(supersedes, assessment)
    _freeze(assessment, at)
    assessment.save()
    record("assessment.drafted", assessment, by=by, at=at, after={"facts": assessment.facts_digest, "as_of": assessment.as_of}, note=reason)
    return assessment


def _freeze(assessment: Assessment, at: datetime) -> None:
    """Take scheme and facts as they are, and score them."""
    period = assessment.period
    assessment.scheme = frozen(scheme_for(period.first))
    terms, term = terms_of(assessment.scheme), term_of(period, local_day(at))
    assessment.as_of = term.on
    assessment.scores.all().delete()
    found = graded(terms, gathered(term, terms), {})
    rows = [fill(Score(assessment=assessment, department=one.department, facts=facts_of(one.rows)), one) for one in found]
    Score.objects.bulk_create(rows)
    assessment.facts_digest = digest_of({one.department.name: row.facts for one, row in zip(found, rows, strict=True)})
    if assessment.objections.exists():
        settle(assessment)


def _bring_corrections(old: Assessment, new: Assessment) -> None:
    for one in old.objections.filter(state=ObjectionState.ACCEPTED):
        one.pk, one.assessment, one.token = None, new, None
        one._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
        one.save()


def _standing(period: Period) -> Assessment | None:
    """The assessment of the period that is in the making or published."""
    found = Assessment.objects.filter(kind=period.kind.value, first=period.first)
    return found.filter(state__in=[*MAKING, AssessmentState.PUBLISHED]).first()


def _already(standing: Assessment) -> str:
    if standing.state == AssessmentState.PUBLISHED:
        return f"{standing}已经公布；要改请在它的页面上“另出新版”，原版保留。"
    return f"{standing}正在“{standing.words_of_state}”，请打开它继续办理，不要另起一份。"
