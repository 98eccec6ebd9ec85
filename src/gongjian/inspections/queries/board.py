"""Where one begins: what is mine, what my department has open, what waits to be confirmed, the month as a strip; and the list of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from gongjian.inspections.models import OPEN, Task, TaskState
from gongjian.inspections.queries.concerning import for_me, within
from gongjian.kernel.months import Month
from gongjian.people.models import User
from gongjian.people.permissions import reach
from gongjian.people.roles import Permission

SHOWN = 12  # of each list
SOON = timedelta(7)  # a task due within a week is pressing
LOOKS = {"": "未完成的", "overdue": "已过期的", "soon": "七天内到期的", "all": "全部"}  # besides the states themselves
KINDS = {"": "全部来源", "duty": "履职任务", "draw": "双随机抽查"}
LONGEST = 40  # characters of a search


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """One day of the strip: how many tasks are due on it, done of them, and over without being done."""

    day: date
    due: int
    done: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Board:
    """``mine`` are the open tasks this person may do, ``others`` those of others they may see, ``to_confirm`` what waits for their word."""

    mine: list[Task]
    others: list[Task]
    to_confirm: list[Task]
    open: int
    overdue: int
    soon: int
    waiting: int
    others_open: int
    others_overdue: int


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the list is narrowed to, as the address says it."""

    state: str = ""
    kind: str = ""
    department: str = ""
    duty: str = ""
    day: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def query(self, **changed: str) -> str:
        """The address's parameters, some said differently."""
        said = {field.name: getattr(self, field.name) for field in fields(self)} | changed
        return urlencode({name: value for name, value in said.items() if value})


def sieve_of(parameters: Mapping[str, str]) -> Sieve:
    """The narrowing an address asks for; what it asks for wrongly is ignored."""
    return Sieve(**{field.name: parameters.get(field.name, "").strip().replace("\x00", "")[:LONGEST] for field in fields(Sieve)})


def board(user: User, on: date) -> Board:
    """What is to be done and to be confirmed; six queries, however many tasks there are."""
    seen = Task.objects.filter(within(reach(user, Permission.TASK_VIEW), user))
    mine = Task.objects.filter(for_me(user, on), state__in=OPEN, opens_on__lte=on)
    others = seen.filter(state__in=OPEN, opens_on__lte=on).exclude(pk__in=mine.values("pk"))
    judged = reach(user, Permission.TASK_CONFIRM)
    waiting = Task.objects.filter(state=TaskState.DONE)
    waiting = waiting if judged.everywhere else waiting.filter(department__in=judged.departments)
    counts = mine.aggregate(
        open=Count("pk"),
        overdue=Count("pk", filter=Q(due_on__lt=on)),
        soon=Count("pk", filter=Q(due_on__range=(on, on + SOON))),
    )
    beside = others.aggregate(open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=on)))
    number = waiting.count() if judged else 0
    return Board(
        mine=_listed(mine),
        others=_listed(others),
        to_confirm=_listed(waiting) if number else [],
        open=counts["open"],
        overdue=counts["overdue"],
        soon=counts["soon"],
        waiting=number,
        others_open=beside["open"],
        others_overdue=beside["overdue"],
    )


def strip(user: User, month: Month, on: date) -> list[DayOfMonth]:
    """Every day of a month with the tasks due on it that this person may see; one query."""
    seen = Task.objects.filter(within(reach(user, Permission.TASK_VIEW), user), due_on__range=(month.first, month.last))
    rows = seen.exclude(state=TaskState.CANCELLED).order_by().values("due_on")
    counted = {row["due_on"]: row for row in rows.annotate(due=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False)))}
    return [
        DayOfMonth(day, row["due"], row["done"], row["due"] - row["done"] if day < on else 0)
        if (row := counted.get(day))
        else DayOfMonth(day, 0, 0, 0)
        for day in month
    ]


def sifted(user: User, sieve: Sieve, on: date) -> QuerySet[Task]:
    """The tasks somebody may see that the sieve lets through: those that are open by their day, others the latest first."""
    found = Task.objects.filter(within(reach(user, Permission.TASK_VIEW), user), _state(sieve.state, on), _origin(sieve))
    for name in ("department", "duty"):
        value = getattr(sieve, name)
        if value.isdecimal() and len(value) < len("9" * 18):
            found = found.filter(**{name: int(value)})
    if day := _day(sieve.day):
        found = found.filter(due_on=day)
    if sieve.text:
        found = found.filter(_said(sieve.text))
    return found.order_by("due_on", "id") if sieve.state in {"", "overdue", "soon"} else found.order_by("-due_on", "-id")


def fetched(keys: Sequence[int]) -> list[Task]:
    """The tasks of these keys, in their order, as a list shows them."""
    found = Task.objects.select_related("department", "duty", "drawn__plan").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _listed(found: QuerySet[Task]) -> list[Task]:
    return list(found.select_related("department", "duty", "drawn__plan").order_by("due_on", "id")[:SHOWN])


def _state(state: str, on: date) -> Q:
    if state == "overdue":
        return Q(state__in=OPEN, due_on__lt=on)
    if state == "soon":
        return Q(state__in=OPEN, due_on__range=(on, on + SOON))
    if state in TaskState.values:
        return Q(state=state)
    return Q() if state == "all" else Q(state__in=OPEN)


def _origin(sieve: Sieve) -> Q:
    return {"duty": Q(duty__isnull=False), "draw": Q(drawn__isnull=False)}.get(sieve.kind, Q())


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _said(text: str) -> Q:
    number = text.upper().removeprefix("RW")
    if number.isdecimal() and len(number) < len("9" * 18):
        return Q(pk=int(number)) | Q(label__contains=text)
    return Q(title__contains=text) | Q(label__contains=text)
