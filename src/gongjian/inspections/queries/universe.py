"""The things a duty or a plan of inspection is about: the entries of a ledger that pass the filters of its list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.models import Enterprise, Status
from gongjian.ledgers.queries.asking import Asked, asked
from gongjian.ledgers.queries.listing import selected
from gongjian.ledgers.registry import find_ledger

MOST = 20_000  # things of one turn or one plan
COLUMNS = ("code", "name", "department", "department__name", "enterprise", "street", "lon", "lat")


@dataclass(frozen=True, slots=True)
class Thing:
    """One entry as it was known: ``party`` the code of the enterprise it belongs to (its own if it is one), ``keeper`` who is in charge."""

    entry: int
    code: str
    name: str
    department: int
    keeper: str
    party: str
    street: str
    lon: float | None
    lat: float | None

    @property
    def label(self) -> str:
        """What people call it."""
        return f"{self.code} {self.name}".strip()[:120]


def given_of(ledger: str, query: str) -> dict[str, str]:
    """The filters an address or a saved view says, sensible ones only."""
    return dict(asked(find_ledger(ledger), dict(parse_qsl(query.removeprefix("?"))), date.min).given)


def things(ledger: str, query: str, on: date, *, past: bool = False) -> list[Thing]:
    """The entries in the order of their codes: at work where the filters do not say otherwise. Two queries.

    ``past``: as they were known by the end of the day. Refusal for more than twenty thousand.
    """
    wanted = _asked(ledger, query, on, past)
    key = "entry_id" if past else "id"
    rows = list(selected(wanted).order_by("code").values(key, *COLUMNS)[: MOST + 1])
    if len(rows) > MOST:
        msg = f"“{wanted.table.title}”按这样筛选超过 {MOST:,} 个对象，请缩小范围。"
        raise Refusal(msg)
    firms = _codes({row["enterprise"] for row in rows if row["enterprise"]})
    own = issubclass(find_ledger(ledger).model, Enterprise)
    return [
        Thing(
            row[key],
            row["code"],
            row["name"],
            row["department"],
            row["department__name"],
            row["code"] if own else firms.get(row["enterprise"], ""),
            row["street"],
            row["lon"],
            row["lat"],
        )
        for row in rows
    ]


def how_many(ledger: str, query: str, on: date) -> int:
    """How many things there are; one query."""
    return int(selected(_asked(ledger, query, on, past=False)).count())


def _asked(ledger: str, query: str, on: date, past: bool) -> Asked:  # noqa: FBT001 - passed on
    said: Mapping[str, str] = dict(parse_qsl(query.removeprefix("?")))
    table = find_ledger(ledger)
    at_work = {} if "status" in said or "status" not in table.filters else {"status": Status.ACTIVE.value}
    return asked(table, {**said, **at_work}, on, past=past)


def _codes(firms: set[int]) -> dict[int, str]:
    return dict(Enterprise.objects.filter(pk__in=firms).values_list("pk", "code")) if firms else {}
