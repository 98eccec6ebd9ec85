"""Scoring every department at once: rows from all sources, points, places. The same whether it is kept or only looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from gongjian.assessment.freezing import Terms, terms_of
from gongjian.assessment.models import Objection, ObjectionState
from gongjian.assessment.queries.schemes import frozen, scheme_for
from gongjian.assessment.ranking import Contender, Place, ranked
from gongjian.assessment.registry import Term, sources_of
from gongjian.assessment.scoring import Correction, Row, Score, score
from gongjian.indicators.periods import Period
from gongjian.people.models import Department

Rows = Mapping[int, Mapping[str, Sequence[Row]]]  # by department id, then by kind of item


@dataclass(frozen=True, slots=True)
class Graded:
    """One department with its rows, its score and its place among its like."""

    department: Department
    group: str
    rows: Mapping[str, Sequence[Row]]
    score: Score
    place: Place


def term_of(period: Period, day: date) -> Term:
    """The term of a period as it stands on a day: until it is over, what has come of it so far."""
    return Term(period.first, period.last, min(period.last, day))


def live(period: Period, day: date) -> tuple[dict[str, Any], list[Graded]]:
    """The scheme and everybody's score as of a day, nothing kept. A fixed number of queries, whatever the number of departments."""
    said = frozen(scheme_for(period.first))
    terms = terms_of(said)
    return said, graded(terms, gathered(term_of(period, day), terms), {})


def gathered(term: Term, terms: Terms) -> Rows:
    """The rows of every department, those of the scheme's items only."""
    wanted = [item.kind for item in terms.items]
    found: dict[int, dict[str, Sequence[Row]]] = defaultdict(dict)
    for source in sources_of(wanted):
        for item, of in source(term).items():
            if item in wanted:
                for department, rows in of.items():
                    found[department][item] = rows
    return found


def graded(terms: Terms, rows: Rows, corrections: Mapping[int, Iterable[Correction]]) -> list[Graded]:
    """Everybody with any row, best first within each group, groups in the scheme's order. One query."""
    departments = Department.objects.in_bulk(list(rows))
    groups = {key: terms.group_of(one.kind) for key, one in departments.items()}
    scores = {key: score(terms.items, rows[key], terms.helping, corrections.get(key, ())) for key in departments}
    places = ranked((Contender(key, groups[key], scores[key].total, scores[key].sample) for key in departments), terms.least_rows)
    found = [Graded(one, groups[key], rows[key], scores[key], places[key]) for key, one in departments.items()]
    order = terms.group_titles.index
    return sorted(found, key=lambda one: (order(one.group), one.place.rank or len(found) + 1, one.department.order, one.department.pk))


def corrections_of(objections: Iterable[Objection]) -> dict[int, list[Correction]]:
    """What the accepted ones among them change, by department."""
    found: dict[int, list[Correction]] = defaultdict(list)
    for one in objections:
        if one.state == ObjectionState.ACCEPTED:
            found[one.department_id].append(correction_of(one))
    return found


def correction_of(objection: Objection) -> Correction:
    """What an objection changes, or would once it is approved."""
    return Correction(objection.item, objection.row, None if objection.leaves_out else Fraction(objection.share or 0, 100))
