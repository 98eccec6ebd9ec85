"""``gongjian air import``: what it says, and with what status it leaves."""

import sys

import pytest
from made_feeds import ALL, PAGE, YEARLY

from gongjian.project import cli
from gongjian.telemetry.models import Observation

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    def run(**files):
        paths = []
        for name, text in files.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
        monkeypatch.setattr(sys, "argv", ["gongjian", "air", "import", *paths])
        status = 0
        try:
            cli.main()
        except SystemExit as leaving:
            status = leaving.code or 0
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_it_tells_what_became_of_each_file_and_each_refused_line(run):
    status, out, err = run(yizhuang_2018=YEARLY + "2018-01-01T03:00+08:00,-5,,,,,,\n", beijing_all_20180101=ALL)
    assert (status, err) == (0, "")
    assert "yizhuang_2018.csv：单站逐时数据 4 行，新增 11 个、更正 0 个、原已有 0 个小时值，未采用 1 行。" in out
    assert "yizhuang_2018.csv 第5行未采用：“PM2.5”栏的“-5”不是0到10000之间的数值" in out
    assert "beijing_all_20180101.csv：全市逐时数据 5 行，新增 0 个、更正 0 个、原已有 3 个小时值。" in out


def test_a_bad_file_is_one_sentence_and_status_2_and_the_good_ones_are_in(run):
    status, _, err = run(yizhuang_2018=YEARLY, beijing_all_20170519=PAGE)
    assert status == 2
    assert err.strip() == "文件“beijing_all_20170519.csv”是一个网页，不是数据：多半是下载时出错，请重新下载后再导入；其余 1 个文件已导入。"
    assert Observation.objects.count() == 11


def test_nothing_but_bad_files_leaves_nothing(run):
    status, out, err = run(page=PAGE, cars="车牌\n京A\n")
    assert status == 2
    assert "已更新" not in out
    assert err.count("。") == 1
    assert Observation.objects.count() == 0
