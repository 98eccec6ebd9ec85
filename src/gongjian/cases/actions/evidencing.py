"""Giving evidence, and striking what was given by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from gongjian.cases.actions.changing import fitting, locked, written
from gongjian.cases.actions.noticing import notice_evidence
from gongjian.cases.flow import LOOP
from gongjian.cases.keeping import SHELF
from gongjian.cases.models import Case, Evidence, EvidenceKind, State
from gongjian.cases.queries.concerning import concerned
from gongjian.cases.registry import find_kind
from gongjian.files.actions import Received, receive
from gongjian.files.filing import Filed, file_away
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

MOST = 40  # pieces of one case


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece: a file as ``received``, or (``data`` with the name it had and a random ``key``) still to be, or a measured ``value``.

    ``taken_at``, ``lon`` and ``lat`` are told beside a photo that a phone made smaller, and count where the file itself says nothing.
    """

    title: str
    received: Received | None = None
    data: bytes = b""
    name: str = ""
    key: str = ""
    value: float | None = None
    unit: str = ""
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None

    def completing(self, filed: Filed) -> Filed:
        """The photo with what was told beside it, where it says nothing of its moment or its place itself."""
        if not filed.thumbnail:
            return filed
        lon, lat = (filed.lon, filed.lat) if filed.lon is not None else (self.lon, self.lat)
        return replace(filed, taken_at=filed.taken_at or self.taken_at, lon=lon, lat=lat)


@transaction.atomic
def attach(case: Case, step: str, pieces: Sequence[Piece], *, by: User | None, at: datetime) -> list[Evidence]:
    """Give evidence for the step the case can take next (or an extra step of its kind); all of the pieces or none.

    Refusal for a file that is not what it says, is too large or has too many pixels; the files of a refused giving are not kept.
    """
    case = locked(case)
    _require(case, step, by, at)
    given = attach_all(case, step, pieces, by=by, at=at)
    record("case.evidence_given", case, by=by, at=at, after={"pieces": [piece.title for piece in given], "step": step})
    return given


def attach_all(case: Case, step: str, pieces: Sequence[Piece], *, by: User | None, at: datetime) -> list[Evidence]:
    """Write the pieces of a case that is held already; files of a failed giving are taken away again. Inside a transaction."""
    if Evidence.objects.filter(case=case).count() + len(pieces) > MOST:
        msg = f"一个问题最多 {MOST} 份佐证，请挑选最能说明情况的上传。"
        raise Refusal(msg)
    kept: list[str] = []
    try:
        return [_give(case, step, piece, kept, by, at) for piece in pieces]
    except BaseException:
        SHELF.discard(*kept)
        raise


@transaction.atomic
def strike(piece: Evidence, reason: str, *, by: User | None, at: datetime) -> None:
    """The piece was given by mistake: it counts no longer and stays readable."""
    case = locked(piece.case)
    _require(case, piece.step, by, at)
    standing = Evidence.objects.select_for_update().get(pk=piece.pk)
    if standing.struck_at is not None:
        msg = f"“{standing.title}”已经作废，请刷新页面。"
        raise Refusal(msg)
    if standing.round != case.round:
        msg = f"“{standing.title}”属于前一轮办理，不能再作废。"
        raise Refusal(msg)
    standing.struck_at, standing.struck_why = at, written("作废原因", reason, longest=200)
    standing.save(update_fields=["struck_at", "struck_why"])
    record("case.evidence_struck", case, by=by, at=at, before={"piece": standing.title}, note=standing.struck_why)


def _require(case: Case, step: str, by: User | None, at: datetime) -> None:
    """Whoever may take the step may give evidence for it, while it can be taken."""
    extra = find_kind(case.kind).extra_step(step)
    permission = extra.permission if extra else Permission(LOOP.step(State(case.state), step).permission)
    if extra and not case.is_open:
        msg = f"这个问题已经是“{case.words_of_state}”，不能再补充佐证；需要时请先“回头看重开”。"
        raise Refusal(msg)
    require(by, permission, departments=concerned(case, permission), on=local_day(at))


def _give(case: Case, step: str, piece: Piece, kept: list[str], by: User | None, at: datetime) -> Evidence:
    row = Evidence(
        case=case,
        step=step,
        round=case.round,
        title=fitting("佐证名称", piece.title, longest=120) or piece.name[:120] or "佐证",
        at=at,
        by=by,
        by_label=str(by) if by else "系统",
        **(_measured(piece) if piece.value is not None else _filed(piece, _received(piece, by, at), kept)),
    )
    row.save(force_insert=True)
    notice_evidence(case, row, dated=any(need.dated for need in find_kind(case.kind).needs(step)), at=at)
    return row


def _measured(piece: Piece) -> dict[str, Any]:
    return {"kind": EvidenceKind.VALUE, "value": piece.value, "unit": piece.unit}


def _received(piece: Piece, by: User | None, at: datetime) -> Received:
    """The file looked through: by now, or here, where nobody has."""
    return piece.received or receive(piece.data, piece.name, key=piece.key, by=by, at=at)


def _filed(piece: Piece, file: Received, kept: list[str]) -> dict[str, Any]:
    fields = asdict(piece.completing(file_away(file, SHELF, kept)))
    quarters = [fields["looks"][start : start + 4] for start in range(0, 16, 4)]
    looks = {f"look_{number}": quarter for number, quarter in enumerate(quarters, start=1)}
    return {"kind": EvidenceKind.PHOTO if file.kind.is_picture else EvidenceKind.DOCUMENT, **fields, **looks}
