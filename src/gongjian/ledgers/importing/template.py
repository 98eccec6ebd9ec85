"""The workbooks an import begins with and ends with: the template to fill in, and the refused rows with why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from gongjian.documents.cells import ErrorCell, Raw
from gongjian.documents.sheet_tables import SheetTable
from gongjian.documents.workbook import Column, Page, write_book
from gongjian.documents.workbook import Kind as Shown
from gongjian.ledgers.declaration import Ledger, RecordKind, Table
from gongjian.ledgers.fields import FieldSpec, Kind, specs
from gongjian.ledgers.forms import ledger_of
from gongjian.ledgers.importing.cells import CLEAR
from gongjian.ledgers.importing.columns import DATUM, NUMBER, has_place, title
from gongjian.ledgers.registry import find_ledger
from gongjian.people.models import Department
from gongjian.standards.coordinates import Datum

REASON = "拒绝原因"
_NAME = 31  # characters of a sheet's name
_SHOWN: Mapping[Kind, Shown] = {Kind.INTEGER: "number", Kind.NUMBER: "number", Kind.DATE: "date", Kind.MOMENT: "moment"}
_EXAMPLES: Mapping[Kind, Any] = {Kind.BOOLEAN: "是", Kind.INTEGER: 12, Kind.NUMBER: 1.5}
_AROUND: Mapping[str, Any] = {"lon": 116.512345, "lat": 39.791234}
_DATUMS = {Datum.CGCS2000: "CGCS2000", Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}


def template(table: Table, departments: Sequence[Department], *, on: date) -> bytes:
    """The workbook to fill in: a row that shows how (left out when it is imported), and what to know on a second sheet."""
    columns = _columns(table, departments, on)
    example = [value for _, value in columns]
    example[0] = f"示例（不导入）{example[0] or ''}"
    page = Page(table.title[:_NAME], [column for column, _ in columns], [example], fillable=True)
    return write_book([page], notes=_notes(table))


def refused_book(table: Table, sheet: SheetTable, reasons: Mapping[int, Sequence[str]]) -> bytes:
    """The rows of a sheet that were refused, as they were, the reasons before them: to be put right and handed in again."""
    heads: dict[int, tuple[str, Shown]] = {column: (words, "text") for column, words in sheet.unknown.items()}
    heads |= {column: (sheet.headings[key], _kind(table, key)) for key, column in sheet.columns.items()}
    order = sorted(heads)
    columns = [Column(REASON, width=60), *(Column(*heads[column]) for column in order)]
    return write_book([Page(table.title[:_NAME], columns, _as_they_were(sheet, reasons, order))])


def _as_they_were(sheet: SheetTable, reasons: Mapping[int, Sequence[str]], order: Sequence[int]) -> Iterable[list[Any]]:
    for number, row in enumerate(sheet.page.rows(), start=1):
        if number in reasons:
            yield ["；".join(reasons[number]), *(_plain(row[column - 1]) for column in order)]


def _plain(raw: Raw) -> Any:
    """A raw value as it can be written."""
    if isinstance(raw, ErrorCell):
        return raw.shown
    return str(raw) if isinstance(raw, timedelta) else raw


def _kind(table: Table, key: str) -> Shown:
    known = specs(table)
    return _SHOWN.get(known[key].kind, "text") if key in known else "text"


def _columns(table: Table, departments: Sequence[Department], on: date) -> list[tuple[Column, Any]]:
    """Every column with its example: the key first, then those of the list, then the rest, remarks last."""
    known = specs(table)
    first = [name for name in table.columns if name in known]
    order = [*first, *(name for name in known if name not in first and name != "note"), *(["note"] if "note" in known else [])]
    if isinstance(table, Ledger):
        order = ["code", *(name for name in order if name != "code")]
    columns = []
    for name in order:
        columns.append(_column(table, known[name], departments, on))
        if name == "lat" and has_place(table):
            columns.append(_datum(table))
    return columns


def _column(table: Table, one: FieldSpec, departments: Sequence[Department], on: date) -> tuple[Column, Any]:
    choices = tuple(word for _, word in one.choices)
    if one.kind is Kind.BOOLEAN:
        choices = ("是", "否")
    elif one.kind is Kind.DEPARTMENT:
        choices = tuple(each.name for each in departments)
    example = _example(one, choices, on)
    shown = example.isoformat(sep=" ", timespec="minutes") if isinstance(example, datetime) else str(example)
    width = max(12, min(30, 2 * len(one.heading) + 4))
    kind = _SHOWN.get(one.kind, "text")
    return Column(one.heading, kind, one.required, width, choices, _help(table, one), "" if example is None else shown), example


def _example(one: FieldSpec, choices: Sequence[str], on: date) -> Any:
    if one.kind is Kind.DATE:
        return on
    if one.kind is Kind.MOMENT:
        return datetime(on.year, on.month, on.day, 9, 30)  # noqa: DTZ001 - a spreadsheet has no zones
    if one.name in _AROUND:
        return _AROUND[one.name]
    if choices:
        return choices[0]
    least = one.least if one.least is not None and one.least > 0 else None
    return least if least is not None else _EXAMPLES.get(one.kind)


def _help(table: Table, one: FieldSpec) -> str:
    """The field's own help, and how a pointer is written."""
    said = [one.help] if one.help else []
    if one.kind is Kind.ENTRY and one.points_at is not None and (ledger := ledger_of(one.points_at)):
        said.append(f"填{ledger.title}中的{specs(ledger)['code'].title}或全称")
    if one.kind is Kind.SHAPE:
        said.append("填 GeoJSON、WKT 文本，或逐点的经纬度，用分号隔开")
    if one.name == NUMBER and isinstance(table, RecordKind):
        key = "、".join(specs(table)[name].title for name in table.key)
        said.append(f"没有编号的留空，按{key}认定是不是同一条")
    if one.name == "label" and isinstance(table, RecordKind):
        ledger = find_ledger(table.ledger)
        said.append(f"{ledger.title}中的{specs(ledger)['code'].title}" + ("，台账外的也可以填" if table.strangers else ""))
    return "；".join(said)


def _datum(table: Table) -> tuple[Column, Any]:
    about = "经纬度用的坐标系；留空的按上传时选择的算，导入时一律换算为 CGCS2000"
    return Column(title(table, DATUM), choices=tuple(_DATUMS.values()), help=about, example="CGCS2000"), "CGCS2000"


def _notes(table: Table) -> list[str]:
    key = specs(table)["code"].title if isinstance(table, Ledger) else specs(table)[NUMBER].title
    return [
        f"同一{key}的行：台账里没有的新增，有的只改表中填写且不同的栏；同一份表导入两次，第二次没有变化。",
        f"表中没有的列、没有填写的格，都保留台账里原来的内容；要清空某一格，请填“{CLEAR}”。",
        "从表格导入不会使条目退出，也不会删除任何内容；退出、恢复、作废请在页面上办理。",
        f"同一{key}在表中出现两次，两行都不导入，请只保留正确的一行。",
        "日期写成 2020-01-05；编号、证件号一类的列请设为文本格式，以免表格软件改动。",
    ]
