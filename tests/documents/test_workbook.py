"""What is written is read back equal, templates say how they are filled in, and nothing written runs as a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.documents.cells import read_boolean, read_date, read_decimal, read_moment, read_text
from gongjian.documents.sheet_tables import find_table
from gongjian.documents.sheets import open_book
from gongjian.documents.workbook import Column, Page, write_book, write_csv

COLUMNS = [
    Column("车牌号", required=True, help="按行驶证填写", example="冀A12345"),
    Column("燃料种类", choices=("柴油", "汽油")),
    Column("功率（kW）", kind="number"),
    Column("注册日期", kind="date"),
    Column("上次检测", kind="moment"),
    Column("在用"),
]
WANTED = {key: [column.title] for key, column in zip("abcdef", COLUMNS, strict=True)}
words = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" =+-@'\"#,;\t_x00D"), min_size=1, max_size=40).map(
    lambda text: re.sub("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]", "", " ".join(text.split()))
)
values = st.tuples(
    words.filter(lambda text: text and not text.lstrip("（(【[").startswith(("填写说明", "填表说明", "示例", "样例", "例"))),
    words,
    st.decimals(-999_999, 999_999, places=3, allow_nan=False),
    st.dates(date(1950, 1, 1), date(2100, 12, 31)),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 12, 31)).map(lambda at: at.replace(microsecond=0)),  # noqa: DTZ001 - a sheet has no zones
    st.booleans(),
)


def back(raw: dict) -> tuple:
    return (
        read_text(raw["a"]),
        read_text(raw["b"]),
        read_decimal(raw["c"], places=3),
        read_date(raw["d"]),
        read_moment(raw["e"]),
        read_boolean(raw["f"]),
    )


@settings(deadline=None, max_examples=60)
@given(st.lists(values, min_size=1, max_size=5))
def test_what_a_workbook_is_given_is_read_back_equal(rows):
    found = find_table(open_book(write_book([Page("车辆", COLUMNS, rows)]), "a.xlsx"), WANTED, WANTED)
    assert [back(row) for _, row in found.rows()] == rows


@settings(deadline=None, max_examples=60)
@given(st.lists(values, min_size=1, max_size=5))
def test_what_a_csv_is_given_is_read_back_equal(rows):
    shown = [[*row[:5], "是" if row[5] else "否"] for row in rows]
    data = "".join(write_csv([column.heading for column in COLUMNS], shown)).encode()
    found = find_table(open_book(data, "a.csv"), WANTED, WANTED)
    assert [back(row) for _, row in found.rows()] == rows


@given(st.text(max_size=20).filter(lambda text: "\0" not in text))
def test_no_cell_of_a_csv_begins_as_a_formula(text):
    (_, row) = csv.reader(io.StringIO("".join(write_csv(["列"], [[text]])).removeprefix("\ufeff"), newline=""))
    assert not row or not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", ["=1+1", "+8", "-2", "@x", '=HYPERLINK("http://x")', "http://x.cn", "mailto:a@b", "0012", "1e5"])
def test_text_of_a_workbook_is_never_a_formula_a_link_or_a_number(text):
    data = write_book([Page("甲", [Column("列")], [[text]])])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    (page,) = open_book(data, "a.xlsx").pages
    assert list(page.rows())[1] == [text]


def test_what_a_number_cell_would_lose_is_written_as_text():
    (page,) = open_book(
        write_book([Page("甲", [Column("列")], [[130102199001011234], [Decimal("0.1234567890123456789")], [float("inf")]])]), "a.xlsx"
    ).pages
    assert [row[0] for row in list(page.rows())[1:]] == ["130102199001011234", "0.1234567890123456789", "inf"]


def test_text_longer_than_a_cell_is_cut_and_says_so():
    (page,) = open_book(write_book([Page("甲", [Column("列")], [["字" * 40_000]])]), "a.xlsx").pages
    text = list(page.rows())[1][0]
    assert len(text) == 32_767
    assert text.endswith("以下未导出）")


def test_a_moment_with_a_zone_is_an_error_of_the_program():
    with pytest.raises(ValueError, match="zones"):
        write_book([Page("甲", [Column("列")], [[datetime(2020, 1, 1, tzinfo=UTC)]])])


def test_blanks_and_times_are_written_as_such():
    (page,) = open_book(write_book([Page("甲", [Column("a"), Column("b"), Column("c")], [[None, "", time(3, 5)]])]), "a.xlsx").pages
    assert list(page.rows())[1] == ["", "", "03:05:00"]
    assert list(write_csv(["a", "b"], [[None, "x"]]))[1] == ",x\r\n"


def template() -> bytes:
    many = tuple(f"很长的一种名称之{number}" for number in range(60))
    return write_book([Page("车辆", [*COLUMNS, Column("车型", choices=many)], fillable=True)], notes=["同一车牌号只填一行。"])


def test_a_template_offers_its_choices_explains_itself_and_is_found_again():
    data = template()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        hidden = archive.read("xl/workbook.xml").decode()
    assert '"柴油,汽油"' in sheet.replace("&quot;", '"')
    assert "'选项'!$A$1:$A$60" in sheet
    assert 'sqref="B2:B60001"' in sheet
    assert 'prompt="按行驶证填写"' in sheet
    assert "<pane " in sheet
    assert 'name="选项" sheetId="3" state="hidden"' in hidden
    book = open_book(data, "模板.xlsx")
    assert book.sheets == ("车辆", "填写说明")
    found = find_table(book, WANTED, WANTED)
    assert (found.sheet, found.heading_row, found.count(), found.others) == ("车辆", 1, 0, ())
    told = [row for row in book.pages[1].rows() if row[0] == "车牌号"]
    assert told == [["车牌号", "必填", "文字", "按行驶证填写", "冀A12345"]]
    assert ["同一车牌号只填一行。", "", "", "", ""] in list(book.pages[1].rows())


def test_typed_columns_keep_what_is_typed_into_them():
    """A column of text is formatted as text, so that a spreadsheet does not make a date of 3-5 nor drop a zero in front."""
    with zipfile.ZipFile(io.BytesIO(template())) as archive:
        styles = archive.read("xl/styles.xml").decode()
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    style = int(re.search(r'<col min="1" max="\d+" width="[\d.]+" style="(\d+)"', sheet)[1])
    cells = re.findall(r"<xf [^>]*>", styles.partition("<cellXfs")[2])
    format_id = re.search(r'numFmtId="(\d+)"', cells[style])[1]
    assert f'<numFmt numFmtId="{format_id}" formatCode="@"/>' in styles


def test_an_exports_days_and_moments_are_dates_of_the_spreadsheet():
    day = date(2020, 1, 5)
    noon = datetime.combine(day, time(12, 20))
    (page,) = open_book(write_book([Page("甲", COLUMNS, [["a", None, 1, day, noon]])]), "a.xlsx").pages
    assert list(page.rows())[1][3:5] == [day, noon]
