"""A reading as plain data for ``--json``: what scripts and score keepers take."""

from __future__ import annotations

from typing import Any

from gongjian.kernel.deadlines import Deadline
from gongjian.plans.planfile.model import Doubt, Measure, Place, PlanDocument, PlanHead


def reading_as_json(document: PlanDocument) -> dict[str, Any]:
    """The document's head, its measures in order, and every doubt: ``measure`` names the measure it belongs to, None for the document."""
    own = [_doubt(doubt) | {"measure": None} for doubt in document.doubts]
    theirs = [_doubt(doubt) | {"measure": measure.key} for measure in document.measures for doubt in measure.doubts]
    return {
        "document": _head(document.head) | {"plans": list(document.plans)},
        "measures": [_measure(measure) for measure in document.measures],
        "doubts": own + theirs,
    }


def _head(head: PlanHead) -> dict[str, Any]:
    return {
        "number": head.number,
        "issuer": head.issuer,
        "signer": head.signer,
        "date": head.date.isoformat() if head.date else None,
        "title": head.title,
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "key": measure.key,
        "plan": measure.plan,
        "section": measure.section,
        "task_no": measure.task_no,
        "task": measure.task,
        "measure_no": measure.measure_no,
        "text": measure.text,
        "deadline": _deadline(measure.deadline),
        "lead": [party.name for party in measure.lead],
        "support": [party.name for party in measure.support],
        "lead_printed": [party.printed for party in measure.lead],
        "support_printed": [party.printed for party in measure.support],
        "source": _place(measure.source) if measure.source else None,
        "doubts": [_doubt(doubt) for doubt in measure.doubts],
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {"kind": str(deadline.kind), "month": deadline.month, "day": deadline.day, "text": deadline.text}


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {"code": doubt.code, "message": doubt.message, "field": doubt.field, "place": _place(doubt.place)}


def _place(place: Place) -> dict[str, Any]:
    """The parts of a place that apply, and its words."""
    parts = {
        "line": place.line,
        "page": place.page,
        "sheet": place.sheet,
        "table": place.table,
        "row": place.row,
        "column": place.column,
    }
    return {name: value for name, value in parts.items() if value is not None} | {"words": place.words()}
