"""Workbooks for the tests: written by xlsxwriter, or zipped by hand where no writer would make them."""

from __future__ import annotations

import zipfile
from io import BytesIO

from xlsxwriter import Workbook

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def book(**sheets) -> bytes:
    """A workbook of the given sheets, each rows of values from A1; None leaves a cell out."""
    stream = BytesIO()
    with Workbook(stream, {"strings_to_formulas": False}) as written:
        for name, rows in sheets.items():
            sheet = written.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(at, column, value)
    return stream.getvalue()


def bare(cells: str, *, sheet: str = "车辆", about: str = "", head: str = "") -> bytes:
    """A workbook of one sheet whose rows are the XML given."""
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": _link("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": (
                f'<workbook xmlns="{MAIN}" xmlns:r="{LINK}">{about}<sheets>'
                f'<sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": _link("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{head}<sheetData>{cells}</sheetData></worksheet>',
        }
    )


def _link(kind: str, target: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{LINK}/{kind}" Target="{target}"/></Relationships>'


def text_row(number: int, *words: str) -> str:
    """A row of inline texts."""
    cells = "".join(f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{word}</t></is></c>' for at, word in enumerate(words))
    return f'<row r="{number}">{cells}</row>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """An archive of the parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()
