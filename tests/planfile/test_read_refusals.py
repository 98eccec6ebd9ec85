"""What is no plan is refused with one clear Chinese sentence; nothing else is ever raised."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from reading_cases import COUNTY, DIRECTORY, HEADING, SHARED

from gongjian.plans.planfile.directory import load_directory
from gongjian.plans.planfile.model import PlanFileError
from gongjian.plans.planfile.read import read_plan, read_plan_bytes

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
OTHERS = SHARED.parent / "data" / "plans"


def refusal(path):
    with pytest.raises(PlanFileError) as caught:
        read_plan(path, DIRECTORY)
    sentence = str(caught.value)
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
    assert "\n" not in sentence
    return sentence


@pytest.fixture
def put(tmp_path):
    def write(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


def docx_bytes(*paragraphs):
    import docx

    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_missing_file_is_named(tmp_path):
    assert "找不到" in refusal(tmp_path / "没有.txt")


def test_a_folder_is_no_plan(tmp_path):
    assert "不是文件" in refusal(tmp_path)


def test_a_name_no_file_can_have_is_refused():
    assert "不到" in refusal(Path("a\0b"))


@pytest.mark.parametrize("data", [b"", b"\n\t \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(put, data):
    assert "空的" in refusal(put("plan.txt", data))


def test_binary_rubbish_is_told(put):
    assert "不是文本" in refusal(put("plan.txt", bytes(range(256)) * 20))


def test_a_file_of_two_hundred_megabytes_is_refused_before_it_is_read(put, monkeypatch):
    path = put("plan.txt", b"")
    with path.open("r+b") as file:
        file.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    assert "200 MB" in refusal(path)


def test_a_word_file_without_a_table_is_told(put):
    assert "没有表格" in refusal(put("plan.docx", docx_bytes("关于印发行动计划的通知")))


def test_an_empty_word_file_is_told(put):
    assert "没有文字" in refusal(put("plan.docx", docx_bytes()))


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.docx"])
def test_a_password_is_told(put, name):
    assert "密码" in refusal(put(name, OLE + "EncryptedPackage".encode("utf-16-le")))


def test_a_workbook_that_office_itself_would_ask_a_password_for_is_told(put):
    from msoffcrypto.format.ooxml import OOXMLFile

    plain, locked = BytesIO(docx_bytes("甲")), BytesIO()
    OOXMLFile(plain).encrypt("secret", locked)
    assert "密码" in refusal(put("plan.xlsx", locked.getvalue()))


def test_a_protected_pdf_is_told(put, tmp_path):
    from reportlab.pdfgen import canvas

    sheet = canvas.Canvas(str(tmp_path / "locked.pdf"), encrypt="secret")
    sheet.drawString(90, 700, "plan")
    sheet.save()
    assert "密码" in refusal(tmp_path / "locked.pdf")


def test_a_pdf_without_text_is_told(tmp_path):
    from reportlab.pdfgen import canvas

    sheet = canvas.Canvas(str(tmp_path / "scan.pdf"))
    sheet.rect(90, 90, 200, 200)
    sheet.save()
    assert "文字识别" in refusal(tmp_path / "scan.pdf")


@pytest.mark.parametrize(("stream", "word"), [("WordDocument", ".docx"), ("Workbook", ".xlsx"), ("Other", "docx")])
def test_office_files_of_before_2007_are_told_how_to_be_saved(put, stream, word):
    assert word in refusal(put("plan.doc", OLE + stream.encode("utf-16-le")))


def test_a_web_page_named_as_a_workbook_is_told(put):
    assert "网页" in refusal(put("plan.xlsx", "<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>"))


def test_a_text_named_as_a_workbook_is_told(put):
    assert "纯文本" in refusal(put("plan.xlsx", COUNTY))


def test_a_table_without_a_deadline_column_is_told_with_its_heading(put):
    sentence = refusal(put("plan.txt", "某计划表\n序号\t重点任务\t工作措施\t牵头部门\t协办部门\n1\t甲\t乙\t丙局\t\n"))
    assert "完成时限" in sentence
    assert "序号、重点任务、工作措施、牵头部门、协办部门" in sentence


def test_a_table_without_a_column_of_departments_is_told(put):
    assert "牵头部门" in refusal(put("plan.txt", "某计划表\n序号\t重点任务\t工作措施\t完成时限\n1\t甲\t乙\t年底前\n"))


def test_a_table_that_is_no_plan_is_told_by_its_first_row(put):
    assert "姓名、电话" in refusal(put("plan.txt", "姓名\t电话\n甲\t1\n"))


def test_a_plan_of_nothing_but_a_heading_is_told(put):
    assert "只有表头" in refusal(put("plan.txt", HEADING + "\n"))


def test_an_archive_that_unpacks_without_end_is_refused(put):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(150 * 1024 * 1024))
    assert len(stream.getvalue()) < 1024 * 1024
    assert "过大" in refusal(put("plan.docx", stream.getvalue()))


def test_a_cell_at_the_far_corner_of_a_sheet_does_not_fill_the_memory(tmp_path):
    import xlsxwriter

    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write(0, 0, "甲")
        page.write(1_048_575, 16_383, "乙")
    assert "过大" in refusal(path)


def test_another_archive_is_told(put):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("plan.txt", COUNTY)
    assert "压缩包" in refusal(put("plan.zip", stream.getvalue()))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_cut_off_office_file_is_told(put, kind):
    assert "损坏" in refusal(put(f"plan.{kind}", docx_bytes("甲")[:2000]))


@pytest.mark.parametrize(
    "form", ["name", "[[department]]\nkind = 'bureau'", "[[department]]\nname = '甲'\nkind = 'planet'", "department = 3"]
)
def test_a_directory_of_another_form_is_told(put, form):
    with pytest.raises(PlanFileError, match="部门名录"):
        load_directory(put("directory.toml", form))


def test_the_built_in_directory_knows_aliases_and_groups():
    directory = load_directory()
    aliases = {alias: entry.name for entry in directory.departments for alias in entry.aliases}
    assert aliases["规自分局"] == "规划和自然资源分局"
    assert "各相关部门" in directory.groups
    assert {entry.kind for entry in directory.departments} >= {"bureau", "street", "town", "centre", "police", "fire", "office"}


def test_an_upload_is_told_by_the_name_it_came_with():
    with pytest.raises(PlanFileError, match="上传"):
        read_plan_bytes(b"", "上传.txt", DIRECTORY)


@pytest.mark.shared
@pytest.mark.skipif(not OTHERS.exists(), reason="the shared folder with other documents is not beside the checkout")
def test_other_real_documents_are_refused_for_what_they_lack():
    for path in sorted(OTHERS.iterdir()):
        assert ("没有“完成时限”" if path.suffix == ".html" else "没有表格") in refusal(path)
