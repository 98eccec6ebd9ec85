"""What is exported and imported again unchanged changes nothing: of every ledger and every kind of record."""

from datetime import date

import pytest
from contract import LEDGERS, RECORDS, one_of
from stage import at

from gongjian.documents.sheets import open_book
from gongjian.ledgers.exporting import as_csv, as_xlsx
from gongjian.ledgers.importing.columns import wanted
from gongjian.ledgers.importing.planning import plan_import, table_in
from gongjian.ledgers.queries.asking import asked, showable
from gongjian.people.models import Department

TABLES = [*LEDGERS, *RECORDS]
each = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.slug)
pytestmark = pytest.mark.django_db


def exported(table, form, **given):
    said = asked(table, {"status": "all", "on-from": "all", **given}, date(2020, 11, 1))
    return as_xlsx(said) if form == "xlsx" else "".join(as_csv(said)).encode()


def planned(table, data, by=None, moment=None, department="城建局", name="表.xlsx"):
    sheet = table_in(open_book(data, name), table)
    plan = plan_import(table, sheet, by=by, at=moment or at(11, 2), department=Department.objects.get(name=department))
    return list(plan.rows)


@each
@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("columns", ["shown", "all"])
def test_an_export_comes_back_as_no_change(table, form, columns, town):
    one_of(table)
    cols = "" if columns == "shown" else ",".join(showable(table))
    rows = planned(table, exported(table, form, cols=cols), name=f"表.{form}")
    assert [(row.verdict.value, row.reasons, row.changes) for row in rows] == [("unchanged", (), ())]


@each
def test_no_heading_stands_for_two_columns(table):
    from gongjian.documents.headings import Wanted

    assert set(Wanted(wanted(table)).titles) == set(wanted(table))
