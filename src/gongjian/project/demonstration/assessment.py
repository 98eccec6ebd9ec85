"""The demonstration's assessments: September assessed, objected to, corrected and published; October in draft."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from gongjian.assessment.actions import objecting
from gongjian.assessment.actions.drafting import draft
from gongjian.assessment.actions.stepping import publish, send_out
from gongjian.assessment.freezing import rows_of
from gongjian.assessment.gathering.commitments import REPORTS
from gongjian.assessment.models import Assessment, Score
from gongjian.assessment.scoring import Outcome, Row
from gongjian.indicators.periods import month
from gongjian.kernel.months import Month
from gongjian.people.models import Post, User
from gongjian.people.roles import Role
from gongjian.trail.office_day import start_of

OFFICE, SECOND = "tongchou", "tongchou-fuhe"
SENT_AFTER = 9  # days after the end of the month: the holiday week of October is over
WHY = "当月系统切换，报告在到期日下班前以纸质件送达统筹办收发室，有签收记录；系统恢复后补录，故登记时间晚于到期日。（模拟）"
ANSWER = "经核对收发室签收记录，纸质件确在到期日送达，按时报送属实，予以更正。（模拟）"


@transaction.atomic
def make_assessments(until: date) -> int:
    """Act them out up to the day ``until``; how many there are then. The last step lies in the first hour of that day."""
    users = {user.username: user for user in User.objects.filter(username__in=[OFFICE, SECOND])}
    this = Month.of(until)
    before = this.previous()
    sent = before.last + timedelta(SENT_AFTER)
    assessment = draft(month(before), by=users[OFFICE], at=_at(sent, 9))
    assessment = send_out(assessment, by=users[OFFICE], at=_at(sent, 10))
    _object(assessment, users, sent)
    if assessment.objections_until and assessment.objections_until < until - timedelta(1):
        publish(assessment, by=users[OFFICE], at=_at(assessment.objections_until + timedelta(1), 10))
    draft(month(this), by=users[OFFICE], at=start_of(until) + timedelta(minutes=40))
    return Assessment.objects.count()


def _object(assessment: Assessment, users: dict[str, User], sent: date) -> None:
    """The first department with somebody to speak for it and a report that came late."""
    found = _late_report(assessment)
    if found is None:
        return
    score, row, officer = found
    made = objecting.object_to(assessment, score.department, REPORTS, row.key, WHY, by=officer, at=_at(sent + timedelta(3), 15))
    objecting.propose(made, 100, ANSWER, by=users[OFFICE], at=_at(sent + timedelta(4), 9))
    objecting.approve(made, by=users[SECOND], at=_at(sent + timedelta(4), 16))


def _late_report(assessment: Assessment) -> tuple[Score, Row, User] | None:
    posts = Post.objects.filter(role=Role.OFFICER).select_related("user").order_by("-pk")
    officers = {post.department_id: post.user for post in posts}
    for score in assessment.scores.select_related("department").order_by("department__order", "department_id"):
        for row in rows_of(score.facts).get(REPORTS, ()):
            if row.outcome is Outcome.PARTLY and score.department_id in officers:
                return score, row, officers[score.department_id]
    return None


def _at(day: date, hour: int) -> datetime:
    return start_of(day) + timedelta(hours=hour)
