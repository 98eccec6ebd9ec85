"""Reading a published plan, whatever kind of file it comes in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gongjian.documents import LIMIT_BYTES, Document, DocumentError, open_document, read_document
from gongjian.plans.planfile.model import Directory, Doubt, Measure, Party, PlanDocument, PlanFileError
from gongjian.plans.planfile.reading.checking import Spellings, astray, other_year, party_doubts, year_of
from gongjian.plans.planfile.reading.columns import Column
from gongjian.plans.planfile.reading.damage import damage
from gongjian.plans.planfile.reading.doubting import doubt
from gongjian.plans.planfile.reading.head import head_of
from gongjian.plans.planfile.reading.lines import Row, lines_of
from gongjian.plans.planfile.reading.matching import Draft, Matcher
from gongjian.plans.planfile.reading.names import Name, NameReader
from gongjian.plans.planfile.reading.numbering import Numbered, numbered_tasks
from gongjian.plans.planfile.reading.outline import Outline, OutlineBuilder, Plan, is_punctuated
from gongjian.plans.planfile.reading.refusing import refuse_unreadable
from gongjian.plans.planfile.reading.titles import letters, short_titles

UNTITLED = "行动计划"


def read_plan(path: Path, directory: Directory, *, limit_bytes: int = LIMIT_BYTES) -> PlanDocument:
    """The plan in a file, as its tables say it, with every doubt; departments under the names of ``directory``.

    Raises PlanFileError, one Chinese sentence, when the file cannot be opened or holds no table of a plan.
    """
    try:
        document = open_document(path, limit_bytes=limit_bytes)
    except DocumentError as error:
        raise PlanFileError(str(error)) from error
    return understand(document, directory, path.name)


def read_plan_bytes(data: bytes, name: str, directory: Directory) -> PlanDocument:
    """As ``read_plan``, of a file already in memory (an upload); ``name`` is what it was called."""
    try:
        document = read_document(data, name)
    except DocumentError as error:
        raise PlanFileError(str(error)) from error
    return understand(document, directory, name)


def understand(document: Document, directory: Directory, name: str = "文件") -> PlanDocument:
    """The plan a document holds; raises PlanFileError when it holds none."""
    lines = list(lines_of(document))
    refuse_unreadable(document, lines, name)
    punctuated = is_punctuated(line for line in lines if isinstance(line, Row))
    outline = OutlineBuilder(punctuated=punctuated).build(lines)
    return _Understanding(outline, directory, punctuated=punctuated).document()


class _Understanding:
    """One outline turned into a plan document."""

    def __init__(self, outline: Outline, directory: Directory, *, punctuated: bool) -> None:
        self._outline = outline
        self._directory = directory
        self._punctuated = punctuated
        self._matcher = Matcher(NameReader(directory))
        self._doubts = list(outline.doubts)
        self._year: int | None = None
        self._plans = [plan for plan in outline.plans if plan.tasks]

    def document(self) -> PlanDocument:
        """The whole."""
        head = head_of(self._outline.head)
        self._year = year_of((head.title, *(plan.title for plan in self._plans)), head.date)
        titles = short_titles(self._titled(head.title), head.issuer)
        drafted = [self._drafted(plan) for plan in self._plans]
        spellings = Spellings.of(draft for tasks in drafted for _, drafts in tasks for draft in drafts)
        measures = tuple(
            measure
            for letter, title, tasks in zip(letters(titles), titles, drafted, strict=True)
            for measure in self._measures(letter, title, tasks, spellings)
        )
        self._doubts.extend(self._column_doubts())
        return PlanDocument(head, tuple(titles), measures, tuple(self._doubts), self._directory)

    def _titled(self, fallback: str) -> list[str]:
        for plan in self._plans:
            if not plan.title:
                plan.title = fallback or UNTITLED
                self._doubts.append(doubt("untitled-plan", plan.place, plan=plan.title))
        return [plan.title for plan in self._plans]

    def _drafted(self, plan: Plan) -> list[tuple[Numbered, list[Draft]]]:
        """The tasks of a plan with their measures, before names are compared over the document."""
        tasks, doubts = numbered_tasks(plan)
        self._doubts.extend(doubts)
        found: list[tuple[Numbered, list[Draft]]] = []
        section: str | None = None
        for numbered in tasks:
            if numbered.task.section != section:
                self._matcher.new_section()
            section = numbered.task.section
            drafts = self._matcher.task(numbered.task.groups)
            before = found[-1][0].task if found else None
            if drafts and (stray := astray(drafts[0], numbered.task, before)):
                drafts[0].doubts.append(stray)
            found.append((numbered, drafts))
        return found

    def _measures(self, letter: str, plan: str, tasks: list[tuple[Numbered, list[Draft]]], spellings: Spellings) -> Iterator[Measure]:
        for numbered, drafts in tasks:
            for number, draft in enumerate(drafts, start=1):
                yield Measure(
                    key=f"{letter}{numbered.label}.{number}",
                    plan=plan,
                    section=numbered.task.section,
                    task_no=numbered.number,
                    task=numbered.task.name,
                    measure_no=number,
                    deadline=draft.deadline,
                    text=draft.piece.text,
                    lead=_parties(draft.lead),
                    support=_parties(draft.support),
                    source=draft.place,
                    doubts=tuple(
                        dict.fromkeys((*numbered.doubts, *self._own_doubts(draft), *draft.doubts, *party_doubts(draft, spellings)))
                    ),
                )

    def _all_doubts(self, numbered: Numbered, draft: Draft, spellings: Spellings) -> tuple[Doubt, ...]:
        """Each doubt about a measure once: of its task, its words, its matching, its names."""
        found = (*numbered.doubts, *self._own_doubts(draft), *draft.doubts, *party_doubts(draft, spellings))
        return tuple(dict.fromkeys(found))

    def _own_doubts(self, draft: Draft) -> Iterator[Doubt]:
        """What the words of a measure themselves betray."""
        if not draft.piece.text:
            yield doubt("text-missing", draft.place, "text")
        if draft.piece.joined:
            yield doubt("joined-over-rows", draft.place, "text")
        if astray_year := other_year(draft, self._year):
            yield astray_year
        yield from damage(draft.piece, draft.place, punctuated=self._punctuated)

    def _column_doubts(self) -> Iterator[Doubt]:
        """Once for a document whose tables have several columns of leads."""
        for heading in self._outline.headings:
            leads = heading.layout.at(Column.LEAD)
            if len(leads) > 1:
                yield doubt("two-lead-columns", heading.place, "lead", columns="、".join(heading.layout.headings[at] for at in leads))
                return


def _parties(names: tuple[Name, ...]) -> tuple[Party, ...]:
    return tuple(name.party for name in names)
