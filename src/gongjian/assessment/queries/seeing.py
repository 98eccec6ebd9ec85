"""Who may see what of an assessment: everybody everything once it is published, before that each department its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongjian.assessment.models import Assessment, AssessmentState, Score
from gongjian.people.permissions import Asker, Reach, may, reach, require
from gongjian.people.roles import Permission

PUBLIC = (AssessmentState.PUBLISHED, AssessmentState.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Sight:
    """``whole``: every department, with places. Else only these departments (ids), without places: a place tells of the others."""

    whole: bool
    own: frozenset[int]

    def covers(self, department: int) -> bool:
        """Whether the score of a department may be seen."""
        return self.whole or department in self.own

    def only(self, scores: Iterable[Score]) -> list[Score]:
        """Those that may be seen, in their order."""
        return [score for score in scores if self.covers(score.department_id)]


EVERYTHING = Sight(whole=True, own=frozenset())


def sight_of(assessment: Assessment | None, user: Asker) -> Sight:
    """What ``user`` may see of an assessment, or (None) of scores nobody has kept; Forbidden for nothing at all."""
    require(user, Permission.ASSESSMENT_VIEW)
    found = reach(user, Permission.ASSESSMENT_PREVIEW)
    whole = found.everywhere or (assessment is not None and assessment.is_public)
    own = frozenset() if assessment and assessment.state == AssessmentState.DROPPED else found.departments
    if not whole and not own:
        require(user, Permission.ASSESSMENT_PREVIEW, departments=[])
    return Sight(whole, own)


def seen(user: Asker) -> QuerySet[Assessment]:
    """The assessments ``user`` may open, the latest first."""
    found: Reach = reach(user, Permission.ASSESSMENT_PREVIEW)
    if found.everywhere:
        return Assessment.objects.all()
    own = Score.objects.filter(assessment=OuterRef("pk"), department__in=found.departments)
    mine = Q(Exists(own)) & ~Q(state=AssessmentState.DROPPED) if found.departments else Q(pk__in=[])
    return Assessment.objects.filter(Q(state__in=PUBLIC) | mine)


def manages(user: Asker) -> bool:
    """Whether this person drafts, answers and publishes."""
    return may(user, Permission.ASSESSMENT_MANAGE)


def oversees(user: Asker) -> bool:
    """Whether this person sees everything before it is published."""
    return reach(user, Permission.ASSESSMENT_PREVIEW).everywhere
