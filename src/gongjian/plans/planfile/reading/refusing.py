"""Documents that hold no plan, each told in one sentence what it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from gongjian.documents import Document, Table
from gongjian.plans.planfile.model import PlanFileError
from gongjian.plans.planfile.reading.columns import Column, squeeze
from gongjian.plans.planfile.reading.lines import Heading, Line, Row

_KINDS = {"txt": "文本", "html": "网页", "docx": "Word 文档", "xlsx": "工作簿", "pdf": "PDF"}
_NEEDED = ((Column.DEADLINE, "完成时限"), (Column.LEAD, "牵头部门（或责任单位）"))


def refuse_unreadable(document: Document, lines: Sequence[Line], name: str) -> None:
    """Raise PlanFileError unless some table has the columns of a plan and at least one row."""
    if not document.blocks:
        msg = f"文件“{name}”里没有文字：请检查文件，扫描件请先做文字识别。"
        raise PlanFileError(msg)
    tables = document.tables
    if not tables:
        msg = f"{_KINDS.get(document.kind, '文件')}“{name}”里只有文字、没有表格：请给出带“工作措施、完成时限、牵头部门”等栏的计划表。"
        raise PlanFileError(msg)
    headings = [line for line in lines if isinstance(line, Heading)]
    if not headings:
        msg = f"文件“{name}”的{len(tables)}张表都没有认出表头（{_first_words(tables[0])}）：表头应有“工作措施、完成时限、牵头部门”等栏。"
        raise PlanFileError(msg)
    for column, words in _NEEDED:
        if not any(column in heading.layout.kinds for heading in headings):
            place = headings[0].place.words()
            printed = "、".join(heading for heading in headings[0].layout.headings if heading)
            msg = f"文件“{name}”{place}的表头是“{printed}”，没有“{words}”一栏：请补上这一栏，或换一份有这一栏的计划。"
            raise PlanFileError(msg)
    if not any(isinstance(line, Row) for line in lines):
        msg = f"文件“{name}”的表只有表头、没有内容：请检查文件是否完整。"
        raise PlanFileError(msg)


def _first_words(table: Table) -> str:
    """The first row of a table, short, so that a person finds it."""
    row = next((row for row in table.rows if any(cell.paragraphs for cell in row)), ())
    words = "、".join(squeeze("".join(cell.paragraphs))[:8] for cell in row[:6] if cell.paragraphs)
    return f"第一行是“{words}”" if words else "全是空格"
