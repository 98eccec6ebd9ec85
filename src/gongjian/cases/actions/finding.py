"""Entering a found problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongjian.cases import clocks
from gongjian.cases.actions.changing import written
from gongjian.cases.actions.evidencing import Piece, attach_all
from gongjian.cases.declaration import CaseKind
from gongjian.cases.evidence.keeping import discard
from gongjian.cases.models import Case, CaseStep, Evidence, Finder, State
from gongjian.cases.queries.lacking import lacking
from gongjian.cases.registry import find_kind
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.models import Entry
from gongjian.ledgers.registry import find
from gongjian.people.models import Department, User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

LONGEST_TITLE = 80
FINDERS = tuple(finder for finder in Finder if finder is not Finder.RULE)  # what a person may say; a rule speaks for itself
LON, LAT = (73.0, 136.0), (3.0, 54.0)  # of this country


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found, where, when and by whom; the fields are those of a ``Case``. ``label`` names a thing that is in no ledger."""

    kind: str
    level: str
    title: str
    description: str
    found_at: datetime
    finder: str = Finder.PERSON
    found_by: str = ""
    origin: Department | None = None
    entry: Entry | None = None
    label: str = ""
    street: str = ""
    address: str = ""
    lon: float | None = None
    lat: float | None = None


@transaction.atomic
def find_problem(finding: Finding, *, by: User | None, at: datetime, pieces: Sequence[Piece] = (), token: str = "") -> Case:
    """Enter a problem with its evidence: all or nothing. The same form (``token``) sent twice is one case."""
    if token and (standing := Case.objects.filter(token=token, entered_by=by).first()):
        return standing
    kind = find_kind(finding.kind)
    departments = [finding.origin.pk] if finding.origin else []
    require(by, Permission.CASE_FIND, departments=departments, on=local_day(at))
    case = _made(finding, kind, by, at, token)
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError:  # the same form at the same moment: the other was first
        return Case.objects.get(token=token, entered_by=by)
    CaseStep.objects.create(
        case=case,
        kind=case.kind,
        step="find",
        state=case.state,
        at=at,
        on=local_day(at),
        by=by,
        by_label=_label(by),
        text=case.description,
        open_change=1,
    )
    given = attach_all(case, "find", pieces, by=by, at=at)
    _place_by_photo(case, given)
    if case.finder != Finder.RULE and (missing := lacking(case, kind, "find")):  # what a rule found rests on its record
        discard(*(name for piece in given for name in (piece.path, piece.thumbnail)))
        msg = f"“{kind.title}”登记时还缺：{'；'.join(missing)}。"
        raise Refusal(msg)
    record("case.found", case, by=by, at=at, after={"state": case.state, "kind": case.kind, "label": case.label}, note=case.description)
    return case


def _made(finding: Finding, kind: CaseKind, by: User | None, at: datetime, token: str) -> Case:
    level = clocks.level_of(kind, finding.level)
    _check(finding, kind, by, at)
    entry = finding.entry
    lon, lat = (finding.lon, finding.lat) if finding.lon is not None or entry is None else (entry.lon, entry.lat)
    return Case(
        kind=kind.slug,
        level=level.slug,
        title=written("问题", finding.title, longest=LONGEST_TITLE),
        description=written("情况说明", finding.description),
        label=(str(entry) if entry else finding.label or finding.address)[:120],
        entry=entry,
        street=finding.street or (entry.street if entry else ""),
        address=finding.address or (entry.address if entry else ""),
        lon=lon,
        lat=lat,
        finder=finding.finder,
        found_by=(finding.found_by.strip() or _label(by))[:80],
        found_at=finding.found_at,
        origin=finding.origin,
        since=at,
        due_at=clocks.due_from(kind, level.slug, State.FOUND, at, clocks.office(at)),
        entered_at=at,
        entered_by=by,
        token=token or None,
    )


def _place_by_photo(case: Case, given: Sequence[Evidence]) -> None:
    """A problem without coordinates is where its first photo with a place was taken."""
    placed = next((piece for piece in given if piece.lon is not None), None)
    if case.lon is None and placed is not None:
        case.lon, case.lat = placed.lon, placed.lat
        case.save(update_fields=["lon", "lat"])


def _check(finding: Finding, kind: CaseKind, by: User | None, at: datetime) -> None:
    """Refuse what cannot be: a moment still to come, no place, a place elsewhere, a subject of another kind."""
    if finding.found_at > at:
        msg = f"发现时间{timezone.localtime(finding.found_at):%Y-%m-%d %H:%M}还没有到，请核对。"
        raise Refusal(msg)
    if finding.finder not in (Finder.values if by is None else FINDERS):
        msg = f"“发现方式”须在{'、'.join(str(Finder(value).label) for value in FINDERS)}中选一项。"
        raise Refusal(msg)
    if finding.entry is None and not finding.address.strip() and finding.lon is None:
        msg = "请写明地点（地址或坐标），或从台账条目的页面登记。"
        raise Refusal(msg)
    if (finding.lon is None) != (finding.lat is None) or (finding.lon is not None and not _here(finding.lon, finding.lat or 0)):
        msg = "坐标须经度、纬度同时填写，并在国内范围，请核对。"
        raise Refusal(msg)
    stranger = finding.entry is None and finding.finder == Finder.RULE  # met by a record of a thing that is in no ledger of ours
    if kind.ledgers and not stranger and (finding.entry is None or finding.entry.kind not in kind.ledgers):
        titles = "、".join(find(slug).title for slug in kind.ledgers)
        msg = f"“{kind.title}”只登记{titles}中的条目，请从该条目的页面登记。"
        raise Refusal(msg)


def _here(lon: float, lat: float) -> bool:
    return LON[0] <= lon <= LON[1] and LAT[0] <= lat <= LAT[1]


def _label(by: User | None) -> str:
    return str(by) if by else "系统"
