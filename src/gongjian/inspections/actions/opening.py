"""Opening turns: making their tasks, once, however often the timetable comes by and whatever nights it missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from gongjian.inspections.actions.changing import first_outcomes, keep_outcome, label
from gongjian.inspections.actions.telling import tell_overdue, tell_turn
from gongjian.inspections.models import OPEN, Duty, DutyTurn, Every, Task, TaskOutcome
from gongjian.inspections.periods import Turn
from gongjian.inspections.queries.duties import unopened
from gongjian.inspections.queries.universe import Thing, things
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department, User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

CHUNK = 1000


def open_turns(*, at: datetime) -> int:
    """Open every turn of the calendar that should be open by now, each in a transaction of its own; how many tasks were made.

    A turn that was missed because nothing ran is opened late, with the things as they were known when it began.
    """
    on = local_day(at)
    standing = Duty.objects.exclude(every=Every.EVENT).select_related("department").order_by("pk")
    return sum(_open(duty, turn, None, at) for duty in standing for turn in unopened(duty, on))


@transaction.atomic
def note_event(duty: Duty, event: str, on: date, *, by: User | None, at: datetime) -> DutyTurn:
    """An event happened that asks for a duty (a warning of heavy pollution): open its turn; the same event of the same day again: once.

    Refusal for a duty of the calendar, an event still to come and one before the duty began.
    """
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    require(by, Permission.TASK_MANAGE, departments=[duty.department_id], on=local_day(at))
    event = event.strip()
    if duty.every != Every.EVENT:
        msg = f"“{duty.title}”按{duty.words_of_every}履行，不按事件；请在按事件的履职事项下登记。"
        raise Refusal(msg)
    if not 0 < len(event) <= 120:  # noqa: PLR2004 - the length of the column
        msg = "请用不超过 120 个字写明事件，例如“10月24日空气重污染黄色预警”。"
        raise Refusal(msg)
    if on > local_day(at) or on < duty.since or (duty.until is not None and on >= duty.until):
        msg = f"事件日期 {on:%Y-%m-%d} 须在“{duty.title}”履行期间，并且不晚于今天，请核对。"
        raise Refusal(msg)
    _open(duty, Turn(on, on + timedelta(duty.event_days), event), by, at)
    turn = DutyTurn.objects.get(duty=duty, first=on, event=event)
    record("duty.event_noted", duty, by=by, at=at, after={"event": event, "on": on}, note=event)
    return turn


def mark_overdue(*, at: datetime) -> int:
    """Write down that tasks are over without being done, and tell their departments; how many. Harmless when done again."""
    waiting = TaskOutcome.objects.filter(replaced_at=None, counted=True, done=False, in_time=None, on__lt=local_day(at))
    numbers: dict[Department, int] = {}
    for row in waiting.select_related("department").order_by("pk").iterator(chunk_size=CHUNK):
        with transaction.atomic():
            task = Task.objects.select_for_update().get(pk=row.task_id)
            keep_outcome(task, at)
        if task.state in OPEN:
            numbers[row.department] = numbers.get(row.department, 0) + 1
    for department, number in numbers.items():
        tell_overdue(department, number, at=at)
    return sum(numbers.values())


def _open(duty: Duty, turn: Turn, by: User | None, at: datetime) -> int:
    """Make a turn and its tasks; 0 where somebody else was quicker."""
    try:
        with transaction.atomic():
            row = DutyTurn.objects.create(duty=duty, first=turn.first, last=turn.last, event=turn.event, opened_at=at, by_label=label(by))
            made = list(_tasks(duty, row, turn, at))
            Task.objects.bulk_create(made, batch_size=CHUNK)
            first_outcomes(made, at)
            row.things = len(made)
            row.save(update_fields=["things"])
            record("duty.turn_opened", duty, by=by, at=at, after={"turn": turn.words(), "tasks": len(made)})
            if made:
                tell_turn(row, turn.last, at=at)
    except IntegrityError:
        return 0
    return len(made)


def _tasks(duty: Duty, row: DutyTurn, turn: Turn, at: datetime) -> Iterator[Task]:
    begins = min(turn.first - timedelta(duty.lead_days), turn.last)
    shared = {
        "duty": duty,
        "turn": row,
        "title": f"{duty.title}（{turn.words()}）"[:120],
        "checklist": duty.checklist,
        "department_id": duty.department_id,
        "opens_on": begins,
        "due_on": turn.last,
        "photos": duty.photos,
        "documents": duty.documents,
        "source": duty.source,
        "made_at": at,
    }
    if duty.ledger:
        for thing in _things(duty, turn, at):
            yield Task(
                key=f"turn:{row.pk}:entry:{thing.entry}",
                entry_id=thing.entry,
                label=thing.label,
                street=thing.street,
                lon=thing.lon,
                lat=thing.lat,
                **shared,
            )
        return
    for number, place in enumerate(duty.places or ["全区"]):
        yield Task(key=f"turn:{row.pk}:place:{number}", label=str(place)[:120], **shared)


def _things(duty: Duty, turn: Turn, at: datetime) -> Sequence[Thing]:
    """As they are known now, or, of a turn opened late, as they were known on its first day."""
    today = local_day(at)
    return things(duty.ledger, duty.given, turn.first, past=True) if turn.first < today else things(duty.ledger, duty.given, today)
