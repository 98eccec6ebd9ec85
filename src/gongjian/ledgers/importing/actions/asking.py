"""What people do with an import: hand in a sheet, have it checked, have it written, drop it."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from gongjian.documents.sheets import MAX_BYTES
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.declaration import Table
from gongjian.ledgers.importing.planner import permission_of
from gongjian.ledgers.importing.storage import Folder
from gongjian.ledgers.models import Import
from gongjian.ledgers.registry import find
from gongjian.people.models import Department, User
from gongjian.people.permissions import require
from gongjian.standards.coordinates import Datum
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

STUCK = timedelta(minutes=10)  # nothing takes so long: whoever was at it is gone
EXPIRY = timedelta(days=30)
_MEGA = 1024 * 1024
_LONGEST = 200  # characters of a file's name


def require_size(size: int, name: str) -> None:
    """Refusal where a file is larger than any sheet may be, or empty: before it is read into memory."""
    if size > MAX_BYTES:
        msg = f"文件“{name}”有 {size / _MEGA:.0f} MB，超过 {MAX_BYTES // _MEGA} MB 的上限：请去掉图片和多余的工作表，或分成几个文件。"
        raise Refusal(msg)
    if not size:
        msg = f"文件“{name}”是空的：请检查是否保存或上传完整。"
        raise Refusal(msg)


@transaction.atomic
def upload(
    table: Table, name: str, data: bytes, *, department: Department, by: User | None, at: datetime, datum: Datum = Datum.CGCS2000
) -> Import:
    """Keep a sheet for a table; Refusal, ``Forbidden``. Nothing is read yet."""
    require(by, permission_of(table), departments=[department.pk], on=local_day(at))
    require_size(len(data), name)
    folder = Folder.fresh()
    found = Import.objects.create(
        table=table.slug,
        filename=" ".join(name.split())[-_LONGEST:] or "表格",
        size=len(data),
        digest=sha256(data).hexdigest(),
        token=folder.token,
        department=department,
        datum=datum.value,
        by=by,
        uploaded_at=at,
    )
    folder.keep(data)
    record("import.uploaded", found, by=by, at=at, after={"table": table.slug, "sha256": found.digest, "size": found.size})
    return found


@transaction.atomic
def ask_check(found: Import, *, by: User | None, at: datetime, sheet: str = "") -> Import:
    """The dry run is wanted, of the sheet so called or of the one that fits best: what is left is to do it (``background.begin``)."""
    current = _open(found, by, at)
    _require_rest(current, at)
    return _set_out(current, Import.State.CHECKING, at, sheet=sheet)


@transaction.atomic
def ask_apply(found: Import, mode: Import.Mode, *, by: User | None, at: datetime) -> Import:
    """The checked rows are to be written. Refusal where nothing is left to write, or all were to pass and some do not."""
    current = _open(found, by, at)
    if current.state != Import.State.CHECKED and not (current.state == Import.State.APPLYING and is_stuck(current, at)):
        msg = f"这份表格{current.get_state_display()}，不能导入；请先核对。"
        raise Refusal(msg)
    for department in current.summary["departments"]:
        require(by, permission_of(find(current.table)), departments=[department], on=local_day(at))
    if mode is Import.Mode.ALL and current.summary["refused"]:
        msg = f"有 {current.summary['refused']} 行被拒绝，没有写入任何内容：请改正后重新上传，或选择“{Import.Mode.GOOD.label}”。"
        raise Refusal(msg)
    if not current.summary["added"] + current.summary["changed"]:
        msg = "没有要新增或变更的行，不需要导入。"
        raise Refusal(msg)
    current.mode, current.decided_by = mode, by
    return _set_out(current, Import.State.APPLYING, at, sheet=current.sheet)


@transaction.atomic
def discard(found: Import, *, by: User | None, at: datetime) -> None:
    """Drop an import that has written nothing, and its file."""
    current = _open(found, by, at)
    _require_rest(current, at)
    _drop(current, at)
    record("import.discarded", current, by=by, at=at)


def expire(*, at: datetime) -> int:
    """Drop what nobody has decided on for thirty days; how many there were. The system's own deed."""
    waiting = [state for state in Import.State if state not in (Import.State.DONE, Import.State.DISCARDED)]
    old = list(Import.objects.filter(state__in=waiting, uploaded_at__lt=at - EXPIRY))
    for found in old:
        with transaction.atomic():
            _drop(found, at)
            record("import.expired", found, by=None, at=at)
    return len(old)


def is_stuck(found: Import, at: datetime) -> bool:
    """Whether whoever was at work has been gone for long."""
    return found.at_work and found.started_at is not None and at - found.started_at > STUCK


def _open(found: Import, by: User | None, at: datetime) -> Import:
    """The import as it is now, locked; Refusal when it is over."""
    current = Import.objects.select_for_update().get(pk=found.pk)
    require(by, permission_of(find(current.table)), departments=[current.department_id], on=local_day(at))
    if current.state in (Import.State.DONE, Import.State.DISCARDED):
        msg = f"这份表格{current.get_state_display()}；要再次导入的请重新上传，相同的行不会重复写入。"
        raise Refusal(msg)
    return current


def _require_rest(current: Import, at: datetime) -> None:
    """Refusal while somebody is at work on it."""
    if current.at_work and not is_stuck(current, at):
        msg = f"这份表格{current.get_state_display()}，请等它完成。"
        raise Refusal(msg)


def _set_out(current: Import, state: Import.State, at: datetime, *, sheet: str) -> Import:
    current.state, current.started_at, current.sheet, current.problem = state, at, sheet, ""
    current.save(update_fields=["state", "started_at", "sheet", "problem", "mode", "decided_by"])
    Folder(current.token).untell()
    return current


def _drop(current: Import, at: datetime) -> None:
    current.state, current.finished_at = Import.State.DISCARDED, at
    current.save(update_fields=["state", "finished_at"])
    transaction.on_commit(Folder(current.token).remove)
