"""Task numbers: which are lost, missing, repeated; and the keys measures go by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongjian.plans.planfile.model import Doubt
from gongjian.plans.planfile.reading.doubting import doubt
from gongjian.plans.planfile.reading.outline import Plan, Task

MANY = 12  # lost numbers from which they are told as a range


@dataclass(frozen=True, slots=True)
class Numbered:
    """A task with the label its measures' keys carry and the doubts about its number and name."""

    task: Task
    label: str
    number: int | None
    doubts: tuple[Doubt, ...]


def numbered_tasks(plan: Plan) -> tuple[list[Numbered], list[Doubt]]:
    """The tasks of a plan with unique labels, and the doubts that concern the plan as a whole."""
    tasks = plan.tasks
    if tasks and all(task.number is None and not task.number_text for task in tasks):
        counted = [Numbered(task, str(at), at, tuple(_name_doubts(task))) for at, task in enumerate(tasks, start=1)]
        return counted, [doubt("no-numbers", plan.place, "task_no", plan=plan.title)]
    guesses = _guesses(tasks)
    labels = _labels(tasks, guesses)
    found = [
        Numbered(task, label, task.number, (*_number_doubts(task, guess), *_name_doubts(task)))
        for task, label, guess in zip(tasks, labels, guesses, strict=True)
    ]
    return found, list(_sequence_doubts(plan, guesses))


def _guesses(tasks: list[Task]) -> list[int | None]:
    """A number for each task: the printed one, else the one before the next task's if that follows on the same page."""
    numbers = [task.number for task in tasks]
    for at in range(len(tasks) - 2, -1, -1):
        following = numbers[at + 1]
        if numbers[at] is None and following is not None and tasks[at].page == tasks[at + 1].page:
            before = max((number for number in numbers[:at] if number is not None), default=0)
            numbers[at] = following - 1 if following - 1 > before else None
    return numbers


def _labels(tasks: list[Task], guesses: list[int | None]) -> list[str]:
    """What stands between the plan's letter and the measure's number in a key; each label once."""
    given: list[str] = []
    before = 0
    for _, guess in zip(tasks, guesses, strict=True):
        before = before if guess is None else guess
        stem = f"{before}x" if guess is None else str(guess)
        label, more = stem, 1
        while label in given:
            more += 1
            label = f"{stem}-{more}"
        given.append(label)
    return given


def _number_doubts(task: Task, guess: int | None) -> Iterator[Doubt]:
    if task.number is not None:
        return
    if task.number_text:
        yield doubt("task-number-unreadable", task.place, "task_no", text=task.number_text)
    else:
        words = f"；按后一项推断为第{guess}项" if guess else ""
        yield doubt("task-number-lost", task.place, "task_no", task=task.name, guess=words)


def _name_doubts(task: Task) -> Iterator[Doubt]:
    if not task.name:
        yield doubt("task-name-lost", task.place, "task")
    if task.name_continued:
        yield doubt("task-name-continued", task.place, "task", task=task.name)


def _sequence_doubts(plan: Plan, guesses: list[int | None]) -> Iterator[Doubt]:
    """Numbers that are passed over or come again; numbers may begin again under a new section."""
    before, section = 0, None
    for task, number in zip(plan.tasks, guesses, strict=True):
        if number is None:
            continue
        if number == 1 and task.section != section:
            before = 0
        if number <= before:
            yield doubt("number-out-of-order", task.place, "task_no", plan=plan.title, number=number, before=before)
        elif number > before + 1:
            missing = "、".join(map(str, range(before + 1, number))) if number - before < MANY else f"{before + 1}至{number - 1}"
            yield doubt("numbers-missing", task.place, "task_no", plan=plan.title, numbers=missing)
        before, section = number, task.section
