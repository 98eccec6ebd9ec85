"""Doubts that need more than one cell: names used two ways, a department on both sides, a measure under the wrong task."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongjian.plans.planfile.model import Doubt
from gongjian.plans.planfile.reading.columns import Column
from gongjian.plans.planfile.reading.doubting import doubt
from gongjian.plans.planfile.reading.matching import Draft
from gongjian.plans.planfile.reading.outline import Task

_YEAR = re.compile(r"20\d\d")
LONGEST_NAME = 80
CLOSE = 4  # characters two wordings must share in a row before that means anything


@dataclass(frozen=True, slots=True)
class Spellings:
    """How often each printed form of a department occurs in the document."""

    counts: Counter[tuple[str, str]]

    @classmethod
    def of(cls, drafts: Iterable[Draft]) -> Spellings:
        """Counted over all measures."""
        return cls(Counter((n.party.name, n.party.printed) for draft in drafts for n in (*draft.lead, *draft.support)))

    def odd(self, name: str, printed: str) -> str | None:
        """The form the document mostly uses, if this is another one of the same department."""
        forms = {form: count for (canonical, form), count in self.counts.items() if canonical == name}
        usual = max(forms, key=lambda form: (forms[form], form == name))
        return usual if printed not in {usual, name} else None


def year_of(titles: Iterable[str], issued: date | None) -> int | None:
    """The year a document plans for: that of its titles if they agree on one, else the year it was issued in."""
    named = {found[0] for title in titles for found in _YEAR.finditer(title)}
    if len(named) == 1:
        return int(named.pop())
    return issued.year if issued and not named else None


def other_year(draft: Draft, year: int | None) -> Doubt | None:
    """The doubt that a deadline names another year than the plan's: a deadline is kept as a day of the plan's year."""
    found = _YEAR.search(draft.deadline.text)
    if year is None or found is None or int(found[0]) == year:
        return None
    words = {"text": draft.deadline.text, "printed": found[0], "year": year}
    return doubt("deadline-other-year", draft.row.place_of(Column.DEADLINE), "deadline", **words)


def party_doubts(draft: Draft, spellings: Spellings) -> Iterator[Doubt]:
    """Doubts about the names of one measure."""
    for kind, names in ((Column.LEAD, draft.lead), (Column.SUPPORT, draft.support)):
        place = draft.row.place_of(kind)
        for name in names:
            if not name.known:
                code = "department-unknown" if name.formed else "department-unreadable"
                yield doubt(code, place, str(kind), name=name.party.printed)
            elif usual := spellings.odd(name.party.name, name.party.printed):
                yield doubt("two-spellings", place, str(kind), printed=name.party.printed, name=usual)
    both = [name.party.name for name in draft.support if name.party.name in {n.party.name for n in draft.lead}]
    for shared in both:
        yield doubt("lead-and-support", draft.row.place_of(Column.SUPPORT), "support", name=shared)


def astray(draft: Draft, task: Task, before: Task | None) -> Doubt | None:
    """The doubt that a first measure after a page break still belongs to the task before it, by the words they share."""
    if before is None or task.number is None or not task.first_on_page or not task.name:
        return None
    theirs, own = _shared(draft.piece.text, before.name), _shared(draft.piece.text, task.name)
    if theirs < CLOSE or theirs <= own:
        return None
    return doubt("maybe-previous-task", draft.place, "task", task=before.name)


def _shared(text: str, name: str) -> int:
    """Length of the longest run of characters of ``name`` (its beginning, if it is no name any more) that stands in ``text``."""
    name = name[:LONGEST_NAME]
    return max((end - at for at in range(len(name)) for end in range(at + 1, len(name) + 1) if name[at:end] in text), default=0)
