"""What a person sees of a document before confirming it: doubts first, then what it would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongjian.plans.models import Intake
from gongjian.plans.planfile.corrections import apply_corrections
from gongjian.plans.planfile.diff import MeasureChange, PlanDiff, diff_documents
from gongjian.plans.planfile.model import Measure, PlanDocument
from gongjian.plans.planfile.toml_format import parse_plan_file
from gongjian.plans.queries.stored import stored_document


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of the document: as corrected, as first read, and what it changes."""

    measure: Measure
    read: Measure
    fate: str  # new, attached, changed, unchanged
    change: MeasureChange | None

    @property
    def is_corrected(self) -> bool:
        """Whether a person corrected it."""
        return self.measure != self.read

    @property
    def doubted(self) -> bool:
        """Whether the reader would not swear to something in it that nobody has settled yet."""
        return bool(self.measure.doubts)


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole document before it is confirmed. ``diff`` is None for a plan that is not stored yet."""

    intake: Intake
    document: PlanDocument
    diff: PlanDiff | None
    lines: tuple[Line, ...]

    @property
    def doubted(self) -> list[Line]:
        """The measures with open doubts, in document order."""
        return [line for line in self.lines if line.doubted]

    @property
    def clear(self) -> list[Line]:
        """The others."""
        return [line for line in self.lines if not line.doubted]

    @property
    def changes_nothing(self) -> bool:
        """Whether confirming would write nothing."""
        return self.diff is not None and self.diff.is_empty


def preview(intake: Intake) -> Preview:
    """The document with the corrections made so far, held against what is stored."""
    document = apply_corrections(parse_plan_file(intake.reading, intake.filename), intake.corrections)
    diff = diff_documents(stored_document(intake.programme), document) if intake.programme else None
    return Preview(intake, document, diff, tuple(_lines(intake, document, diff)))


def _lines(intake: Intake, document: PlanDocument, diff: PlanDiff | None) -> Iterator[Line]:
    read = {measure.key: measure for measure in parse_plan_file(intake.reading, intake.filename).measures}
    fates = dict(_fates(diff)) if diff else {}
    for measure in document.measures:
        fate, change = fates.get(measure.key, ("new", None))
        yield Line(measure, read[measure.key], fate, change)


def _fates(diff: PlanDiff) -> Iterator[tuple[str, tuple[str, MeasureChange]]]:
    """By the key in the new document; what says more comes later and wins."""
    for fate, changes in (("unchanged", diff.unchanged), ("attached", diff.attached), ("moved", diff.moved), ("changed", diff.changed)):
        for change in changes:
            yield change.new.key, (fate, change)
