"""What a plan document says, whichever way it came: a scanned table, a spreadsheet or our own plan file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gongjian.kernel.deadlines import Deadline
from gongjian.kernel.refusal import Refusal


class PlanFileError(Refusal):
    """The file cannot be taken as a plan: one Chinese sentence, what is wrong, where, what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the source file something stands; every part that does not apply is None.

    ``table``, ``row``, ``line`` and ``page`` count from 1; ``column`` is the heading of the column.
    """

    line: int | None = None
    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: str | None = None

    def words(self) -> str:
        """The place in Chinese, as a reader would look it up."""
        parts = (
            self.sheet and f"工作表“{self.sheet}”",
            self.page and f"第{self.page}页",
            self.table and f"第{self.table}张表",
            self.row and f"第{self.row}行",
            self.column and f"“{self.column}”栏",
            self.line and f"（文件第{self.line}行）",
        )
        return "".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the reader would not swear to. ``code`` is stable, ``message`` is a Chinese sentence."""

    code: str
    message: str
    place: Place
    field: str | None = None  # text, deadline, lead, support, task, task_no


@dataclass(frozen=True, slots=True)
class Party:
    """A department or a collective name as answered for; ``printed`` is what the page says."""

    name: str
    printed: str
    group: bool = False


DOUBT_FIELDS = ("text", "deadline", "lead", "support", "task", "task_no", "section")  # what of a measure a page may leave open
DEPARTMENT_KINDS = ("bureau", "street", "town", "centre", "police", "fire", "office", "group")


class CommitmentKind(StrEnum):
    """The seven kinds of thing that can be kept or broken."""

    TARGET = "target"
    TREND = "trend"
    MILESTONE = "milestone"
    DUTY = "duty"
    REGISTER = "register"
    LOOP = "loop"
    NARRATIVE = "narrative"


@dataclass(frozen=True, slots=True)
class Commitment:
    """One 考核点 of a measure; which fields are set depends on ``kind``.

    target: indicator, op (>=, >, <=, <), value, unit, optionally by · trend: indicator, direction (up, down, steady), unit
    · milestone: what, optionally due (MM-DD) · duty: every (month, quarter, year, event), what, optionally indicator, op, value, unit
    · register: ledger, optionally derived, published, states · loop: cases, optionally due (MM-DD) · narrative: nothing.
    """

    kind: CommitmentKind
    indicator: str = ""
    op: str = ""
    value: float | None = None
    unit: str = ""
    by: str = ""
    direction: str = ""
    what: str = ""
    due: str = ""
    every: str = ""
    ledger: str = ""
    derived: str = ""
    published: bool = False
    states: tuple[str, ...] = ()
    cases: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One 工作措施 in document order.

    ``text`` is the document's own words ("" when only our digest is known), ``digest`` our condensed wording ("" when freshly read).
    ``key`` is plan letter + task number + "." + measure number; ``task_no`` is None where the page lost it.
    """

    key: str
    plan: str
    section: str
    task_no: int | None
    task: str
    measure_no: int
    deadline: Deadline
    text: str = ""
    digest: str = ""
    lead: tuple[Party, ...] = ()
    support: tuple[Party, ...] = ()
    source: Place | None = None
    doubts: tuple[Doubt, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    damage: str = ""  # what the scan damaged, in words (`ocr` in a plan file)
    uncertain: tuple[str, ...] = ()  # fields the page leaves open


@dataclass(frozen=True, slots=True)
class PlanHead:
    """The document's head: 文号, issuer, 签发人, date and title; "" or None where not found."""

    number: str = ""
    issuer: str = ""
    signer: str = ""
    date: date | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class DepartmentEntry:
    """A department as a directory knows it. ``kind``: bureau, street, town, centre, police, fire, office, group."""

    name: str
    kind: str = "bureau"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Directory:
    """The departments and collective names a reader knows; unknown names are read by their form and doubted."""

    departments: tuple[DepartmentEntry, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A whole plan document: its head, the titles of its plans in order, its measures, its doubts."""

    head: PlanHead
    plans: tuple[str, ...]
    measures: tuple[Measure, ...]
    doubts: tuple[Doubt, ...] = ()  # those that belong to no single measure (a lost row, a repeated number)
    directory: Directory = field(default_factory=Directory)
