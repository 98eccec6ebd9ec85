"""Writing the versions of measures: added, re-worded, given their exact words, withdrawn."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from gongjian.people.models import Department
from gongjian.people.queries import Answerable, name_index
from gongjian.plans.actions.promising import promise_all, promise_anew
from gongjian.plans.models import Edition, Measure, Plan, Programme, Responsibility, Wording
from gongjian.plans.planfile import model
from gongjian.plans.planfile.diff import gains
from gongjian.plans.planfile.sameness import FieldChange, measure_changes
from gongjian.trail.actions import record

if TYPE_CHECKING:
    from gongjian.people.models import User

ENRICHED = ("text", "source", "doubts", "damage", "uncertain", "deadline_text")  # what exact words bring to a wording that had none


@dataclass(slots=True)
class Desk:
    """What every write of one load shares. ``since``: from when new wordings are in force; ``at``: when the load happened."""

    programme: Programme
    edition: Edition
    plans: dict[str, Plan]
    by: User | None
    at: datetime
    since: datetime
    names: dict[str, Answerable] = field(default_factory=name_index)

    def tell(self, verb: str, measure: Measure, before: Any = None, after: Any = None) -> None:
        """Write one event about a measure."""
        record(verb, measure, by=self.by, at=self.at, before=before, after=after)


def add_measure(desk: Desk, said: model.Measure, order: int) -> None:
    """A measure that was not there."""
    measure = Measure.objects.create(programme=desk.programme, key=said.key)
    _wording(desk, measure, said, order, desk.since)
    promise_all(measure, said.commitments, desk.since)
    desk.tell("measure.added", measure, after={"key": said.key, "words": said.text or said.digest, "deadline": said.deadline.code()})


def withdraw_measure(desk: Desk, said: model.Measure) -> None:
    """A measure the document no longer has: kept with its history."""
    measure = Measure.objects.select_for_update().get(programme=desk.programme, key=said.key)
    measure.withdrawn_at = desk.at
    measure.save(update_fields=["withdrawn_at"])
    Wording.objects.filter(measure=measure, replaced_at=None).update(replaced_at=desk.at)
    desk.tell("measure.withdrawn", measure, before={"key": said.key, "words": said.text or said.digest})


def change_measure(desk: Desk, stored: model.Measure, said: model.Measure, order: int) -> None:
    """A measure that stays: re-worded where the document says otherwise, given its exact words where it had none."""
    measure = Measure.objects.select_for_update().get(programme=desk.programme, key=said.key)
    _place(measure, order)
    changes = [change for change in measure_changes(replace(stored, text=stored.text or said.text), said) if change.field != "order"]
    if gains(stored, said) and not any(change.field == "text" for change in changes):
        _attach(desk, measure, stored, said)
    if any(change.field == "commitments" for change in changes):
        promise_anew(measure, said.commitments, desk.at)
    if any(change.field != "commitments" for change in changes):
        _reword(desk, measure, stored, said, order)
    if changes:
        desk.tell("measure.changed", measure, before=_sides(changes, "before"), after=_sides(changes, "after"))


def _sides(changes: list[FieldChange], side: str) -> dict[str, str]:
    return {change.title: getattr(change, side) for change in changes}


def _place(measure: Measure, order: int) -> None:
    """Where the measure stands in the document: of the wording in force, and of the document's own below an adjusted one."""
    of_document = Wording.objects.filter(measure=measure, adjusted=False).order_by("-effective_at", "-id").values("pk")[:1]
    Wording.objects.filter(Q(replaced_at=None) | Q(pk__in=list(of_document.values_list("pk", flat=True))), measure=measure).exclude(
        order=order
    ).update(order=order)


def _attach(desk: Desk, measure: Measure, stored: model.Measure, said: model.Measure) -> None:
    """Exact words and their place are no change: they fill what was empty, in every version that lacks them."""
    columns = _columns(said)
    kept = ("text",) if stored.text else ()
    filled = {name: columns[name] for name in ENRICHED if columns[name] and name not in kept}
    Wording.objects.filter(measure=measure, text=stored.text).update(**filled)
    desk.tell("measure.attached", measure, after={"text": said.text, "source": said.source.words() if said.source else ""})


def _reword(desk: Desk, measure: Measure, stored: model.Measure, said: model.Measure, order: int) -> None:
    """A new version of the wording; what an in-year adjustment set stays in force unless the document changed that very thing."""
    old = Wording.objects.select_for_update().get(measure=measure, replaced_at=None)
    Wording.objects.filter(pk=old.pk).update(replaced_at=desk.at)
    kept = _still_adjusted(old, stored, said) if old.adjusted else said
    if not measure_changes(said, kept):
        _wording(desk, measure, said, order, desk.at)
        return
    _wording(desk, measure, said, order, desk.at, replaced_at=desk.at)
    _wording(desk, measure, kept, order, desk.at, adjusted=True)


def _still_adjusted(old: Wording, stored: model.Measure, said: model.Measure) -> model.Measure:
    """What the document says now, with the adjusted fields that it leaves as it had them."""
    touched = {change.field for change in measure_changes(stored, said)}
    return replace(
        said,
        deadline=said.deadline if "deadline" in touched else old.deadline,
        lead=said.lead if "lead" in touched else _parties(old, "lead"),
        support=said.support if "support" in touched else _parties(old, "support"),
    )


def _parties(wording: Wording, role: str) -> tuple[model.Party, ...]:
    rows = wording.responsibilities.filter(role=role).select_related("department", "group").order_by("order")
    return tuple(model.Party(str(row.department or row.group), row.printed, group=row.department is None) for row in rows)


def _wording(desk: Desk, measure: Measure, said: model.Measure, order: int, since: datetime, **more: Any) -> Wording:
    wording = Wording.objects.create(
        measure=measure, plan=desk.plans[said.plan], edition=desk.edition, order=order, effective_at=since, **_columns(said), **more
    )
    parties = [(Responsibility.Role.LEAD, said.lead), (Responsibility.Role.SUPPORT, said.support)]
    Responsibility.objects.bulk_create(
        Responsibility(wording=wording, role=role, order=number, printed=party.printed, **_link(desk, party))
        for role, named in parties
        for number, party in enumerate(named)
    )
    return wording


def _columns(said: model.Measure) -> dict[str, Any]:
    return {
        "section": said.section,
        "task_no": said.task_no,
        "task": said.task,
        "measure_no": said.measure_no,
        "digest": said.digest,
        "text": said.text,
        "deadline_kind": said.deadline.kind.value,
        "deadline_month": said.deadline.month,
        "deadline_day": said.deadline.day,
        "deadline_text": said.deadline.text,
        "source": asdict(said.source) if said.source else None,
        "doubts": [asdict(doubt) for doubt in said.doubts],
        "damage": said.damage,
        "uncertain": list(said.uncertain),
    }


def _link(desk: Desk, party: model.Party) -> dict[str, Answerable]:
    found = desk.names[party.name]
    return {"department": found} if isinstance(found, Department) else {"group": found}
