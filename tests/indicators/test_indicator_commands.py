"""``gongjian indicator list`` and ``show``."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from declared import COUNT, RATIO, enter

from gongjian.indicators import registry
from gongjian.kernel.refusal import Refusal
from gongjian.project.cli import gongjian, main

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(_bare_catalogue):
    registry.register(COUNT, RATIO)
    yield
    registry.forget(COUNT.code, RATIO.code)


def run(*words):
    return CliRunner().invoke(gongjian, ["indicator", *words], catch_exceptions=False)


def test_the_list_names_every_indicator():
    assert f"{COUNT.code}　{COUNT.title}（辆次）" in run("list").output
    assert {one["code"] for one in json.loads(run("list", "--json").output)} >= {COUNT.code, RATIO.code}


def test_a_reading_comes_as_json_with_series_and_provenance():
    enter(date(2020, 3, 1), passed=True)
    enter(date(2020, 4, 1), passed=False, entered=date(2020, 9, 1))
    found = json.loads(run("show", RATIO.code, "--period", "2020", "--json").output)
    assert (found["value"], found["unit"], found["valid"], found["reasons"], found["expected"], found["present"]) == (
        50.0,
        "%",
        True,
        [],
        2,
        2,
    )
    assert [month["value"] for month in found["series"]][1:5] == [None, 100.0, 0.0, None]
    assert found["provenance"]["numerator"] == 1
    earlier = json.loads(run("show", RATIO.code, "--period", "2020", "--as-of", "2020-08-31", "--json").output)
    assert (earlier["value"], earlier["provenance"]["as_of"]) == (100.0, "2020-08-31")


def test_a_reading_is_told_in_words():
    enter(date(2020, 3, 1))
    words = run("show", COUNT.code, "--period", "2020-03").output
    assert "2020年3月　1.00 辆次　有效　数据 1 / 1" in words


def test_past_days_are_remembered_on_demand_and_once():
    enter(date(2020, 3, 1))
    assert "已留存 12 份读数" in run("remember", "2020-03-01", "2020-03-02").output  # two indicators, whole and by two splits
    assert "已留存 0 份读数" in run("remember", "2020-03-01", "2020-03-02").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "no.such"], "没有代码为“no.such”的指标"),
        (["show", "sample.checks", "--period", "someday"], "“someday”不是一个统计期"),
        (["show", "sample.checks", "--as-of", "someday"], "“someday”不是一个日期"),
    ],
)
def test_what_is_not_known_is_refused_in_one_sentence_with_status_two(words, said, monkeypatch, capsys):
    with pytest.raises(Refusal, match=said):
        run(*words)
    monkeypatch.setattr("sys.argv", ["gongjian", "indicator", *words])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
