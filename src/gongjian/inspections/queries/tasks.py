"""Tasks as people see them: those open for somebody, one with all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongjian.cases.models import EvidenceKind
from gongjian.inspections.answering import missing
from gongjian.inspections.checklists import checklist as checklist_of
from gongjian.inspections.declaration import Checklist
from gongjian.inspections.models import OPEN, Filling, Task, TaskCase, TaskEvidence, TaskInspector, TaskStep
from gongjian.inspections.queries.concerning import for_me, within
from gongjian.people.models import User
from gongjian.people.permissions import Forbidden, reach, require
from gongjian.people.roles import Permission

MOST = 500  # open tasks of one person told at once


@dataclass(frozen=True, slots=True)
class TaskSeen:
    """One open task in a list. ``entry`` is its ledger entry's id (None: a place in no ledger); the coordinates are CGCS2000 degrees."""

    pk: int
    number: str
    title: str
    name: str
    street: str
    due: date
    overdue: bool
    entry: int | None
    longitude: float | None
    latitude: float | None
    checklist: str
    state: str
    words_of_state: str


@dataclass(frozen=True, slots=True)
class TaskFile:
    """A task with all that belongs to it. ``answers`` are those that count now; ``lacking`` is what finishing still wants, in words."""

    task: Task
    checklist: Checklist
    answers: Mapping[str, object]
    filling: Filling | None
    evidence: Sequence[TaskEvidence]
    inspectors: Sequence[User]
    cases: Sequence[TaskCase]
    steps: Sequence[TaskStep]
    lacking: Sequence[str]

    @property
    def standing_evidence(self) -> list[TaskEvidence]:
        """What counts in this round."""
        return [piece for piece in self.evidence if piece.struck_at is None and piece.round == self.task.round]


def open_for(user: User, on: date) -> Sequence[TaskSeen]:
    """What this person may do on a day, the most pressing first; three queries at most, five hundred tasks at most."""
    found = Task.objects.filter(for_me(user, on), state__in=OPEN, opens_on__lte=on).order_by("due_on", "id")[:MOST]
    return [seen(task, on) for task in found]


def seen(task: Task, on: date) -> TaskSeen:
    """A task as a line of a list."""
    return TaskSeen(
        pk=task.pk,
        number=task.number,
        title=task.title,
        name=task.label,
        street=task.street,
        due=task.due_on,
        overdue=is_overdue(task, on),
        entry=task.entry_id,
        longitude=task.lon,
        latitude=task.lat,
        checklist=task.checklist,
        state=task.state,
        words_of_state=task.words_of_state,
    )


def is_overdue(task: Task, on: date) -> bool:
    """Whether it is past its day and not done."""
    return task.state in OPEN and task.due_on < on


def task(pk: int, user: User) -> TaskFile:
    """A task with all that belongs to it; Forbidden for somebody who may not see it, Task.DoesNotExist where there is none."""
    found = Task.objects.select_related("department", "duty", "turn", "drawn__plan", "entry").get(pk=pk)
    require_sight(found, user)
    return task_file(found)


def require_sight(found: Task, user: User) -> None:
    """Forbidden for somebody who may not see the task."""
    require(user, Permission.TASK_VIEW)
    if not Task.objects.filter(within(reach(user, Permission.TASK_VIEW), user), pk=found.pk).exists():
        msg = f"检查任务 {found.number} 由{found.department}负责，您不能查看；请联系该部门或统筹办。"
        raise Forbidden(msg)


def task_file(found: Task) -> TaskFile:
    """All that belongs to a task; five queries."""
    checklist = checklist_of(found.checklist)
    filling = latest_filling(found)
    answers: Mapping[str, object] = filling.answers if filling else {}
    evidence = list(TaskEvidence.objects.filter(task=found))
    inspectors = [row.user for row in TaskInspector.objects.filter(task=found).select_related("user")]
    return TaskFile(
        task=found,
        checklist=checklist,
        answers=answers,
        filling=filling,
        evidence=evidence,
        inspectors=inspectors,
        cases=list(TaskCase.objects.filter(task=found).select_related("case")),
        steps=list(TaskStep.objects.filter(task=found)),
        lacking=lacking(found, checklist, answers, evidence),
    )


def latest_filling(found: Task) -> Filling | None:
    """The answers that count now: the last of this round."""
    return Filling.objects.filter(task=found, round=found.round).order_by("id").last()


def lacking(found: Task, checklist: Checklist, answers: Mapping[str, object], evidence: Sequence[TaskEvidence]) -> list[str]:
    """What a task still lacks before it can be reported done: items without an answer, photos, documents."""
    standing = [piece for piece in evidence if piece.struck_at is None and piece.round == found.round]
    lacks = [f"“{text}”" for text in missing(checklist, answers, {piece.item for piece in standing if piece.is_photo})]
    for kind, needed in ((EvidenceKind.PHOTO, found.photos), (EvidenceKind.DOCUMENT, found.documents)):
        there = sum(piece.kind == kind for piece in standing)
        if there < needed:
            lacks.append(f"{kind.label}{needed} 份{f'（已有 {there} 份）' if there else ''}")
    return lacks
