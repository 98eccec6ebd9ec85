"""Rows behind a figure as a workbook of one sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongjian.documents.workbook import Column, Page, write_book


def as_xlsx(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The rows on one sheet, moments as the wall clock shows them."""
    columns = [Column(title, kind="number") for title in titles]
    return write_book([Page("明细", columns, _local(rows))])


def _local(rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    for row in rows:
        yield [_shown(cell) for cell in row]


def _shown(cell: Any) -> Any:
    """A moment without its zone; a day as text, as the page shows it."""
    if isinstance(cell, datetime):
        return timezone.localtime(cell).replace(tzinfo=None) if timezone.is_aware(cell) else cell
    return cell.isoformat() if isinstance(cell, date) else cell
