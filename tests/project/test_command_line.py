"""The command line: what it answers, and how it refuses."""

import json
import shutil
import sqlite3

import pytest
from stage import plan, without

from gongjian.plans.planfile.toml_format import parse_plan_file, write_plan_file


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "方案.toml"
    path.write_text(write_plan_file(plan()), encoding="utf-8")
    return path


@pytest.fixture
def own(home, tmp_path):
    """A copy of the empty home for one test."""
    return shutil.copytree(home, tmp_path / "home")


def rows(home):
    """How many rows stand in each table."""
    with sqlite3.connect(home / "gongjian.sqlite3") as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: connection.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0] for table in tables}  # noqa: S608 - its own names


BAD = {
    "不存在.txt": None,
    "空.txt": b"",
    "空.toml": b"",
    "乱码.docx": b"\x00\x01\x02" * 400,
    "网页.xlsx": b"<html><body>no table</body></html>",
    "没有表.txt": "这里没有表格。".encode(),
    "坏.toml": b"format = [",
}


@pytest.fixture
def bad(tmp_path):
    def _bad(name):
        path = tmp_path / name
        if BAD[name] is not None:
            path.write_bytes(BAD[name])
        return path

    return _bad


@pytest.mark.parametrize("name", BAD)
def test_reading_a_bad_file_says_in_one_sentence_what_is_wrong(run, refused, bad, tmp_path, name):
    sentence = refused(run("plan", "read", bad(name), "--json", home=tmp_path / "none"))
    assert name in sentence
    assert not (tmp_path / "none").exists()


def test_reading_a_folder_is_refused(run, refused, tmp_path):
    (tmp_path / "文件夹").mkdir()
    assert "文件夹" in refused(run("plan", "read", tmp_path / "文件夹", home=tmp_path / "none"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan", "read"),
        ("plan", "read", "x.txt", "--frobnicate"),
        ("plan", "frobnicate"),
        ("frobnicate",),
        ("plan", "read", "a.txt", "b.txt"),
        ("run", "--port", "viele"),
    ],
    ids=" ".join,
)
def test_a_command_written_wrongly_is_refused_with_where_to_look(run, refused, tmp_path, arguments):
    sentence = refused(run(*arguments, home=tmp_path / "none"))
    assert "--help" in sentence


@pytest.mark.parametrize("arguments", [("--help",), ("plan", "--help"), ("plan", "read", "--help"), ("people", "administrator", "--help")])
def test_help_is_help(run, tmp_path, arguments):
    done = run(*arguments, home=tmp_path / "home")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage" in done.stdout


@pytest.mark.parametrize("arguments", [(), ("plan",)])
def test_a_command_without_its_verb_shows_what_there_is(run, tmp_path, arguments):
    done = run(*arguments, home=tmp_path / "none")
    assert "Traceback" not in done.stderr
    assert "load" in done.stdout + done.stderr or "plan" in done.stdout + done.stderr


def test_reading_needs_no_database_and_writes_nothing(run, file, tmp_path):
    done = run("plan", "read", file, "--json", home=tmp_path / "none")
    assert done.returncode == 0
    assert [measure["key"] for measure in json.loads(done.stdout)["measures"]] == ["A1.1", "A1.2", "A2.1", "A2.2", "W1.1", "W1.2"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", ["不存在.txt", "空.txt", "乱码.docx", "坏.toml"])
def test_loading_a_bad_file_writes_nothing(run, refused, bad, home, name):
    before = rows(home)
    assert name in refused(run("plan", "load", bad(name), "--yes", home=home))
    assert rows(home) == before


def test_loading_asks_first_and_a_no_writes_nothing(run, file, own):
    before = rows(own)
    done = run("plan", "load", file, home=own, typed="n\n")
    assert (done.returncode, done.stderr.strip().splitlines()[-1]) == (2, "已取消，没有写入任何内容。")
    assert "将新建“滨县污染防治攻坚战2020年行动计划”" in done.stdout
    assert rows(own) == before


def test_load_revise_export_and_verify(run, refused, file, own, tmp_path):
    """The whole life of a plan file on the command line."""
    first = run("plan", "load", file, "--yes", home=own)
    assert first.returncode == 0, first.stderr
    assert "已载入到“滨县污染防治攻坚战2020年行动计划”（代码 2020-7）" in first.stdout
    before = rows(own)
    assert "没有变动" in run("plan", "load", file, "--yes", home=own).stdout
    assert rows(own) == before
    file.write_text(write_plan_file(without(plan(), "W1.2")), encoding="utf-8")
    revised = run("plan", "load", file, "--yes", home=own)
    assert "撤销 W1.2" in revised.stdout
    out = tmp_path / "导出.toml"
    assert run("plan", "export", "2020-7", "-o", out, home=own).returncode == 0
    assert [m.key for m in parse_plan_file(out.read_text(encoding="utf-8")).measures] == ["A1.1", "A1.2", "A2.1", "A2.2", "W1.1"]
    file.write_text(write_plan_file(plan()), encoding="utf-8")
    assert "不存在的人" in refused(run("plan", "load", file, "--as", "不存在的人", "--yes", home=own))
    assert "x-9" in refused(run("plan", "export", "x-9", home=own))
    refused(run("plan", "export", "2020-7", "-o", tmp_path / "没有这个文件夹" / "x.toml", home=own))
    assert run("trail", "seal", home=own).returncode == 0
    verified = run("trail", "verify", home=own)
    assert verified.returncode == 0
    assert "核验通过" in verified.stdout
    assert "尚未封存 0 条" in verified.stdout
    with sqlite3.connect(own / "gongjian.sqlite3") as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("UPDATE trail_event SET actor_label = '别人' WHERE id = 3")
    assert "3" in refused(run("trail", "verify", home=own))


def test_the_chain_is_held_against_a_head_kept_elsewhere(run, refused, file, own):
    run("plan", "load", file, "--yes", home=own)
    run("trail", "seal", home=own)
    head = run("trail", "verify", home=own).stdout.partition("链头 ")[2].partition("。")[0]
    assert run("trail", "verify", "--expect-head", head, home=own).returncode == 0
    refused(run("trail", "verify", "--expect-head", "0" * 64, home=own))


def test_a_first_administrator_is_made_once_with_a_good_password(run, refused, own):
    before = rows(own)
    assert "密码" in refused(run("people", "administrator", "guanli", "--password", "12345678", home=own))
    assert rows(own) == before
    done = run("people", "administrator", "guanli", "--password", "Hao-mima-2020", home=own)
    assert (done.returncode, done.stdout) == (0, "已建立系统管理员 guanli。\n")
    assert rows(own)["people_post"] == 1
    before = rows(own)
    refused(run("people", "administrator", "guanli", "--password", "Hao-mima-2020", home=own))
    assert rows(own) == before


@pytest.mark.parametrize(
    "arguments", [("trail", "verify"), ("plan", "export"), ("people", "administrator", "a", "--password", "Hao-mima-2020")]
)
def test_without_tables_one_is_told_how_to_make_them(run, refused, tmp_path, arguments):
    home = tmp_path / "fresh"
    home.mkdir()
    assert "gongjian" in refused(run(*arguments, home=home))


def test_a_database_that_cannot_be_reached_is_said_in_one_sentence(run, refused, tmp_path):
    home = tmp_path / "fresh"
    home.mkdir()
    url = "postgres://nobody@127.0.0.1:1/none"
    assert "数据库" in refused(run("trail", "verify", home=home, GONGJIAN_DATABASE_URL=url))
