"""The two pieces of work of an import, done at once or in the background: the dry run, and the writing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from gongjian.documents.sheets import open_book
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.importing.actions.writing import Applied, Hand, write_rows
from gongjian.ledgers.importing.planner import permission_of
from gongjian.ledgers.importing.planning import CHUNK, plan_import, table_in
from gongjian.ledgers.importing.storage import Folder
from gongjian.ledgers.importing.verdicts import ImportPlan, RowPlan, Verdict
from gongjian.ledgers.models import Import
from gongjian.ledgers.registry import find
from gongjian.people.permissions import require
from gongjian.standards.coordinates import Datum
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

log = logging.getLogger("gongjian.imports")
_LATE = 200  # rows of which a result says why they were left out
_LONGEST = 1000  # characters of a problem
_BROKEN = "程序在第 {pk} 号导入中出错，一条也没有写入；请把这个编号告诉系统管理员。"


class Overtaken(Refusal):
    """Something has changed since the dry run, and all or nothing was asked for."""


def carry_out(pk: int, *, at: datetime) -> None:
    """Do what the import waits for; nothing where it waits for nothing, as when it was done already.

    What the rules refuse becomes the import's ``problem``. A fault of the program does too, and is raised.
    """
    found = Import.objects.select_related("department", "by", "decided_by").get(pk=pk)
    step = {Import.State.CHECKING: _check, Import.State.APPLYING: _apply}.get(Import.State(found.state))
    if step is None:
        return
    try:
        step(found, at)
    except Overtaken as refusal:
        _settle(found, Import.State.CHECKED, at, str(refusal))
    except Refusal as refusal:
        _settle(found, Import.State.FAILED if found.state == Import.State.CHECKING else Import.State.CHECKED, at, str(refusal))
    except Exception:
        log.exception("import %s", pk)
        _settle(found, Import.State.FAILED, at, _BROKEN.format(pk=pk))
        raise


def _settle(found: Import, state: Import.State, at: datetime, problem: str = "", **said: Any) -> None:
    """The work is over; unless somebody discarded the import meanwhile."""
    changes = {"state": state, "problem": problem[:_LONGEST], "finished_at": at, **said}
    Import.objects.filter(pk=found.pk, state=found.state).update(**changes)
    Folder(found.token).untell()


def _check(found: Import, at: datetime) -> None:
    table, folder = find(found.table), Folder(found.token)
    sheet = table_in(open_book(folder.upload(), found.filename), table, found.sheet or None)
    plan = plan_import(table, sheet, by=found.by, at=at, department=found.department, datum=Datum(found.datum))
    moved, departments, done = 0, set[int](), 0
    folder.tell(0, plan.total)
    with folder.writing() as writer:
        for done, row in enumerate(plan.rows, start=1):
            writer.take(row)
            moved += bool(row.remark)
            departments |= {row.department, row.values.get("department", row.department)}
            if done % CHUNK == 0:
                folder.tell(done, plan.total)
    summary = {verdict.value: count for verdict, count in writer.counts.items()} | {
        "moved": moved,
        "departments": sorted(departments - {0}),
    }
    _settle(found, Import.State.CHECKED, at, summary=summary | _around(plan))


def _around(plan: ImportPlan) -> dict[str, Any]:
    """What a plan says besides its rows."""
    return {
        "total": plan.total,
        "sheet": plan.sheet,
        "heading_row": plan.heading_row,
        "ignored": plan.ignored,
        "absent": plan.absent,
        "others": plan.others,
    }


def _apply(found: Import, at: datetime) -> None:
    try:
        _write(found, at)
    except IntegrityError as error:
        msg = "导入时别人正在登记同样的编号，一条也没有写入；请重新核对后再导入。"
        raise Overtaken(msg) from error


@transaction.atomic
def _write(found: Import, at: datetime) -> None:
    """Everything in one transaction; whoever was killed in it has written nothing, and a second worker finds it done."""
    current = Import.objects.select_for_update().get(pk=found.pk)
    if current.state != Import.State.APPLYING:
        return
    table, folder = find(found.table), Folder(found.token)
    require(found.decided_by, permission_of(table), departments=[found.department_id], on=local_day(at))
    total, done = found.summary["added"] + found.summary["changed"], 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        folder.tell(done, total)

    folder.tell(0, total)
    hand = Hand(by=found.decided_by, at=at, filename=found.filename)
    applied = write_rows(table, _rows(found, folder, Verdict.ADDED), _rows(found, folder, Verdict.CHANGED), hand, tell)
    if applied.late and found.mode == Import.Mode.ALL:
        msg = f"核对以后台账又有变动（{applied.late[0][1]}，共 {len(applied.late)} 行），一条也没有写入；请重新核对后再导入。"
        raise Overtaken(msg)
    summary = found.summary | {"written": _written(applied)}
    _record(found, applied, at, entries=isinstance(table, Ledger))
    _settle(found, Import.State.DONE, at, summary=summary)


def _rows(found: Import, folder: Folder, verdict: Verdict) -> Iterator[RowPlan]:
    return folder.rows(find(found.table), verdict)


def _written(applied: Applied) -> dict[str, Any]:
    said = asdict(applied)
    return said | {"late": said["late"][:_LATE], "left_out": len(applied.late)}


def _record(found: Import, applied: Applied, at: datetime, *, entries: bool) -> None:
    """One event for the whole import; what became of each entry its versions tell."""
    after = {
        "table": found.table,
        "file": found.filename,
        "sha256": found.digest,
        "mode": found.mode,
        "added": applied.added,
        "changed": applied.changed,
        "unchanged": found.summary["unchanged"],
        "refused": found.summary["refused"] + len(applied.late),
    }
    if entries:
        record("entry.imported", found, by=found.decided_by, at=at, after=after)
    else:
        record("record.imported", found, by=found.decided_by, at=at, after=after)
