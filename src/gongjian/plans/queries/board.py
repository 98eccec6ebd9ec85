"""The battle map (作战图) of one programme as it stood on one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from gongjian.kernel.deadlines import Deadline
from gongjian.plans.facts import Reading
from gongjian.plans.history import Frame, Judged, MeasureHistory, Promised
from gongjian.plans.lights import Light, Verdict
from gongjian.plans.models import Programme, Responsibility, Wording
from gongjian.plans.queries.histories import frame, histories
from gongjian.plans.sources import tell

WEEKS = 12  # length of the trend
SOON = 30  # days


@dataclass(frozen=True, slots=True)
class Holder:
    """A department or collective name on a measure; ``department`` is its id, None for a collective name."""

    name: str
    short: str
    department: int | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A commitment with the reading it was judged by."""

    promised: Promised
    verdict: Verdict
    reading: Reading


@dataclass(slots=True)
class Row:
    """One measure on the map."""

    measure: int
    key: str
    title: str  # our digest, else the document's own words
    text: str
    plan: int
    order: tuple[int, int]  # of its plan, and within it
    section: str
    task_no: int | None
    task: str
    deadline: Deadline
    due: date | None
    days_left: int | None
    judged: Judged
    trend: tuple[Light | None, ...]  # one a week, oldest first; None before the measure was known
    turned_red: bool  # red now, and not so 30 days ago
    adjusted: bool
    readings: tuple[Measured, ...] = ()
    lead: list[Holder] = field(default_factory=list)
    support: list[Holder] = field(default_factory=list)

    @property
    def light(self) -> Light:
        """The measure's light."""
        return self.judged.verdict.light

    @property
    def due_soon(self) -> bool:
        """Whether its deadline falls within the next 30 days and it is neither done nor red already."""
        return self.days_left is not None and 0 <= self.days_left <= SOON and self.light not in (Light.BLUE, Light.RED)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One plan of the map, in document order."""

    plan: int
    letter: str
    title: str
    rows: tuple[Row, ...]

    @property
    def counts(self) -> dict[Light, int]:
        """How many measures show each light."""
        return count_lights(self.rows)

    @property
    def sections(self) -> Iterator[tuple[str, list[tuple[int | None, str, list[Row]]]]]:
        """Sections, in them tasks (number, title), in them measures."""
        for section, of_section in groupby(self.rows, key=lambda row: row.section):
            tasks = groupby(of_section, key=lambda row: (row.task_no, row.task))
            yield section, [(number, title, list(rows)) for (number, title), rows in tasks]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole map on one day."""

    programme: Programme
    on: date
    sheets: tuple[Sheet, ...]

    @property
    def rows(self) -> list[Row]:
        """Every measure."""
        return [row for sheet in self.sheets for row in sheet.rows]


def count_lights(rows: Iterable[Row]) -> dict[Light, int]:
    """How many of ``rows`` show each light; every light is named."""
    counted = Counter(row.light for row in rows)
    return {light: counted[light] for light in (Light.RED, Light.AMBER, Light.GREEN, Light.BLUE, Light.GREY)}


def board(programme: Programme, on: date) -> Board:
    """The map as it stood at the end of ``on``. A fixed number of queries, whatever the size of the plan or its history."""
    rows = _rows(programme, on)
    _attach_holders(rows)
    by_plan: dict[int, list[Row]] = {}
    for row in sorted(rows.values(), key=lambda row: row.order):
        by_plan.setdefault(row.plan, []).append(row)
    sheets = tuple(Sheet(plan.pk, plan.letter, plan.title, tuple(by_plan.get(plan.pk, ()))) for plan in programme.plans.all())
    return Board(programme, on, sheets)


def look_back(on: date) -> list[date]:
    """The days the map needs lights of: the last 12 weeks, 30 days ago, and the day itself; ascending."""
    weeks = {on - timedelta(weeks=week) for week in range(WEEKS)}
    return sorted(weeks | {on - timedelta(days=SOON)})


def _rows(programme: Programme, on: date) -> dict[int, Row]:
    """The rows of the measures in force, by wording id."""
    found, year, days = histories(programme), frame(programme), look_back(on)
    tell(found.values(), days)
    chosen = {wording.row: measure for measure, history in found.items() if (wording := history.wording_on(on))}
    wordings = Wording.objects.filter(id__in=chosen).select_related("measure", "plan").only(*_SHOWN)
    return {row.pk: _row(row, found[chosen[row.pk]], year, days) for row in wordings}


_SHOWN = (
    "measure_id",
    "measure__key",
    "plan__order",
    "order",
    "adjusted",
    "section",
    "task_no",
    "task",
    "digest",
    "text",
    "deadline_kind",
    "deadline_month",
    "deadline_day",
    "deadline_text",
)


def _row(wording: Wording, history: MeasureHistory, year: Frame, days: Sequence[date]) -> Row:
    seen, on = dict(zip(days, history.over(days, year), strict=True)), days[-1]
    judged = seen[on]
    if judged is None:
        msg = f"measure {wording.measure_id} is not known on {on}"
        raise ValueError(msg)
    due = wording.deadline.due_on(year.year)
    earlier = _light(seen[on - timedelta(days=SOON)])
    return Row(
        measure=wording.measure_id,
        key=wording.measure.key,
        title=wording.digest or wording.text,
        text=wording.text,
        plan=wording.plan_id,
        order=(wording.plan.order, wording.order),
        section=wording.section,
        task_no=wording.task_no,
        task=wording.task,
        deadline=wording.deadline,
        due=due,
        days_left=(due - on).days if due else None,
        judged=judged,
        trend=tuple(_light(seen[on - timedelta(weeks=week)]) for week in reversed(range(WEEKS))),
        turned_red=judged.verdict.light is Light.RED and earlier is not Light.RED,
        adjusted=wording.adjusted,
        readings=_readings(judged, history, on),
    )


def _readings(judged: Judged, history: MeasureHistory, on: date) -> tuple[Measured, ...]:
    """What the commitments were measured by; nothing where no indicator is connected."""
    if not history.known:
        return ()
    told = ((promised, verdict, history.known.get(promised.row, {}).get(on)) for promised, verdict in judged.commitments)
    return tuple(Measured(promised, verdict, fact) for promised, verdict, fact in told if isinstance(fact, Reading))


def _light(judged: Judged | None) -> Light | None:
    return judged.verdict.light if judged else None


def _attach_holders(rows: dict[int, Row]) -> None:
    columns = ("wording_id", "role", "department_id", "department__name", "department__short", "group__name")
    for wording, role, department, name, short, group in (
        Responsibility.objects.filter(wording_id__in=rows).order_by("order").values_list(*columns)
    ):
        holders = rows[wording].lead if role == Responsibility.Role.LEAD else rows[wording].support
        holders.append(Holder(name or group or "", short or name or group or "", department))
