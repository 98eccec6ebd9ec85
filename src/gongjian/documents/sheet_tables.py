"""Finding a ledger's table in a workbook by its headings, and reading its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongjian.documents.cells.raw import ErrorCell, Raw, is_blank
from gongjian.documents.headings import Wanted, surest
from gongjian.documents.sheets import HEADING_ROWS, MAX_ROWS, Book, Sheet, address, column_letters
from gongjian.kernel.refusal import Refusal

_LEVELS = 3  # rows that one heading may be spread over
_HINTS = ("填写说明", "填表说明", "示例", "样例", "例如", "例：", "例:")
_HINT_ROWS = 3  # rows below the headings that may be hints
_NAMED = 12  # headings that a refusal repeats


class SheetProblem(Refusal):
    """The workbook can be read but holds no such table: one Chinese sentence with sheet, row, column and what to do."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read headings: the rows they stand in (from 0, both included) and what each column then means."""

    sheet: Sheet
    first: int
    last: int
    levels: tuple[tuple[str, ...], ...]
    columns: Mapping[str, list[int]]  # by key, the columns from 0


@dataclass(frozen=True)
class SheetTable:
    """A table in a sheet; rows and columns count from 1, as a spreadsheet shows them."""

    sheet: str
    heading_row: int  # the last one, where headings take several
    columns: Mapping[str, int]  # by key
    headings: Mapping[str, str]  # as written, by key
    unknown: Mapping[int, str]  # headings that mean nothing here, by column: their columns are not read
    absent: tuple[str, ...]  # keys that have no column
    others: tuple[str, ...]  # other sheets with the same headings: they are not read
    page: Sheet

    def rows(self) -> Iterator[tuple[int, dict[str, Raw]]]:
        """Each row below the headings with its number; blank rows, hints and repeated headings are left out.

        A row is blank when all the columns that are read are blank, whatever a column of running numbers says.
        """
        keys, places = list(self.columns), [column - 1 for column in self.columns.values()]
        repeated = None
        for number, row in enumerate(self.page.rows(), start=1):
            if number < self.heading_row:
                continue
            values = [row[place] for place in places]
            if number == self.heading_row:
                repeated = values
            elif values != repeated and not all(map(is_blank, values)) and not (number <= self.heading_row + _HINT_ROWS and _is_hint(row)):
                yield number, dict(zip(keys, values, strict=True))

    def count(self) -> int:
        """How many rows there are to read."""
        return sum(1 for _ in self.rows())

    def place(self, row: int, key: str | None = None) -> str:
        """A row, or the cell of a column in it, in words: 工作表“车辆”D17."""
        at = address(row, self.columns[key]) if key in self.columns and key is not None else f"第 {row} 行"
        return f"工作表“{self.sheet}”{at}"


def find_table(book: Book, wanted: Mapping[str, Sequence[str]], required: Collection[str], sheet: str | None = None) -> SheetTable:
    """The table whose headings are ``wanted`` (for each key the headings it may have), in the sheet that matches best or in ``sheet``.

    Raises SheetProblem when there are no such headings, when one of ``required`` is missing, when two columns mean the same, when
    another sheet than the one asked for fits better, or when there are more rows than a ledger may have.
    """
    names = Wanted(wanted)
    readings = [reading for page in book.pages if (reading := _best(page, names)) is not None]
    taken = _taken(book, readings, required, names, sheet)
    if missing := [names.titles[key] for key in names.titles if key in required and key not in taken.columns]:
        raise SheetProblem(_missing(taken, missing))
    for key, columns in taken.columns.items():
        if len(columns) > 1:
            raise SheetProblem(_ambiguous(taken, names.titles[key], columns))
    return _table(
        taken, names, tuple(one.sheet.name for one in readings if one.sheet is not taken.sheet and not set(required) - set(one.columns))
    )


def _taken(book: Book, readings: list[_Reading], required: Collection[str], names: Wanted, sheet: str | None) -> _Reading:
    """The reading to go by: of the sheet asked for, else the one with most of what is required, then most of all."""
    if sheet is not None and sheet not in book.sheets:
        msg = f"文件“{book.name}”里没有工作表“{sheet}”：现有{_listed(book.sheets)}，请重新选择。"
        raise SheetProblem(msg)

    def fit(reading: _Reading) -> tuple[int, int]:
        return sum(key in reading.columns for key in required), len(reading.columns)

    best = max(readings, key=fit, default=None)
    if best is None:
        titles = [names.titles[key] for key in names.titles if key in required] or list(names.titles.values())
        msg = (
            f"文件“{book.name}”的工作表{_listed(book.sheets)}前 {HEADING_ROWS} 行里没有找到表头：应有{_listed(titles)}等列，"
            "请检查是否选错了文件，或按模板填写。"
        )
        raise SheetProblem(msg)
    chosen = best if sheet is None else next((one for one in readings if one.sheet.name == sheet), None)
    if chosen is None or (chosen is not best and set(required) - set(chosen.columns)):
        msg = (
            f"工作表“{sheet}”的表头不是要导入的台账，工作表“{best.sheet.name}”第 {best.last + 1} 行的表头更像：请改选“{best.sheet.name}”。"
        )
        raise SheetProblem(msg)
    return chosen


def _best(page: Sheet, names: Wanted) -> _Reading | None:
    """The rows of a sheet that know most of the columns; of equals the fewest rows, then the first."""
    top = page.top()
    words = [_words(row, at, page) for at, row in enumerate(top)]
    best: _Reading | None = None
    for depth in range(1, _LEVELS + 1):
        for first in range(len(top) - depth + 1):
            reading = _reading(page, first, words[first : first + depth], names)
            if reading.columns and (best is None or len(reading.columns) > len(best.columns)):
                best = reading
    return best


def _words(row: Sequence[Raw], at: int, page: Sheet) -> list[str]:
    """What a row says, a cell merged sideways in each column it spans."""
    said = ["" if isinstance(raw, ErrorCell) or is_blank(raw) else str(raw) for raw in row]
    for (top, left), (bottom, right) in page.merged:
        if top <= at <= bottom and left < len(said):
            said[left : right + 1] = [said[left]] * len(said[left : right + 1])
    return said


def _reading(page: Sheet, first: int, rows: list[list[str]], names: Wanted) -> _Reading:
    levels = tuple(tuple(dict.fromkeys(word for word in column if word)) for column in zip(*rows, strict=True))
    found = [(column, *known) for column, said in enumerate(levels) if (known := names.known(said)) is not None]
    return _Reading(page, first, first + len(rows) - 1, levels, surest(found))


def _table(taken: _Reading, names: Wanted, others: tuple[str, ...]) -> SheetTable:
    columns = {key: taken.columns[key][0] for key in names.titles if key in taken.columns}
    mapped = set(columns.values())
    table = SheetTable(
        sheet=taken.sheet.name,
        heading_row=taken.last + 1,
        columns={key: column + 1 for key, column in columns.items()},
        headings={key: _printed(taken, column) for key, column in columns.items()},
        unknown={column + 1: _printed(taken, column) for column, said in enumerate(taken.levels) if said and column not in mapped},
        absent=tuple(key for key in names.titles if key not in columns),
        others=others,
        page=taken.sheet,
    )
    if (count := table.count()) > MAX_ROWS:
        msg = f"工作表“{table.sheet}”有 {count} 行数据，超过 {MAX_ROWS} 行的上限：请分成几个文件导入。"
        raise SheetProblem(msg)
    return table


def _printed(taken: _Reading, column: int) -> str:
    return " / ".join(" ".join(word.split()) for word in taken.levels[column])


def _missing(taken: _Reading, missing: list[str]) -> str:
    found = [_printed(taken, column) for column, said in enumerate(taken.levels) if said]
    where = f"工作表“{taken.sheet.name}”第 {taken.last + 1} 行的表头"
    return f"{where}缺少{_listed(missing)}：现有的列是{_listed(found)}，请按模板补上缺少的列，或改正列名。"


def _ambiguous(taken: _Reading, title: str, columns: list[int]) -> str:
    both = "和".join(f" {column_letters(column + 1)} 列“{_printed(taken, column)}”" for column in columns)
    return f"工作表“{taken.sheet.name}”第 {taken.last + 1} 行的表头有 {len(columns)} 列都像“{title}”：{both}，请只保留一列或改正列名。"


def _listed(names: Sequence[str]) -> str:
    return "".join(f"“{name}”" for name in names[:_NAMED]) + (f"等 {len(names)} 个" if len(names) > _NAMED else "")


def _is_hint(row: Sequence[Raw]) -> bool:
    """Whether a row only shows how to fill in."""
    first = next((raw for raw in row if not is_blank(raw)), None)
    return isinstance(first, str) and first.strip().lstrip("（(【[").startswith(_HINTS)
