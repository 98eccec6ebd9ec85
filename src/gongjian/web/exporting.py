"""Pages as workbooks."""

from __future__ import annotations

from collections.abc import Iterator

from gongjian.documents.workbook import Column, Page, Value, write_book
from gongjian.plans.queries.monthly import Line, Overview
from gongjian.web.telling import STATE_WORDS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = (
    Column("牵头部门", width=18),
    Column("其他牵头", width=18),
    Column("编号", width=8),
    Column("措施", width=60),
    Column("报送情况", width=12),
    Column("期限", "date", width=12),
    Column("报送日期", "date", width=12),
    Column("迟报或逾期天数", "number", width=14),
    Column("应报协办", "number", width=10),
    Column("已报协办", "number", width=10),
    Column("未报的协办部门", width=40),
)


def month_as_xlsx(seen: Overview) -> bytes:
    """Every report that is owed for a month, as the page shows it, by department."""
    return write_book([Page(f"{seen.month} 月报报送情况", _COLUMNS, _rows(seen))])


def _rows(seen: Overview) -> Iterator[tuple[Value, ...]]:
    return (_row(line) for share in seen.shares for line in share.lines)


def _row(line: Line) -> tuple[Value, ...]:
    return (
        line.lead,
        line.others,
        line.key,
        line.title,
        STATE_WORDS[line.state.value],
        line.owing.due,
        line.owing.handing.since,
        line.days_late,
        len(line.helpers),
        line.helped,
        "、".join(map(str, line.silent_helpers)),
    )
