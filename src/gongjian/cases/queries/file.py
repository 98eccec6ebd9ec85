"""The whole file of a case (一案一档): everything that is known of it, read at once."""

from __future__ import annotations

from dataclasses import dataclass

from gongjian.cases.declaration import CaseKind, Extra, Level, Sanction
from gongjian.cases.flow import AWAITED, LOOP
from gongjian.cases.models import (
    Assistance,
    Case,
    CaseStep,
    Comment,
    Evidence,
    ExtraDone,
    Finder,
    Postponement,
    Remark,
    SanctionTaken,
    State,
)
from gongjian.cases.queries.arising import Behind, behind
from gongjian.cases.registry import find_kind
from gongjian.cases.tokenwork import TITLES

WAY = ("发现", "移交", "签收", "办理", "核验", "结案")  # as people count it
PLACE = {  # which of these each state waits for, from 1; states outside the way are not among them
    State.FOUND: 2,
    State.HANDED_OVER: 3,
    State.SIGNED: 4,
    State.HANDLING: 4,
    State.SUSPENDED: 4,
    State.FED_BACK: 5,
    State.VERIFIED: 6,
    State.CLOSED: 7,
}
BESIDE = {"find": "登记问题", "postpone": "同意延期"}  # steps that are no arrows


@dataclass(frozen=True, slots=True)
class ToDo:
    """An extra step of the kind, and its doing in this round if it was done."""

    extra: Extra
    before: str
    done: ExtraDone | None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with all that belongs to it, each in the order it came."""

    case: Case
    kind: CaseKind
    level: Level | None
    steps: list[CaseStep]
    evidence: list[Evidence]
    assistances: list[Assistance]
    postponements: list[Postponement]
    extras: list[ToDo]
    earlier_extras: list[ExtraDone]
    sanctions: list[SanctionTaken]
    comments: list[Comment]
    remarks: list[Remark]
    merged: list[Case]
    behind: Behind | None

    @property
    def place(self) -> int | None:
        """Where on the way it is; None for one that left it."""
        return PLACE.get(State(self.case.state))

    @property
    def awaited(self) -> str:
        """What the case waits for, in words; empty where it waits for nothing."""
        step = AWAITED.get(State(self.case.state))
        return step_words(step) if step else ""

    @property
    def waiting(self) -> Postponement | None:
        """The request for time nobody has answered yet."""
        return next((asked for asked in self.postponements if asked.answered_at is None), None)


def case_file(case: Case) -> CaseFile:
    """Everything of a case; nine queries, eleven for one that arose from a record."""
    kind = find_kind(case.kind)
    extras = list(ExtraDone.objects.filter(case=case).select_related("department"))
    done = {row.extra: row for row in extras if row.round == case.round}
    return CaseFile(
        case=case,
        kind=kind,
        level=kind.level(case.level),
        steps=list(CaseStep.objects.filter(case=case).select_related("department")),
        evidence=list(Evidence.objects.filter(case=case)),
        assistances=list(Assistance.objects.filter(case=case).select_related("department")),
        postponements=list(Postponement.objects.filter(case=case)),
        extras=[ToDo(extra, step_words(extra.before), done.get(extra.slug)) for extra in kind.extras],
        earlier_extras=[row for row in extras if row.round != case.round],
        sanctions=list(SanctionTaken.objects.filter(case=case)),
        comments=list(Comment.objects.filter(case=case)),
        remarks=list(Remark.objects.filter(case=case)),
        merged=list(Case.objects.filter(merged_into=case)),
        behind=behind(case) if case.finder == Finder.RULE else None,
    )


def of_entry(entry: int, limit: int = 20) -> list[Case]:
    """The cases about a ledger's entry, the latest first."""
    return list(Case.objects.filter(entry=entry).select_related("department").order_by("-found_at", "-id")[:limit])


def step_words(name: str) -> str:
    """What people call a step; the name itself for one that is no more."""
    return BESIDE.get(name) or next((step.words() for step in LOOP.steps if step.name == name), name)


def remark_title(remark: Remark) -> str:
    """What the rule behind a remark is called."""
    return TITLES.get(remark.code, remark.code)


def sanction_words(row: SanctionTaken) -> str:
    """A sanction with its size: ``罚款 200 元``."""
    if row.sanction not in set(Sanction):
        return row.sanction
    what = Sanction(row.sanction)
    return f"{what.label} {row.amount.normalize():f} {what.unit}" if row.amount is not None else what.label
