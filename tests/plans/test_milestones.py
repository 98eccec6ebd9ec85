"""Milestones: done with evidence, taken back with a reason, by whoever leads."""

from datetime import date

import pytest
import stage
from stage import at

from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Forbidden
from gongjian.plans.actions.adjusting import Ground, adjust_parties
from gongjian.plans.actions.milestones import mark_done, take_back
from gongjian.plans.lights import Light
from gongjian.plans.models import Achievement
from gongjian.plans.queries.detail import detail
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
DAY = date(2020, 5, 20)
EVERYBODY = [*stage.PEOPLE, "xinren", None]
MAY = {"chengjian", "chengjian-zhang", "tongchou"}


def marked(town, by="chengjian", *, day=DAY, evidence="已验收", document="验收单", moment=None):
    moment = moment or at(5, 21)
    return mark_done(town.commitment("A1.2", what="平台上线"), day, evidence, document, by=town.user(by), at=moment)


@pytest.mark.parametrize("person", EVERYBODY)
def test_who_may_mark_a_milestone_done_and_take_it_back(town, person):
    """The lead department and the coordinating office, nobody else."""
    if person in MAY:
        done = marked(town, person)
        assert done.entered_by == str(town.user(person))
        assert take_back(done, "验收未通过", by=town.user(person), at=at(5, 22)).replaced_at == at(5, 22)
        return
    with pytest.raises(Forbidden):
        marked(town, person)
    done = marked(town)
    with pytest.raises(Forbidden):
        take_back(done, "理由", by=town.user(person), at=at(5, 22))
    assert Achievement.objects.get().replaced_at is None


def test_what_was_done_and_taken_back_is_in_the_log_and_the_light_follows(town):
    take_back(marked(town), " 验收未通过 ", by=town.user("chengjian"), at=at(6, 2))
    verbs = list(Event.objects.filter(verb__startswith="milestone").values_list("verb", "note"))
    assert verbs == [("milestone.done", ""), ("milestone.taken_back", "验收未通过")]
    lights = [detail(town.measure("A1.2"), day).commitments[0].verdict.light for day in (DAY, date(2020, 5, 21), date(2020, 6, 2))]
    assert lights == [Light.AMBER, Light.BLUE, Light.RED]


@pytest.mark.parametrize(("evidence", "document"), [("", "验收单"), ("已验收", ""), ("  ", "验收单"), ("已验收", "　")])
def test_evidence_and_document_are_both_needed(town, evidence, document):
    with pytest.raises(Refusal, match="佐证说明和佐证文件"):
        marked(town, evidence=evidence, document=document)


def test_nothing_is_done_tomorrow(town):
    with pytest.raises(Refusal, match="晚于今天 2020-05-21"):
        marked(town, day=date(2020, 5, 22))
    marked(town, day=date(2020, 5, 22), moment=at(5, 22, 0))


def test_a_milestone_is_done_once_and_again_only_after_it_was_taken_back(town):
    done = marked(town)
    with pytest.raises(Refusal, match="已经标记完成"):
        marked(town)
    take_back(done, "验收未通过", by=town.user("chengjian"), at=at(5, 22))
    with pytest.raises(Refusal, match="已经撤回过"):
        take_back(done, "验收未通过", by=town.user("chengjian"), at=at(5, 22))
    marked(town, moment=at(5, 23))
    assert Achievement.objects.filter(replaced_at=None).count() == 1


@pytest.mark.parametrize("reason", ["", " 　\n"])
def test_taking_back_needs_a_reason(town, reason):
    with pytest.raises(Refusal, match="须写明理由"):
        take_back(marked(town), reason, by=town.user("chengjian"), at=at(5, 22))
    assert Achievement.objects.get().replaced_at is None


def test_a_document_longer_than_its_column_is_refused_in_one_sentence(town):
    with pytest.raises(Refusal, match="字"):
        marked(town, document="长" * 201)
    with pytest.raises(Refusal, match="字"):
        take_back(marked(town), "长" * 201, by=town.user("chengjian"), at=at(5, 22))


def test_other_kinds_of_commitment_are_not_marked_by_hand(town):
    with pytest.raises(Refusal, match="只有“节点”类"):
        mark_done(town.commitment("W1.1", kind="target"), DAY, "达标", "监测报告", by=town.user("shuiwu"), at=at(5, 21))


def test_the_right_goes_with_the_lead(town):
    """城建局 hands the measure over to 交通局: from that moment only the new lead marks and takes back."""
    done = marked(town)
    ground = Ground("职责调整", "编办函〔2020〕2号")
    adjust_parties(town.measure("A1.2"), "lead", ["交通局"], ground, by=town.user("tongchou"), at=at(6, 1))
    with pytest.raises(Forbidden):
        take_back(done, "有误", by=town.user("chengjian"), at=at(6, 2))
    take_back(done, "有误", by=town.user("jiaotong"), at=at(6, 2))
