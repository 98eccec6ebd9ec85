"""The circular of an assessment, drafted from its frozen scores."""

from __future__ import annotations

from django.conf import settings

from gongjian.assessment.bulletin.drafting import Circular, Occasion, Told, draft_circular
from gongjian.assessment.freezing import rows_of, terms_of
from gongjian.assessment.models import Assessment, ObjectionState
from gongjian.assessment.queries.grading import corrections_of
from gongjian.assessment.queries.ranking_page import kept_ranking
from gongjian.assessment.queries.seeing import EVERYTHING
from gongjian.assessment.scoring import score


def circular(assessment: Assessment) -> Circular:
    """The text as it would go out today; three queries."""
    terms, objections = terms_of(assessment.scheme), list(assessment.objections.all())
    corrections = corrections_of(objections)
    groups = kept_ranking(assessment, EVERYTHING)
    facts = dict(assessment.scores.values_list("department_id", "facts"))
    told = [
        Told(line, score(terms.items, rows_of(facts[line.department]), terms.helping, corrections.get(line.department, ())))
        for group in groups
        for line in group.lines
    ]
    occasion = Occasion(
        period=assessment.period.words(),
        as_of=assessment.as_of,
        basis=terms.basis,
        public=assessment.is_public,
        objections=len(objections),
        corrected=sum(one.state == ObjectionState.ACCEPTED for one in objections),
        simulated=settings.DEMONSTRATION,
    )
    return draft_circular(occasion, terms, groups, told)
