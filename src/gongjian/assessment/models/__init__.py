"""Tables of the assessment."""

from gongjian.assessment.models.assessment import Assessment, AssessmentState, Objection, ObjectionState, Score
from gongjian.assessment.models.scheme import Scheme, SchemeGroup, SchemeItem

__all__ = ["Assessment", "AssessmentState", "Objection", "ObjectionState", "Scheme", "SchemeGroup", "SchemeItem", "Score"]
