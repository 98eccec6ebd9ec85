"""A stored programme as a plan document again: what diff and export work on."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from gongjian.people.models import Department, DepartmentGroup
from gongjian.plans.models import Commitment, Programme, Responsibility, Wording
from gongjian.plans.planfile import model


def stored_document(programme: Programme) -> model.PlanDocument:
    """The programme as last loaded: the document's wordings and commitments, in-year adjustments set aside.

    Withdrawn measures are left out.
    """
    wordings = list(_document_wordings(programme))
    return model.PlanDocument(
        head=_head(programme),
        plans=tuple(plan.title for plan in programme.plans.all()),
        measures=tuple(_measure(wording) for wording in wordings),
        doubts=tuple(_doubt(doubt) for doubt in _edition_doubts(programme)),
        directory=_directory(wordings),
    )


def _document_wordings(programme: Programme) -> QuerySet[Wording]:
    """For each standing measure its newest wording that came from a document, in document order."""
    newest = (
        Wording.objects.filter(measure__programme=programme, measure__withdrawn_at=None, adjusted=False)
        .order_by("measure", "-effective_at", "-id")
        .values_list("measure_id", "id")
    )
    chosen: dict[int, int] = {}
    for measure, wording in newest:
        chosen.setdefault(measure, wording)
    parties = Responsibility.objects.select_related("department", "group")
    commitments = Commitment.objects.order_by("order", "id").prefetch_related("adjustments")
    return (
        Wording.objects.filter(id__in=chosen.values())
        .select_related("measure", "plan")
        .prefetch_related(Prefetch("responsibilities", parties), Prefetch("measure__commitments", commitments))
        .order_by("plan__order", "order")
    )


def _head(programme: Programme) -> model.PlanHead:
    return model.PlanHead(programme.number, programme.issuer, programme.signer, programme.issued_on, programme.title)


def _edition_doubts(programme: Programme) -> list[dict[str, object]]:
    edition = programme.editions.first()
    return list(edition.doubts) if edition else []


def _measure(wording: Wording) -> model.Measure:
    return model.Measure(
        key=wording.measure.key,
        plan=wording.plan.title,
        section=wording.section,
        task_no=wording.task_no,
        task=wording.task,
        measure_no=wording.measure_no,
        deadline=wording.deadline,
        text=wording.text,
        digest=wording.digest,
        lead=_parties(wording, Responsibility.Role.LEAD),
        support=_parties(wording, Responsibility.Role.SUPPORT),
        source=model.Place(**wording.source) if wording.source else None,
        doubts=tuple(_doubt(doubt) for doubt in wording.doubts),
        commitments=tuple(said for _, said in as_loaded(list(wording.measure.commitments.all()))),
        damage=wording.damage,
        uncertain=tuple(wording.uncertain),
    )


def _parties(wording: Wording, role: str) -> tuple[model.Party, ...]:
    rows = sorted((row for row in wording.responsibilities.all() if row.role == role), key=lambda row: row.order)
    return tuple(
        model.Party(row.department.name, row.printed) if row.department else model.Party(row.group.name, row.printed, group=True)  # type: ignore[union-attr]
        for row in rows
    )


def _doubt(data: dict[str, object]) -> model.Doubt:
    place = model.Place(**data["place"])  # type: ignore[arg-type]
    return model.Doubt(str(data["code"]), str(data["message"]), place, data.get("field"))  # type: ignore[arg-type]


PROMISE_FIELDS = (
    "indicator",
    "op",
    "value",
    "unit",
    "by",
    "direction",
    "what",
    "due",
    "every",
    "ledger",
    "derived",
    "published",
    "cases",
    "note",
)


def promise(row: Commitment) -> model.Commitment:
    """One stored commitment as the word of the plan file."""
    fields = {name: getattr(row, name) for name in PROMISE_FIELDS}
    return model.Commitment(kind=model.CommitmentKind(row.kind), states=tuple(row.states), **fields)


def as_loaded(versions: list[Commitment]) -> list[tuple[Commitment, model.Commitment]]:
    """Of all versions of a measure's commitments those in force, each with what the document says of it, adjustments set aside."""
    of_document: dict[int, Commitment] = {}
    for row in sorted(versions, key=lambda row: row.pk):
        if not row.adjustments.all():
            of_document[row.root_id_or_own] = row
    return [(row, promise(of_document[row.root_id_or_own])) for row in versions if row.replaced_at is None]


def _directory(wordings: list[Wording]) -> model.Directory:
    """The departments and groups the programme names, with all their aliases."""
    rows = [row for wording in wordings for row in wording.responsibilities.all()]
    departments = {row.department_id for row in rows if row.department_id}
    groups = {row.group_id for row in rows if row.group_id}
    entries = Department.objects.filter(id__in=departments).prefetch_related("aliases").order_by("order", "id")
    return model.Directory(
        tuple(model.DepartmentEntry(d.name, d.kind, tuple(a.alias for a in d.aliases.all())) for d in entries),
        tuple(DepartmentGroup.objects.filter(id__in=groups).order_by("id").values_list("name", flat=True)),
    )
