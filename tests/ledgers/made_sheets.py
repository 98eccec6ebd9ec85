"""Workbooks for the tests of imports, and the way through an import."""

import zipfile
from io import BytesIO

from sampled import department
from stage import at
from xlsxwriter import Workbook

from gongjian.ledgers.importing import actions, background
from gongjian.ledgers.models import Import
from gongjian.standards.coordinates import Datum

HEADINGS = ("堆场编号", "堆场名称", "类型", "容量（吨）", "已苫盖")


def book(*rows, headings=HEADINGS, name="堆场", more=None):
    """A workbook: the headings, the rows, further sheets by name; dates as dates."""
    stream = BytesIO()
    with Workbook(stream, {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}) as written:
        for title, lines in ({name: [headings, *rows]} | (more or {})).items():
            sheet = written.add_worksheet(title)
            for at_row, line in enumerate(lines):
                for column, value in enumerate(line):
                    if value is not None:
                        sheet.write(at_row, column, value)
    return stream.getvalue()


def yard_row(code="Y-1", name="河东堆场", sort="露天", capacity=20, covered="是"):
    return (code, name, sort, capacity, covered)


def handed_in(table, data, *, by=None, moment=None, name="堆场.xlsx", whose="交通局", datum=Datum.CGCS2000, sheet=""):
    """Uploaded and checked."""
    moment = moment or at(11, 2)
    found = actions.upload(table, name, data, department=department(whose), by=by, at=moment, datum=datum)
    background.begin(actions.ask_check(found, by=by, at=moment, sheet=sheet), at=moment)
    found.refresh_from_db()
    return found


def imported(found, mode=Import.Mode.ALL, by=None, moment=None):
    """Written."""
    moment = moment or at(11, 2, 11)
    background.begin(actions.ask_apply(found, mode, by=by, at=moment), at=moment)
    found.refresh_from_db()
    return found


def rows_of(found, table, verdict):
    from gongjian.ledgers.importing.storage import Folder
    from gongjian.ledgers.importing.verdicts import Verdict

    return list(Folder(found.token).rows(table, Verdict(verdict)))


def reasons(found, table):
    return [reason for plan in rows_of(found, table, "refused") for reason in plan.reasons]


def with_part(data, part, change):
    """The workbook with one of its parts changed: as a hand that is no writer would leave it."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            said = old.read(one.filename)
            new.writestr(one.filename, change(said) if one.filename == part else said)
    return out.getvalue()
