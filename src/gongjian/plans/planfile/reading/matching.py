"""Measures held against the deadlines and departments printed beside or below them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.plans.planfile.model import Doubt, Place
from gongjian.plans.planfile.reading.columns import Column
from gongjian.plans.planfile.reading.doubting import doubt
from gongjian.plans.planfile.reading.lines import Row
from gongjian.plans.planfile.reading.names import Name, NameReader, Names
from gongjian.plans.planfile.reading.outline import Group
from gongjian.plans.planfile.reading.pieces import Piece, cut_to
from gongjian.plans.planfile.reading.times import deadlines_of


@dataclass(slots=True)
class Draft:
    """A measure being understood."""

    piece: Piece
    place: Place
    row: Row
    deadline: Deadline = field(default_factory=lambda: Deadline(DeadlineKind.UNSTATED))
    lead: tuple[Name, ...] = ()
    support: tuple[Name, ...] = ()
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, code: str, kind: Column, **words: object) -> None:
        """Note a doubt about one of the measure's fields."""
        self.doubts.append(doubt(code, self.row.place_of(kind), str(kind), **words))


class Matcher:
    """Goes through the groups of a document in order, remembering what the row above said."""

    def __init__(self, reader: NameReader) -> None:
        self._reader = reader
        self._above: Draft | None = None
        self._same_task = False

    def new_section(self) -> None:
        """Nothing is merged across a section row."""
        self._above = None

    def task(self, groups: list[Group]) -> list[Draft]:
        """The measures of one task."""
        self._same_task = False
        return [draft for group in groups for draft in self._group(group)]

    def _group(self, group: Group) -> Iterator[Draft]:
        for pieces, row, doubts in _rowwise(group):
            drafts = self._beside(pieces, row, carried=group.carried)
            for draft in drafts:
                draft.doubts.extend(doubts)
            yield from drafts
            self._above, self._same_task = drafts[-1], True

    def _beside(self, pieces: list[Piece], row: Row, *, carried: bool) -> list[Draft]:
        """The measures of one row with what stands beside them."""
        times = deadlines_of(row[Column.DEADLINE].paragraphs)
        if len(times) > 1 and not carried:
            pieces = cut_to(pieces, len(times))
        drafts = [Draft(piece, row.place_of(Column.TEXT), row) for piece in pieces]
        _split_doubts(drafts)
        itemised = len(times) == len(drafts) > 1
        self._times(drafts, times, carried=carried)
        self._people(drafts, row, itemised=itemised, carried=carried)
        return drafts

    def _times(self, drafts: list[Draft], times: list[Deadline], *, carried: bool) -> None:
        count = len(drafts)
        if carried and len(times) == count + 1:
            self._check_joined(times[0], drafts[0])
            times = times[1:]
        if not times and self._above:
            times = [self._above.deadline]
            for draft in drafts:
                draft.doubt("deadline-as-above", Column.DEADLINE, text=times[0].text)
        fits = len(times) in {1, count} or len({time.code() for time in times}) == 1
        for at, draft in enumerate(drafts):
            if times:
                draft.deadline = times[min(at, len(times) - 1)]
            if not times:
                draft.doubt("deadline-missing", Column.DEADLINE)
            elif not fits:
                draft.doubt("deadline-count", Column.DEADLINE, measures=count, deadlines=len(times))
            if times and draft.deadline.kind is DeadlineKind.UNSTATED and draft.deadline.text:
                draft.doubt("deadline-unreadable", Column.DEADLINE, text=draft.deadline.text)

    def _check_joined(self, time: Deadline, draft: Draft) -> None:
        """The first of several deadlines beside a cell that goes on from above belongs to the measure above."""
        if self._above and self._above.deadline.code() != time.code():
            draft.doubt("deadline-of-joined", Column.DEADLINE, text=time.text, before=self._above.deadline.text)

    def _people(self, drafts: list[Draft], row: Row, *, itemised: bool, carried: bool) -> None:
        lead = self._reader.read(row[Column.LEAD].paragraphs)
        support = self._reader.read(row[Column.SUPPORT].paragraphs)
        _shared_out(drafts, Column.LEAD, lead, itemised=itemised or _repeats(lead))
        _shared_out(drafts, Column.SUPPORT, support, itemised=itemised or _repeats(lead))
        above = self._above
        for draft in drafts:
            if not lead.found:
                self._lead_from_above(draft, above)
            if not support.found and Column.SUPPORT in row.fields:
                self._support_from_above(draft, above, blank_lead=not lead.found, carried=carried)

    def _lead_from_above(self, draft: Draft, above: Draft | None) -> None:
        if above and above.lead:
            draft.lead = above.lead
            draft.doubt("lead-as-above", Column.LEAD)
        else:
            draft.doubt("lead-missing", Column.LEAD)

    def _support_from_above(self, draft: Draft, above: Draft | None, *, blank_lead: bool, carried: bool) -> None:
        """A blank beside other blanks, or in a cell that goes on over a page, is merged.

        Alone it means nobody assists, which is open to doubt where the lead is the one above.
        """
        if above is None or not above.support:
            return
        blank_time = not draft.row[Column.DEADLINE].paragraphs
        if blank_lead or (self._same_task and (carried or blank_time)):
            draft.support = above.support
            draft.doubt("support-as-above", Column.SUPPORT)
        elif self._same_task and {n.party.name for n in above.lead} == {n.party.name for n in draft.lead}:
            draft.doubt("support-blank", Column.SUPPORT)


def _rowwise(group: Group) -> Iterator[tuple[list[Piece], Row, list[Doubt]]]:
    """The pieces of a group dealt out to its rows: all to a single row, else one to each where the numbers agree."""
    pieces, rows = group.pieces, group.rows
    if len(rows) == 1:
        yield pieces, rows[0], []
        return
    pieces = cut_to(pieces, len(rows))
    if len(pieces) == len(rows):
        yield from (([piece], row, []) for piece, row in zip(pieces, rows, strict=True))
        return
    words = {"measures": len(pieces), "rows": len(rows)}
    for at, row in enumerate(rows[: len(pieces)]):
        last = at == min(len(rows), len(pieces)) - 1
        dealt = pieces[at:] if last else [pieces[at]]
        yield dealt, row, [doubt("rows-and-measures", row.place, "text", **words)]


def _split_doubts(drafts: list[Draft]) -> None:
    for draft in drafts:
        if draft.piece.at_blank and len(drafts) > 1:
            draft.doubt("split-at-blank", Column.TEXT, count=len(drafts))
        if draft.piece.perhaps:
            draft.doubt("perhaps-several", Column.TEXT, count=len(draft.piece.perhaps))
        if draft.piece.by_sentence:
            draft.doubt("split-by-sentence", Column.TEXT, count=len(drafts))


def _repeats(names: Names) -> bool:
    """Whether a name comes twice in one cell, so that the cell lists by measure."""
    return len({name.party.name for name in names.found}) < len(names.found)


def _shared_out(drafts: list[Draft], kind: Column, names: Names, *, itemised: bool) -> None:
    """Give each measure its names: one each where the cell lists by measure and the numbers agree, all of them otherwise.

    As many names as measures may be one each or all for each: where the page does not tell, every measure is doubted.
    """
    count, found = len(drafts), names.found
    one_each = itemised and len(found) == count > 1
    for at, draft in enumerate(drafts):
        mine = (found[at],) if one_each else tuple(dict.fromkeys(found))
        if kind is Column.LEAD:
            draft.lead = mine
        else:
            draft.support = mine
        open_order = count > 1 and len(found) > 1 and (len(found) == count or itemised)
        if open_order and not (one_each and kind is Column.LEAD):
            draft.doubt(f"{kind}-order", kind, measures=count, names=len(found))
        if names.open_list:
            draft.doubt("open-list", kind)
