"""From lines to the document's own tree: plans, tasks under sections, and groups of rows that belong together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from gongjian.plans.planfile.model import Doubt, Place
from gongjian.plans.planfile.reading.columns import Column, squeeze
from gongjian.plans.planfile.reading.doubting import doubt
from gongjian.plans.planfile.reading.lines import Field, Heading, Line, Row, Section, Strange, Title
from gongjian.plans.planfile.reading.pieces import Piece, carried_on, pieces_of
from gongjian.plans.planfile.reading.titles import is_title
from gongjian.plans.planfile.reading.wording import ended, numbered, tidy

_NUMBER = re.compile(r"第?[(]?(\d{1,3})[)]?[.、项]?")
_FIRST_CLAUSE = re.compile(r"^[^，。；：！？]{1,30}")


@dataclass(slots=True)
class Group:
    """The measures of one text cell and the rows beside it; ``carried`` when the cell began in a row above."""

    pieces: list[Piece]
    rows: list[Row]
    carried: bool = False


@dataclass(slots=True)
class Task:
    """A task as printed; ``page`` counts heading rows, so a new page shows; ``first_on_page`` marks what follows a heading."""

    number: int | None
    number_text: str
    name: str
    section: str
    place: Place
    page: int
    first_on_page: bool
    groups: list[Group] = field(default_factory=list)
    name_continued: bool = False


@dataclass(slots=True)
class Plan:
    """One plan of the document."""

    title: str
    place: Place
    tasks: list[Task] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The whole document as a tree; ``head`` are the lines before the first table."""

    plans: list[Plan] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


class OutlineBuilder:
    """Takes lines in order; what a line means depends on what stood before it."""

    def __init__(self, *, punctuated: bool) -> None:
        self.outline = Outline()
        self._punctuated = punctuated
        self._pending: str | None = None
        self._section = ""
        self._task: Task | None = None
        self._page = 0
        self._first = False

    def build(self, lines: Iterable[Line]) -> Outline:
        """The tree of all lines."""
        for line in lines:
            match line:
                case Heading():
                    self._heading(line)
                case Title():
                    self._title(line)
                case Section():
                    self._plan(line.place)
                    self._section, self._task = line.text, None
                case Row():
                    self._row(line)
                case Strange():
                    code = "table-ignored" if line.whole_table else "row-ignored"
                    self.outline.doubts.append(doubt(code, line.place, text=tidy(line.text)[:20]))
        return self.outline

    def _heading(self, line: Heading) -> None:
        self.outline.headings.append(line)
        self._page += 1
        self._first = True
        self._plan(line.place)

    def _title(self, line: Title) -> None:
        if not self.outline.headings:
            self.outline.head.append(line.text)
        if is_title(line.text):
            self._pending = tidy(line.text)

    def _plan(self, place: Place) -> Plan:
        """The plan we are in: a new one if a title other than its own has gone before."""
        plans = self.outline.plans
        if self._pending is not None and (not plans or plans[-1].title != self._pending):
            plans.append(Plan(self._pending, place))
            self._section, self._task = "", None
        elif not plans:
            plans.append(Plan("", place))
        self._pending = None
        return plans[-1]

    def _row(self, row: Row) -> None:
        plan = self._plan(row.place)
        task = self._task
        if task is None or self._opens_task(task, row):
            task = self._task = self._new_task(row)
            plan.tasks.append(task)
        elif row[Column.TASK] and row[Column.TASK].text not in task.name:
            task.name, task.name_continued = task.name + row[Column.TASK].text, True
        self._first = False
        self._measures(task, row)

    def _opens_task(self, task: Task, row: Row) -> bool:
        """Whether a row begins another task: a number or a name of its own, not the repeated ones of the task it is in."""
        number, name = row[Column.NUMBER], row[Column.TASK]
        same_name = not name or name.text == task.name
        if number:
            return squeeze(number.text) != task.number_text or not same_name
        return bool(name) and not same_name and bool(row[Column.TEXT])

    def _new_task(self, row: Row) -> Task:
        printed = squeeze(row[Column.NUMBER].text)
        found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", printed))
        name = row[Column.TASK].text
        if Column.TASK not in row.fields and (clause := _FIRST_CLAUSE.match(row[Column.TEXT].text)):
            name = clause[0]
        number = int(found[1]) if found else None
        return Task(number, printed, name, self._section, row.place, self._page, self._first)

    def _measures(self, task: Task, row: Row) -> None:
        """Add a row's measures to its task: as a group of their own, or to the cell above that they belong to."""
        last = task.groups[-1] if task.groups else None
        if not row[Column.TEXT]:
            if last is None:
                task.groups.append(Group([Piece("")], [row]))
            elif any(row[kind] for kind in (Column.DEADLINE, Column.LEAD, Column.SUPPORT)):
                _add_row(last, row)
            return
        pieces = pieces_of(row[Column.TEXT].paragraphs, punctuated=self._punctuated)
        carried = bool(last) and self._goes_on(last, pieces)
        if last and carried:
            last.pieces[-1] = carried_on(last.pieces[-1], pieces.pop(0))
        if last and carried and not pieces:
            last.rows[-1] = _completed(last.rows[-1], row)
        else:
            task.groups.append(Group(pieces, [row], carried))

    def _goes_on(self, last: Group | None, pieces: list[Piece]) -> bool:
        """Whether a cell takes up a sentence that the one above left open."""
        if last is None or not self._punctuated or not pieces or not last.pieces[-1].text:
            return False
        return not ended(last.pieces[-1].text) and not numbered(pieces[0].text)


def _add_row(group: Group, row: Row) -> None:
    """Another row beside the same text; departments without a deadline of their own go on the list of the row before."""
    if row[Column.DEADLINE] or Column.DEADLINE not in row.fields or len(group.pieces) > len(group.rows):
        group.rows.append(row)
    else:
        group.rows[-1] = _completed(group.rows[-1], row)


def _completed(row: Row, more: Row) -> Row:
    """A row with what a later row of the same measure adds: blanks filled, lists of departments gone on with."""
    fields = dict(row.fields)
    for kind in (Column.DEADLINE, Column.LEAD, Column.SUPPORT):
        own, extra = row[kind], more[kind]
        repeats = set(extra.text.split()) <= set(own.text.split()) or squeeze(extra.text) in squeeze(own.text)
        if extra and not own:
            fields[kind] = extra
        elif extra and not repeats and kind is not Column.DEADLINE:
            fields[kind] = Field(own.paragraphs + extra.paragraphs)
    return Row(fields, row.layout, row.place)


def is_punctuated(rows: Iterable[Row]) -> bool:
    """Whether most measures of a document close with a full stop; without that, an open end means nothing."""
    ends = [ended(paragraphs[-1]) for row in rows if (paragraphs := row[Column.TEXT].paragraphs)]
    return not ends or sum(ends) * 2 > len(ends)
