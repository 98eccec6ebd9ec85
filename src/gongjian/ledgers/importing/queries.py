"""Reading imports: whose one may see, and their rows a page at a time in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from gongjian.documents.sheets import open_book
from gongjian.ledgers.declaration import Table
from gongjian.ledgers.fields import Kind, spec, specs
from gongjian.ledgers.importing.planner import permission_of
from gongjian.ledgers.importing.planning import table_in
from gongjian.ledgers.importing.storage import Folder
from gongjian.ledgers.importing.template import refused_book
from gongjian.ledgers.importing.verdicts import RowPlan, Verdict
from gongjian.ledgers.models import Import
from gongjian.ledgers.queries.cells import Cell, Names, cell, stored
from gongjian.people.permissions import Asker, reach

SIZE = 50  # rows of a page
MOST_SHOWN = 6  # fields of a new row
RECENT = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a dry run as shown: what is planned, and of a new one its first fields."""

    plan: RowPlan
    cells: Sequence[Cell] = ()


def visible(table: Table, user: Asker) -> QuerySet[Import]:
    """The imports into a table of the departments that somebody imports for; the newest first."""
    found = reach(user, permission_of(table))
    among = Import.objects.filter(table=table.slug).select_related("department", "by", "decided_by")
    return among if found.everywhere else among.filter(department__in=found.departments)


def recent(table: Table, user: Asker) -> list[Import]:
    """The last ten that were not dropped."""
    return list(visible(table, user).exclude(state=Import.State.DISCARDED)[:RECENT])


def shown_fields(table: Table) -> list[str]:
    """The fields by which a new row is shown."""
    return [name for name in table.columns if name in specs(table) and name not in ("code", "department")][:MOST_SHOWN]


def lines(found: Import, table: Table, verdict: Verdict, page: str) -> tuple[list[Line], Page[int]]:
    """One page of the rows with a verdict, and where it stands among the others."""
    leaf = Paginator(range(found.summary.get(verdict.value, 0)), SIZE).get_page(page)
    plans = list(Folder(found.token).rows(table, verdict, leaf.start_index() - 1 if leaf.paginator.count else 0, SIZE))
    if verdict is not Verdict.ADDED:
        return [Line(plan) for plan in plans], leaf
    shown = [spec(table, name) for name in shown_fields(table)]
    pointing = (Kind.ENTRY, Kind.DEPARTMENT)
    rows = [{stored(one.name) if one.kind in pointing else one.name: plan.values.get(one.name) for one in shown} for plan in plans]
    names = Names()
    names.learn(shown, rows)
    return [Line(plan, [cell(one, row, names) for one in shown]) for plan, row in zip(plans, rows, strict=True)], leaf


def refused_rows(found: Import, table: Table) -> bytes:
    """The refused rows as a workbook, each with why."""
    folder = Folder(found.token)
    sheet = table_in(open_book(folder.upload(), found.filename), table, found.sheet or None)
    return refused_book(table, sheet, {plan.row: plan.reasons for plan in folder.rows(table, Verdict.REFUSED)})
