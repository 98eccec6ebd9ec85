"""Confirming a plan document: everything it changes is written at once, or nothing is."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify

from gongjian.kernel.refusal import Refusal
from gongjian.people.actions import ensure_directory
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.plans.actions.fitting import refuse_unkeepable
from gongjian.plans.actions.wordings import Desk, add_measure, change_measure, withdraw_measure
from gongjian.plans.models import Edition, Intake, Plan, Programme
from gongjian.plans.planfile.diff import PlanDiff, diff_documents
from gongjian.plans.planfile.merge import merge_documents
from gongjian.plans.planfile.model import DepartmentEntry, PlanDocument, PlanHead
from gongjian.plans.queries.directory import canonical
from gongjian.plans.queries.programmes import standing_for
from gongjian.plans.queries.stored import stored_document
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day
from gongjian.trail.office_day import start_of

if TYPE_CHECKING:
    from gongjian.people.models import User


@transaction.atomic
def load_document(
    document: PlanDocument,
    *,
    filename: str,
    by: User | None,
    at: datetime,
    slug: str = "",
    sha256: str = "",
    intake: Intake | None = None,
) -> Programme:
    """Write what ``document`` changes in the programme it means (``slug``, else by number or title, else a new one).

    A document that changes nothing writes nothing, not even an edition. A first load is in force from the day of issue, since the
    plan was; later ones from ``at``.
    """
    require(by, Permission.PLAN_LOAD, on=local_day(at))
    _refuse_unusable(document)
    refuse_unkeepable(document)
    document = canonical(document)
    programme = _locked(document.head, slug)
    if programme is None:
        programme = _new_programme(document.head, slug, at)
        record("programme.created", programme, by=by, at=at, after={"number": programme.number, "title": programme.title})
        diff, merged, since = PlanDiff(added=document.measures), document, min(at, start_of(programme.issued_on))
    else:
        stored = stored_document(programme)
        diff, since = diff_documents(stored, document), at
        if diff.is_empty:
            return programme
        withdrawn = programme.measures.exclude(withdrawn_at=None).values_list("key", flat=True)
        merged = merge_documents(stored, document, reserved=tuple(withdrawn))
    edition = _edition(programme, merged, filename, sha256, intake, by=by, at=at)
    _write(programme, edition, diff, merged, by=by, at=at, since=since)
    record("programme.loaded", programme, by=by, at=at, after={"file": filename, "sha256": sha256, "changes": diff.words()})
    return programme


def _locked(head: PlanHead, slug: str) -> Programme | None:
    """The programme meant; two loads onto one wait for each other."""
    found = Programme.objects.filter(slug=slug).first() if slug else standing_for(head)
    return Programme.objects.select_for_update().get(pk=found.pk) if found else None


def _write(
    programme: Programme, edition: Edition, diff: PlanDiff, merged: PlanDocument, *, by: User | None, at: datetime, since: datetime
) -> None:
    _update_head(programme, merged.head)
    plans = _plans(programme, merged)
    _ensure_departments(merged, by=by, at=at)
    desk = Desk(programme, edition, plans, by, at, since)
    for measure in diff.withdrawn:
        withdraw_measure(desk, measure)
    stored = {measure.key: measure for measure in stored_document(programme).measures}
    for order, measure in enumerate(merged.measures):
        if measure.key in stored:
            change_measure(desk, stored[measure.key], measure, order)
        else:
            add_measure(desk, measure, order)


def _refuse_unusable(document: PlanDocument) -> None:
    if not document.measures:
        msg = "文件里没有读到任何工作措施，不能载入。"
        raise Refusal(msg)
    if nobody := [measure.key for measure in document.measures if not measure.lead]:
        msg = f"措施 {'、'.join(nobody[:5])} 没有牵头部门，请先更正后再确认。"
        raise Refusal(msg)


def _new_programme(head: PlanHead, slug: str, at: datetime) -> Programme:
    issued = head.date or local_day(at)
    year = _year(head, issued)
    return Programme.objects.create(
        slug=slug or _free_slug(head, year),
        title=head.title or f"{year}年行动计划",
        number=head.number,
        issuer=head.issuer,
        signer=head.signer,
        issued_on=issued,
        year=year,
    )


def _year(head: PlanHead, issued: date) -> int:
    named = re.search(r"(20\d\d)\s*年", head.title)
    return int(named[1]) if named else issued.year


def _free_slug(head: PlanHead, year: int) -> str:
    stem = slugify("-".join(re.findall(r"\d+", head.number))) or f"plan-{year}"
    taken = set(Programme.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))) if slug not in taken)


def _update_head(programme: Programme, head: PlanHead) -> None:
    for name in ("number", "issuer", "signer", "title"):
        setattr(programme, name, getattr(head, name) or getattr(programme, name))
    programme.issued_on = head.date or programme.issued_on
    programme.save()


def _edition(
    programme: Programme, document: PlanDocument, filename: str, sha256: str, intake: Intake | None, *, by: User | None, at: datetime
) -> Edition:
    return Edition.objects.create(
        programme=programme,
        intake=intake,
        filename=filename,
        sha256=sha256,
        doubts=[asdict(doubt) for doubt in document.doubts],
        at=at,
        by_label=str(by or "系统"),
    )


def _plans(programme: Programme, document: PlanDocument) -> dict[str, Plan]:
    """The programme's plans by title; those the document brings new are made, one whose title it changed is renamed."""
    letters = {measure.plan: _letter(measure.key) for measure in document.measures}
    plans = {plan.title: plan for plan in programme.plans.all()}
    for order, title in enumerate(document.plans):
        if title not in plans and title not in letters:
            continue
        plan = plans.get(title) or _renamed(plans, document, letters[title], title) or Plan(programme=programme, letter=letters[title])
        plan.order, plan.title = order, title
        plan.save()
        plans[title] = plan
    return plans


def _renamed(plans: dict[str, Plan], document: PlanDocument, letter: str, title: str) -> Plan | None:
    """The plan that had this letter, unless the document still has it under its old title: one letter cannot mean two plans."""
    standing = next((plan for plan in plans.values() if plan.letter == letter), None)
    if standing and standing.title in document.plans:
        msg = f"分计划“{standing.title}”与“{title}”的措施编号用了同一个字头 {letter}，请改用不同的字头后再载入。"
        raise Refusal(msg)
    return standing


def _letter(key: str) -> str:
    found: Any = re.match(r"[A-Za-z]+", key)
    return found[0] if found else key[:1]


def _ensure_departments(document: PlanDocument, *, by: User | None, at: datetime) -> None:
    """Every name used stands in the directory; one the reader did not know becomes a bureau, for an administrator to set right."""
    known = {entry.name for entry in document.directory.departments} | set(document.directory.groups)
    parties = {party for measure in document.measures for party in (*measure.lead, *measure.support)}
    unknown = [DepartmentEntry(party.name) for party in parties if not party.group and party.name not in known]
    groups = {party.name for party in parties if party.group} | set(document.directory.groups)
    named = {party.name for party in parties}
    used = [entry for entry in document.directory.departments if entry.name in named]
    ensure_directory([*used, *sorted(unknown, key=lambda entry: entry.name)], sorted(groups), by=by, at=at)
