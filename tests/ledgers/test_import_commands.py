"""Sheets in and out by the command line."""

import pytest
from click.testing import CliRunner
from ledger_sample.declarations import YARDS
from ledger_sample.models import Yard
from made_sheets import book, yard_row
from sampled import yard

from gongjian.documents.sheets import open_book
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.importing.planning import table_in
from gongjian.ledgers.models import Import
from gongjian.project.cli.ledger import ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(settings, tmp_path, town, monkeypatch):
    settings.GONGJIAN_UPLOADS = tmp_path / "uploads"
    monkeypatch.chdir(tmp_path)

    def _run(*arguments, typed=""):
        return CliRunner().invoke(ledger, arguments, input=typed)

    return _run


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "堆场.xlsx"
    path.write_bytes(book(yard_row(), yard_row("Y-2", sort="露顶")))
    return str(path)


def test_a_sheet_is_told_asked_about_and_written(run, file):
    done = run("import", "sample-yards", file, "--department", "交通局", "--good-rows-only", typed="y\n")
    assert "共 2 行：新增 1，变更 0，不变 0，拒绝 1。" in done.output
    assert "拒绝 工作表“堆场”C3 类型：“露顶”不是类型" in done.output
    assert "已写入：新增 1 行，变更 0 行。" in done.output
    assert Yard.objects.get().code == "Y-1"
    again = run("import", "sample-yards", file, "--department", "交通局", "--good-rows-only", "--yes")
    assert str(again.exception) == "有 1 行被拒绝，没有写入任何内容：请改正后再导入。"


def test_all_or_nothing_is_what_is_done_where_nothing_is_said(run, file):
    refused = run("import", "sample-yards", file, "--department", "交通局", "--yes")
    assert isinstance(refused.exception, Refusal)
    assert "有 1 行被拒绝，没有写入任何内容" in str(refused.exception)
    assert not Yard.objects.exists()
    assert Import.objects.get().state == Import.State.DISCARDED


def test_who_says_no_has_written_nothing(run, file):
    assert run("import", "sample-yards", file, "--department", "交通局", "--good-rows-only", typed="n\n").exit_code
    assert not Yard.objects.exists()
    assert Import.objects.get().state == Import.State.DISCARDED


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("no-such", "--department", "交通局"), "没有“no-such”这个台账"),
        (("sample-yards", "--department", "没有局"), "没有叫“没有局”的部门"),
        (("sample-yards", "--department", "交通局", "--as", "nobody"), "没有用户名为“nobody”的账号"),
        (("sample-yards", "--department", "交通局", "--sheet", "三月"), "没有工作表“三月”"),
        (("sample-yards", "--department", "城建局", "--as", "jiaotong"), "不归您所在的部门"),
    ],
)
def test_what_cannot_be_is_one_sentence(run, file, arguments, words):
    slug, *rest = arguments
    assert words in str(run("import", slug, file, *rest).exception)
    assert not Yard.objects.exists()


def test_template_and_export_are_read_as_the_same_table(run, tmp_path):
    yard()
    assert "已写到" in run("template", "sample-yards").output
    assert "已写到" in run("export", "sample-yards", "-o", str(tmp_path / "出.xlsx")).output
    for name in ("sample-yards-template.xlsx", "出.xlsx"):
        assert "code" in table_in(open_book((tmp_path / name).read_bytes(), name), YARDS).columns
    unchanged = run("import", "sample-yards", str(tmp_path / "出.xlsx"), "--department", "交通局")
    assert "新增 0，变更 0，不变 1，拒绝 0" in unchanged.output
    assert "没有要写入的内容" in unchanged.output
