"""A draft becomes a case: found where the phone was, when it was written, handed over by the rule of its kind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from gongjian.cases.actions.adding import comment
from gongjian.cases.actions.evidencing import Piece
from gongjian.cases.actions.finding import Finding, find_problem
from gongjian.cases.actions.stepping import take
from gongjian.cases.declaration import CaseKind
from gongjian.cases.models import Case
from gongjian.cases.queries.routing import recipient
from gongjian.cases.registry import find_kind
from gongjian.fieldwork.moments import believed
from gongjian.fieldwork.parcels import Became, Handset, Parcel
from gongjian.fieldwork.wording import headline
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.models import Entry
from gongjian.people.models import Department, User
from gongjian.people.permissions import may, reach
from gongjian.people.roles import Permission
from gongjian.trail.clock import local_day

VAGUE = 500  # metres of error from which on a known thing's own place says more than the phone's


def become_case(parcel: Parcel, *, by: User, at: datetime) -> Became:
    """Enter the problem with its photos, hand it over where the rule of its kind names who receives it, and say what stood against."""
    said, kind = parcel.said, find_kind(str(parcel.said["kind"]))
    moment = believed(parcel.device.written_at, parcel.device.ahead, at, timedelta(settings.GONGJIAN_FIELD_DAYS))
    case = find_problem(_finding(parcel, moment.at, by, at), by=by, at=at, pieces=[*parcel.pieces, *_measured(kind, said)])
    if moment.doubt:
        comment(case, moment.doubt, by=by, at=at)
    notes = tuple(filter(None, (moment.doubt, _handed_over(case, kind, by, at))))
    return Became(label=f"问题 {case.number}", page="cases:case", about=case.pk, notes=notes)


def _finding(parcel: Parcel, found_at: datetime, by: User, at: datetime) -> Finding:
    said, device = parcel.said, parcel.device
    entry = Entry.objects.filter(pk=said["entry"]).first() if said.get("entry") else None
    if said.get("entry") and entry is None:
        msg = "所选的台账条目已经不在，请重新选择对象或填写地点。"
        raise Refusal(msg)
    lon, lat = _place(device, entry)
    words = str(said.get("words") or "")
    return Finding(
        kind=str(said["kind"]),
        level=str(said["level"]),
        title=str(said.get("title") or "").strip() or headline(words),
        description=words,
        found_at=found_at,
        origin=_origin(said.get("origin"), by, at),
        entry=entry,
        street=str(said.get("street") or ""),
        address=str(said.get("address") or "") or ("" if entry else _where(device)),
        lon=lon,
        lat=lat,
    )


def _place(device: Handset, entry: Entry | None) -> tuple[float | None, float | None]:
    """Where the phone was; nothing, for the thing's own place to count, where the phone hardly knew."""
    vague = device.accuracy is None or device.accuracy > VAGUE
    return (None, None) if entry and entry.lon is not None and vague else (device.lon, device.lat)


def _where(device: Handset) -> str:
    if device.lon is None:
        return ""
    return f"手机定位处（误差约 {device.accuracy:.0f} 米）" if device.accuracy is not None else "手机定位处"


def _origin(chosen: str | None, by: User, at: datetime) -> Department | None:
    """The department it is found for: the one chosen, else the first of the finder's own; None for those who find everywhere."""
    found = reach(by, Permission.CASE_FIND, on=local_day(at))
    if found.everywhere:
        return None
    own = Department.objects.filter(active=True, pk__in=found.departments)
    return (own.filter(pk=chosen).first() if chosen else None) or own.first()


def _measured(kind: CaseKind, said: Any) -> list[Piece]:
    """The measured values the kind asks for, by the place of the need among its needs."""
    values = said.get("values") or {}
    needs = {str(number): need for number, need in enumerate(kind.needs("find"))}
    return [Piece(title=needs[number].title, value=value, unit=needs[number].unit) for number, value in values.items() if number in needs]


def _handed_over(case: Case, kind: CaseKind, by: User, at: datetime) -> str:
    """Hand the case over by the rule of its kind; what stands against it in words, the finding stays."""
    if not may(by, Permission.CASE_HAND_OVER, departments=[case.origin_id] if case.origin_id else None, on=local_day(at)):
        return ""
    department = recipient(kind, case.street, case.entry.kind if case.entry else "")
    if department is None:
        return "这种类型没有确定的受理部门，问题在“待移交”，请选择部门移交。"
    try:
        take(case, "hand_over", {"department": department}, by=by, at=at, version=case.version)
    except Refusal as refusal:
        return str(refusal)
    return ""
