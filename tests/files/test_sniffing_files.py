"""What a file is and is called: by its content, whatever its name says."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.documents.workbook import Column, Page, write_book
from gongjian.files.sniffing import DOCX, EVERY, JPEG, MEGABYTE, PDF, PNG, XLSX, file_type, safe_name
from gongjian.kernel.refusal import Refusal


def packed(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


BOOK = write_book([Page("一", [Column("甲")], [["1"]])])


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"%PDF-1.7", PDF), (b"\xff\xd8\xff\xe0", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (BOOK, XLSX), (packed("word/document.xml"), DOCX)],
)
def test_a_type_is_known_by_content(data, kind):
    assert file_type(data, "工资.exe", EVERY) is kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "是空的"),
        (b"<html><script>", "内容不是 JPEG、PNG 照片或 PDF、Word（docx）、Excel（xlsx） 文件（与文件名无关）"),
        (packed("evil.exe"), "是压缩包，但不是 docx 或 xlsx"),
        (packed("word/document.xml", "word/vbaProject.bin"), "含有宏"),
        (b"PK\x03\x04 broken", "损坏，打不开"),
        (b"%PDF-" + bytes(21 * MEGABYTE), "21.0 MB，文件最多 20 MB"),
    ],
    ids=["empty", "html", "zip", "macro", "broken", "large"],
)
def test_what_lies_or_harms_is_refused_with_a_reason(data, words):
    with pytest.raises(Refusal, match=words):
        file_type(data, "报告.docx", EVERY)


def test_office_files_are_taken_only_where_they_are_asked_for():
    with pytest.raises(Refusal, match="不是 JPEG、PNG 照片或 PDF 文件"):
        file_type(BOOK, "表.xlsx")


def test_the_limit_is_the_installation_s(settings):
    settings.GONGJIAN_LARGEST_FILE = 30 * MEGABYTE
    assert file_type(b"%PDF-" + bytes(21 * MEGABYTE), "x") is PDF
    with pytest.raises(Refusal, match="照片最多 15 MB"):
        file_type(b"\xff\xd8\xff" + bytes(16 * MEGABYTE), "x")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("报告.pdf", "报告.pdf"),
        ("报告.PDF", "报告.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\公文\\函.docx", "函.docx.pdf"),
        ("", "文件.pdf"),
        ("....", "文件.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("gpj.\u202efdp.exe", "gpj.fdp.exe.pdf"),
        ("<script>.pdf", "script.pdf"),
    ],
)
def test_a_name_becomes_safe_to_show_and_to_send(name, shown):
    assert safe_name(name, PDF) == shown


@given(st.text(max_size=300))
def test_a_safe_name_is_short_printable_and_leads_nowhere(name):
    found = safe_name(name, PDF)
    assert found.endswith(".pdf")
    assert found.isprintable()
    assert not set(found) & set('/\\<>:"|?*\r\n')
    assert 4 < len(found) <= 84
    assert safe_name(found, PDF) == found
