"""What is shown of a board: filters, counts by department, and what most needs a decision. Pure over a ``Board``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongjian.kernel.deadlines import DeadlineKind
from gongjian.plans.lights import Light
from gongjian.plans.queries.board import SOON, Board, Row, Sheet, count_lights

DUE_CHOICES: dict[str, Callable[[Row], bool]] = {
    "overdue": lambda row: row.days_left is not None and row.days_left < 0 and row.light is not Light.BLUE,
    "soon": lambda row: row.due_soon,
    "year-end": lambda row: row.deadline.kind is DeadlineKind.YEAR_END,
    "date": lambda row: row.deadline.kind is DeadlineKind.DATE,
    "milestones": lambda row: row.deadline.kind is DeadlineKind.MILESTONES,
    "ongoing": lambda row: row.deadline.kind is DeadlineKind.ONGOING,
}


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the reader asked to see; an empty field asks nothing. Departments match as lead or assisting."""

    plan: str = ""  # letter
    light: str = ""
    department: int | None = None
    due: str = ""  # a key of DUE_CHOICES
    text: str = ""
    turned_red: bool = False

    def __bool__(self) -> bool:
        return bool(self.plan or self.light or self.department or self.due or self.text.strip() or self.turned_red)

    def keeps(self, row: Row) -> bool:
        """Whether the row answers everything asked."""
        return (
            (not self.light or row.light == self.light)
            and (self.department is None or any(holder.department == self.department for holder in (*row.lead, *row.support)))
            and (self.due not in DUE_CHOICES or DUE_CHOICES[self.due](row))
            and (not self.turned_red or row.turned_red)
            and all(word in _searchable(row) for word in self.text.lower().split())
        )


def _searchable(row: Row) -> str:
    names = " ".join(holder.name for holder in (*row.lead, *row.support))
    return f"{row.key} {row.title} {row.text} {row.task} {row.section} {names}".lower()


def sift(board: Board, sieve: Sieve) -> Board:
    """The board with only the rows that the sieve keeps; sheets stay, though some may be empty."""
    sheets = tuple(
        Sheet(sheet.plan, sheet.letter, sheet.title, tuple(filter(sieve.keeps, sheet.rows)) if sieve.plan in ("", sheet.letter) else ())
        for sheet in board.sheets
    )
    return Board(board.programme, board.on, sheets)


@dataclass(frozen=True, slots=True)
class Share:
    """How the measures one department leads stand."""

    department: int
    name: str
    counts: dict[Light, int]
    of: int


def department_shares(board: Board) -> list[Share]:
    """For each lead department its lights; those with most red, then most amber, first."""
    led: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in board.rows:
        for holder in row.lead:
            if holder.department is not None:
                led[holder.department, holder.name].append(row)
    shares = [Share(number, name, count_lights(rows), len(rows)) for (number, name), rows in led.items()]
    return sorted(shares, key=lambda share: (-share.counts[Light.RED], -share.counts[Light.AMBER], -share.of, share.name))


def newly_red(board: Board) -> list[Row]:
    """Measures that turned red within the last 30 days."""
    return [row for row in board.rows if row.turned_red]


def due_soon(board: Board) -> list[Row]:
    """Measures not yet red or done whose deadline falls within the next 30 days: the next to turn red."""
    return sorted((row for row in board.rows if row.due_soon), key=lambda row: row.days_left or 0)


def decisions(board: Board, most: int = 3) -> list[Row]:
    """The few measures that most need a decision: red before amber, past or near deadlines first, then those that just turned."""
    waiting = [row for row in board.rows if row.light in (Light.RED, Light.AMBER)]
    return sorted(waiting, key=_urgency)[:most]


def _urgency(row: Row) -> tuple[int, int, bool, int, tuple[int, int]]:
    near = row.days_left if row.days_left is not None and row.days_left <= SOON else SOON + 1
    return (-row.light.severity, near, not row.turned_red, -len(row.judged.verdict.reasons), row.order)


def named_departments(rows: Iterable[Row]) -> list[tuple[int, str]]:
    """Every department that leads or assists, by name, for a filter."""
    return sorted({(h.department, h.name) for row in rows for h in (*row.lead, *row.support) if h.department}, key=lambda pair: pair[1])
