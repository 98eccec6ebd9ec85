"""What a newly read plan document changes in the stored one, measure by measure and field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongjian.plans.planfile.match import Pair, match_measures
from gongjian.plans.planfile.model import Measure, PlanDocument
from gongjian.plans.planfile.sameness import FieldChange, head_changes, measure_changes


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A stored measure beside its new reading: which fields differ (empty when only words were attached), and why they are a pair."""

    old: Measure
    new: Measure
    fields: tuple[FieldChange, ...]
    why: str


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """Everything a load would change. A measure may be attached, changed and moved at once; ``unchanged`` is none of these.

    ``attached`` gain exact words or a source they did not have; ``moved`` carry the field ``order``, also among the fields of ``changed``.
    """

    unchanged: tuple[MeasureChange, ...] = ()
    attached: tuple[MeasureChange, ...] = ()
    changed: tuple[MeasureChange, ...] = ()
    added: tuple[Measure, ...] = ()
    withdrawn: tuple[Measure, ...] = ()
    moved: tuple[MeasureChange, ...] = ()
    head: tuple[FieldChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether loading would change nothing."""
        return not (self.attached or self.changed or self.added or self.withdrawn or self.moved or self.head)

    def words(self) -> str:
        """The counts in one Chinese line."""
        counts = (
            (len(self.attached), "条补上原文"),
            (len(self.changed), "条有变动"),
            (len(self.added), "条新增"),
            (len(self.withdrawn), "条撤销"),
            (len(self.moved), "条移动次序"),
            (len(self.head), "处文件头变动"),
            (len(self.unchanged), "条不变"),
        )
        told = "，".join(f"{count}{what}" for count, what in counts if count)
        return f"没有变动：{told or '没有措施'}" if self.is_empty else told


def diff_documents(stored: PlanDocument, new: PlanDocument) -> PlanDiff:
    """What ``new`` changes in ``stored``; empty when it says nothing that is not stored already.

    What a reading leaves unsaid changes nothing: a document brings no digests and no commitments, a plan file may bring no text.
    """
    pairs = match_measures(stored.measures, new.measures)
    return diff_pairs(pairs, stored, new)


def diff_pairs(pairs: Sequence[Pair], stored: PlanDocument, new: PlanDocument) -> PlanDiff:
    """The same, for pairs that are already known."""
    before, after = _positions(stored.measures), _positions(new.measures)
    both = [(pair, _change(pair.old, pair.new, pair, before, after)) for pair in pairs if pair.old and pair.new]
    return PlanDiff(
        unchanged=tuple(change for pair, change in both if not (change.fields or gains(change.old, change.new))),
        attached=tuple(change for pair, change in both if gains(change.old, change.new)),
        changed=tuple(change for pair, change in both if any(field.field != "order" for field in change.fields)),
        added=tuple(pair.new for pair in pairs if pair.new and not pair.old),
        withdrawn=tuple(pair.old for pair in pairs if pair.old and not pair.new),
        moved=tuple(change for pair, change in both if pair.moved),
        head=head_changes(stored.head, new.head),
    )


def gains(old: Measure, new: Measure) -> bool:
    """Whether the new reading brings exact words, or their place, that the stored measure lacks."""
    return bool((new.text and not old.text) or (new.source and not old.source))


def _change(old: Measure, new: Measure, pair: Pair, before: Mapping[int, int], after: Mapping[int, int]) -> MeasureChange:
    fields = measure_changes(old, new)
    if pair.moved:
        fields = (*fields, FieldChange("order", "次序", f"第{before[id(old)]}条", f"第{after[id(new)]}条"))
    return MeasureChange(old, new, fields, pair.why)


def _positions(measures: Sequence[Measure]) -> dict[int, int]:
    """Place in the document, from 1, by identity: keys may repeat in what was freshly read."""
    return {id(measure): at for at, measure in enumerate(measures, start=1)}
