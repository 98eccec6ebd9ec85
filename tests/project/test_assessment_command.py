"""``gongjian assessment``: the ranking as a table, computed where nothing is kept; refusals in one sentence."""

from unicodedata import east_asian_width

import pytest
from click.testing import CliRunner
from stage import at

from gongjian.assessment.actions.drafting import draft
from gongjian.assessment.actions.schemes import seed_scheme
from gongjian.indicators.periods import parse_period
from gongjian.kernel.refusal import Refusal
from gongjian.project.cli import assessment as command

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(town, db, monkeypatch):
    monkeypatch.setattr(command, "start_django", lambda: None)  # it runs already
    seed_scheme(by=None, at=at(3, 3))

    def _said(*arguments):
        done = CliRunner().invoke(command.assessment, ["show", *arguments])
        if done.exception:
            raise done.exception
        return done.output

    return _said


def test_what_is_not_kept_is_computed_and_said_to_be_no_result(said):
    output = said("2020-09")
    assert output.startswith("2020年9月考核没有编制，以下按截至 2020-09-30 的事实实时计算，不作为考核结果。")
    assert "城建局" in output
    assert "样本少，不排名" in output


def test_what_is_kept_is_shown_with_its_state_and_every_item_where_asked(said, town):
    draft(parse_period("2020-09"), by=town.user("tongchou"), at=at(10, 9))
    output = said("2020-09", "--items")
    assert output.startswith("2020年9月考核　编制中　事实截至 2020-09-30")
    assert "月报按时报送" in output


def test_columns_stand_in_line(said):
    lines = said("2020-09").splitlines()
    head = next(line for line in lines if line.startswith("名次"))
    row = next(line for line in lines if "城建局" in line)

    def wide(text):
        return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)

    assert wide(head[: head.index("部门")]) == wide(row[: row.index("城建局")])


@pytest.mark.parametrize("code", ["九月", "2020-13", "2019-01"])
def test_what_is_no_period_or_has_no_scheme_is_refused(said, code):
    with pytest.raises(Refusal):
        said(code)
