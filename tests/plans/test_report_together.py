"""Two people at the same moment, at contributions and at a month being frozen: one is first, the other is told."""

import pytest
import stage
from report_desk import APRIL, contributed, department, standing
from stage import at
from test_together import both

from gongjian.notices.models import Dispatch
from gongjian.plans.actions import contributing, reporting
from gongjian.plans.actions.freezing import freeze, unfreeze
from gongjian.plans.actions.reminding import nudge, remind_due
from gongjian.plans.models import Contribution, ContributionStep, MonthFreeze, Report

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(transactional_db):
    return stage.build()


def test_two_who_begin_one_contribution_make_one(county):
    def begin(words):
        return lambda: contributed(county, hand_in=False, text=words)

    assert both(begin("甲"), begin("乙")) == ["Contribution", "Refusal"]
    assert Contribution.objects.count() == 1


def test_a_double_click_hands_in_once(county):
    contributed(county, hand_in=False)
    seen = standing().version

    def click():
        return contributed(county, version=seen)

    assert both(click, click) == ["Contribution", "Refusal"]
    assert ContributionStep.objects.count() == 1


def test_taken_back_and_returned_at_once_only_one_happens(county):
    contribution = contributed(county)
    acts = (
        lambda: contributing.recall(contribution, by=county.user("gongan"), at=at(5, 7)),
        lambda: contributing.send_back(contribution, "缺次数", by=county.user("jiaotong"), at=at(5, 7)),
    )
    assert both(*acts) == ["Contribution", "NotAllowed"]


@pytest.mark.parametrize("turn", range(3))
def test_a_report_handed_in_while_the_month_is_frozen_is_in_or_out_and_never_both(county, turn):
    draft = county.written("A1.2", 4, "chengjian", at(5, 7))
    both(
        lambda: reporting.submit(draft, by=county.user("chengjian"), at=at(5, 11)),
        lambda: freeze(county.programme, APRIL, by=county.user("tongchou"), at=at(5, 11)),
    )
    handed_in = Report.objects.get().state == "submitted"
    assert MonthFreeze.objects.exists() is not handed_in  # handed in first: it waits for review, the month is not frozen
    if not handed_in:
        assert "A1.2" in {one["key"] for one in MonthFreeze.objects.get().missing}


def test_two_who_freeze_or_lift_one_month_do_it_once(county):
    office, leader = county.user("tongchou"), county.user("lingdao")

    def close():
        return freeze(county.programme, APRIL, by=office, at=at(5, 11))

    assert both(close, close) == ["MonthFreeze", "Refusal"]

    def lift():
        return unfreeze(county.programme, APRIL, "补报", by=leader, at=at(5, 12))

    assert both(lift, lift) == ["MonthFreeze", "Refusal"]


def test_two_timetables_and_two_clicks_remind_once(county):
    both(lambda: remind_due(at=at(5, 8)), lambda: remind_due(at=at(5, 8)))
    keys = list(Dispatch.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys))

    def click():
        return nudge(county.programme, APRIL, [department("城建局")], by=county.user("tongchou"), at=at(5, 11))

    assert both(click, click) == ["Refusal", "int"]
