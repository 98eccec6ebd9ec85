"""Which column is which, told by the words of the heading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from gongjian.documents import Cell

LONGEST_HEADING = 14
FEWEST_KNOWN = 2


class Column(StrEnum):
    """What a column of a plan's table holds."""

    NUMBER = "number"
    TASK = "task"
    TEXT = "text"
    DEADLINE = "deadline"
    LEAD = "lead"
    SUPPORT = "support"
    WORK = "work"  # 主要任务: the task where a column of measures stands beside it, the measure where none does
    OTHER = "other"


# The first pattern found in a heading decides; more telling words come first.
_WORDS = (
    (Column.DEADLINE, re.compile(r"时限|期限|(完成|截止|办结)(时间|日期)|时间(要求|节点|安排)|进度(要求|安排)|^时间$")),
    (Column.SUPPORT, re.compile(r"协办|配合|协同|协助|参与|协作")),
    (Column.LEAD, re.compile(r"牵头|责任(部门|单位|主体|科室)|主责|主办|承办|(负责|落实|实施).{0,4}(部门|单位|科室)|^(部门|单位)$")),
    (Column.NUMBER, re.compile(r"^(序号|编号|序|项号|条目)$")),
    (Column.TEXT, re.compile(r"措施|举措|内容|做法|考核指标|工作要求")),
    (Column.TASK, re.compile(r"重点(任务|工作)|任务名称|任务类别|项目|事项|类别|^目标$")),
    (Column.WORK, re.compile(r"任务|工作|目标")),
)


_CHIEF = re.compile(r"牵头|主责|主办")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table: what each position holds and how it is headed."""

    kinds: tuple[Column, ...]
    headings: tuple[str, ...]

    def at(self, kind: Column) -> tuple[int, ...]:
        """Positions of a kind of column, left to right."""
        return tuple(at for at, found in enumerate(self.kinds) if found is kind)

    def heading(self, kind: Column) -> str | None:
        """The printed heading of the first column of a kind."""
        return next((self.headings[at] for at in self.at(kind)), None)


def squeeze(text: str) -> str:
    """The text without any blanks."""
    return re.sub(r"\s+", "", text)


def _kind(heading: str) -> Column:
    if len(heading) > LONGEST_HEADING:
        return Column.OTHER
    return next((kind for kind, words in _WORDS if words.search(heading)), Column.OTHER)


def layout_of(cells: tuple[Cell, ...]) -> Layout | None:
    """The layout a heading row announces, or None if it is no heading row.

    A heading row names what is to be done and who or by when; every cell of it is short.
    """
    headings = tuple(squeeze("".join(cell.paragraphs)) for cell in cells)
    if any(len(heading) > LONGEST_HEADING or heading[-1:] in {"。", "；"} for heading in headings):
        return None
    kinds = _settled([_kind(heading) for heading in headings], cells)
    known = set(kinds)
    if Column.TEXT not in known or len(known - {Column.OTHER}) <= FEWEST_KNOWN:
        return None
    return Layout(kinds, headings) if known & {Column.LEAD, Column.DEADLINE} else None


def _settled(kinds: list[Column], cells: tuple[Cell, ...]) -> tuple[Column, ...]:
    """Kinds with 主要任务 and the like decided, and a heading spanning columns counted once.

    Where 责任单位 stands beside 主责单位 or 牵头部门 and nobody is said to assist, it names those who do.
    """
    for at, cell in enumerate(cells):
        if at and cells[at - 1] is cell:
            kinds[at] = Column.OTHER
    for at, kind in enumerate(kinds):
        if kind is Column.WORK:
            kinds[at] = Column.TEXT if Column.TEXT not in kinds else Column.TASK if Column.TASK not in kinds else Column.OTHER
    if Column.TEXT not in kinds and Column.TASK in kinds:
        kinds[kinds.index(Column.TASK)] = Column.TEXT
    leads = [at for at, kind in enumerate(kinds) if kind is Column.LEAD]
    chief = [at for at in leads if _CHIEF.search(squeeze("".join(cells[at].paragraphs)))]
    if chief and Column.SUPPORT not in kinds:
        for at in set(leads) - set(chief):
            kinds[at] = Column.SUPPORT
    for kind in (Column.NUMBER, Column.TASK, Column.TEXT, Column.DEADLINE):
        for extra in [at for at, found in enumerate(kinds) if found is kind][1:]:
            kinds[extra] = Column.OTHER
    return tuple(kinds)


def under_heading(above: tuple[Cell, ...], cells: tuple[Cell, ...]) -> tuple[Cell, ...] | None:
    """The heading row completed by a second one below it (牵头 | 配合 under 责任单位), or None if the row below is no heading.

    Only cells under a heading that spans columns or rows may differ, and each must name a kind of column.
    """
    spans = [a.colspan > 1 and below is not a for a, below in zip(above, cells, strict=True)]
    own = [cell for cell, split in zip(cells, spans, strict=True) if split]
    rest = [cell for a, cell, split in zip(above, cells, spans, strict=True) if not split and cell is not a and cell.paragraphs]
    if not own or rest or any(_kind(squeeze("".join(cell.paragraphs))) is Column.OTHER for cell in own):
        return None
    return tuple(cell if split else a for a, cell, split in zip(above, cells, spans, strict=True))
