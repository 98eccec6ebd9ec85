"""Cells given row by row find their places on a grid, whatever they span."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.documents import Cell, DocumentError, Spot
from gongjian.documents.grid import MAX_CELLS, lay_out

cells = st.builds(Cell, paragraphs=st.just(("x",)), rowspan=st.integers(-1, 5), colspan=st.integers(-1, 5))


def test_a_cell_that_spans_down_pushes_the_next_row_aside():
    table = lay_out([[Cell(("a",), rowspan=2), Cell(("b",))], [Cell(("c",))]], Spot())
    assert [[cell.paragraphs for cell in row] for row in table.rows] == [[("a",), ("b",)], [("a",), ("c",)]]
    assert table.rows[1][0].row == 0


@given(st.lists(st.lists(cells, max_size=5), max_size=6))
def test_every_row_is_as_wide_and_every_cell_stands_in_each_place_it_covers(rows):
    table = lay_out(rows, Spot())
    assert len(table.rows) == len(rows)
    assert len({len(row) for row in table.rows}) <= 1
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            assert cell.row <= at < cell.row + cell.rowspan
            assert cell.column <= column < cell.column + cell.colspan
    printed = {(cell.row, cell.column) for row in table.rows for cell in row if cell.paragraphs}
    assert len(printed) == sum(map(len, rows))


def test_a_grid_beyond_all_plans_is_refused():
    with pytest.raises(DocumentError, match="过大"):
        lay_out([[Cell(colspan=200)]] + [[Cell()]] * (MAX_CELLS // 200), Spot())
