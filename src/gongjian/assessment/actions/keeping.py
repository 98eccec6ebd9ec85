"""What every write of an assessment goes through: the row held, texts that fit, scores kept from frozen facts."""

from __future__ import annotations

from collections.abc import Iterable

from gongjian.assessment.flow import LONGEST
from gongjian.assessment.freezing import items_of, rows_of, terms_of
from gongjian.assessment.models import Assessment, Score
from gongjian.assessment.queries.grading import Graded, corrections_of, graded
from gongjian.kernel.refusal import Refusal

COLUMNS = ("group", "items", "total", "sample", "standing", "rank", "tied", "among")


def locked(assessment: Assessment) -> Assessment:
    """The assessment as it is now, held until the transaction ends."""
    return Assessment.objects.select_for_update().get(pk=assessment.pk)


def refuse_stale(assessment: Assessment, version: int | None) -> None:
    """Refuse what was decided over an older state; None: whatever it is by now."""
    if version is not None and version != assessment.version:
        msg = f"{assessment}刚刚有了变动（现在是“{assessment.words_of_state}”），请刷新页面，看过最新内容再办。"
        raise Refusal(msg)


def written(title: str, text: str) -> str:
    """A text without blanks around it; Refusal for an empty and for a too long one."""
    text = text.strip()
    if not text:
        msg = f"请填写“{title}”。"
        raise Refusal(msg)
    if len(text) > LONGEST:
        msg = f"“{title}”有 {len(text)} 个字，最多 {LONGEST} 个字，请精简。"
        raise Refusal(msg)
    return text


def fill(score: Score, one: Graded) -> Score:
    """Write a department's score and place into its row."""
    score.group, score.items, score.total, score.sample = one.group, items_of(one.score.items), one.score.total, one.score.sample
    score.standing, score.rank, score.tied, score.among = one.place.standing.value, one.place.rank, one.place.tied, one.place.among
    return score


def settle(assessment: Assessment) -> None:
    """Work every score out anew from the frozen facts and the accepted corrections: a correction moves the places of others too."""
    scores = {one.department_id: one for one in assessment.scores.all()}
    rows = {key: rows_of(one.facts) for key, one in scores.items()}
    found = graded(terms_of(assessment.scheme), rows, corrections_of(assessment.objections.all()))
    Score.objects.bulk_update(_filled(scores, found), COLUMNS)


def _filled(scores: dict[int, Score], found: Iterable[Graded]) -> list[Score]:
    return [fill(scores[one.department.pk], one) for one in found]
