"""A document on its way in: read and kept aside, corrected by a person, then confirmed whole or discarded."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction

from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.plans.actions.loading import load_document
from gongjian.plans.models import Intake, Programme
from gongjian.plans.planfile.corrections import apply_corrections
from gongjian.plans.planfile.model import PlanDocument
from gongjian.plans.planfile.toml_format import parse_plan_file, write_plan_file
from gongjian.plans.queries.directory import canonical, known_directory
from gongjian.plans.queries.programmes import standing_for
from gongjian.plans.reading import read_upload
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

if TYPE_CHECKING:
    from gongjian.people.models import User

LARGEST = 20 * 2**20  # bytes of an upload


def open_intake(data: bytes, filename: str, *, by: User | None, at: datetime) -> Intake:
    """Read an uploaded file and keep what was understood for a person to look at. Nothing of any plan is written.

    A file that cannot be read raises its one sentence and leaves nothing behind. The same file, still open, is handed back.
    """
    require(by, Permission.PLAN_LOAD, on=local_day(at))
    if len(data) > LARGEST:
        msg = f"文件有 {len(data) // 2**20} MB，超过 {LARGEST // 2**20} MB 的上限，请只上传行动计划本身。"
        raise Refusal(msg)
    document = canonical(read_upload(data, filename, known_directory()))
    digest = hashlib.sha256(data).hexdigest()
    if standing := Intake.objects.filter(sha256=digest, state=Intake.State.OPEN).first():
        return standing
    with transaction.atomic():
        intake = Intake.objects.create(
            programme=standing_for(document.head),
            filename=filename[:255],
            sha256=digest,
            file=ContentFile(data, name=f"{digest[:16]}{Path(filename).suffix.lower()[:8]}"),
            reading=write_plan_file(document),
            at=at,
            by_label=str(by or "系统"),
        )
        record("intake.opened", intake, by=by, at=at, after={"file": intake.filename, "sha256": digest, "measures": len(document.measures)})
    return intake


def _corrected(intake: Intake) -> PlanDocument:
    """What was read, with the person's corrections made."""
    return apply_corrections(parse_plan_file(intake.reading, intake.filename), intake.corrections)


@transaction.atomic
def correct(intake: Intake, key: str, fields: dict[str, str], *, by: User, at: datetime) -> Intake:
    """Keep corrections of one measure (field → what it should say); refused whole when one of them cannot be made."""
    require(by, Permission.PLAN_LOAD, on=local_day(at))
    intake = _open(intake)
    before = intake.corrections.get(key, {})
    intake.corrections = {**intake.corrections, key: {**before, **fields}}
    _corrected(intake)
    intake.save(update_fields=["corrections"])
    record("intake.corrected", intake, by=by, at=at, before=before, after={"key": key, **fields})
    return intake


@transaction.atomic
def confirm(intake: Intake, *, by: User | None, at: datetime) -> Programme:
    """Write the corrected document into the plan: everything or nothing."""
    require(by, Permission.PLAN_LOAD, on=local_day(at))
    intake = _open(intake)
    slug = intake.programme.slug if intake.programme else ""
    programme = load_document(_corrected(intake), slug=slug, filename=intake.filename, sha256=intake.sha256, intake=intake, by=by, at=at)
    intake.state, intake.programme = Intake.State.CONFIRMED, programme
    intake.save(update_fields=["state", "programme"])
    return programme


@transaction.atomic
def discard(intake: Intake, *, by: User, at: datetime) -> None:
    """Put the document away unread; what was read stays for the record."""
    require(by, Permission.PLAN_LOAD, on=local_day(at))
    intake = _open(intake)
    intake.state = Intake.State.DISCARDED
    intake.save(update_fields=["state"])
    record("intake.discarded", intake, by=by, at=at, before={"file": intake.filename})


def _open(intake: Intake) -> Intake:
    locked = Intake.objects.select_for_update(of=("self",)).select_related("programme").get(pk=intake.pk)
    if locked.state != Intake.State.OPEN:
        msg = f"这次导入{Intake.State(locked.state).label}，不能再改；如需修改请重新上传文件。"
        raise Refusal(msg)
    return locked
