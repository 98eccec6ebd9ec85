"""A revised document: what it adds, changes and withdraws, and what adjustments and achievements outlive it."""

from dataclasses import replace
from datetime import date

import pytest
import stage
from stage import at, changed, load, party, plan, without

from gongjian.kernel.deadlines import parse_deadline
from gongjian.people.permissions import Forbidden
from gongjian.people.roles import POSTED, Role
from gongjian.plans.actions.adjusting import Ground, adjust_deadline, adjust_parties, adjust_target
from gongjian.plans.actions.milestones import mark_done
from gongjian.plans.lights import Light
from gongjian.plans.models import Commitment, Edition, Measure, Responsibility, Wording
from gongjian.plans.planfile import model
from gongjian.plans.queries.board import board
from gongjian.plans.queries.detail import detail
from gongjian.plans.queries.reports import lead_departments
from gongjian.plans.queries.stored import stored_document
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
GROUND = Ground("汛期影响施工", "滨政办〔2020〕31号")
NEW_MEASURE = model.Measure(
    key="W1.3",
    plan=stage.WATER,
    section="一、水体",
    task_no=1,
    task="清水河",
    measure_no=3,
    deadline=parse_deadline("年底前"),
    digest="雨污分流管网改造三公里",
    lead=(party("水务局"),),
)


def counts():
    return tuple(table.objects.count() for table in (Edition, Measure, Wording, Commitment, Responsibility, Event))


def revised(town, document, moment=None):
    return load(document, moment=moment or at(7, 1), slug=stage.SLUG)


def stays(town, document, moment=None):
    """Loading the same revision again changes nothing."""
    before = counts()
    revised(town, document, moment or at(8, 1))
    assert counts() == before


def test_an_added_measure_is_in_force_from_its_load_not_from_the_day_of_issue(town):
    document = replace(plan(), measures=(*plan().measures, NEW_MEASURE))
    revised(town, document)
    assert town.wording("W1.3").effective_at == at(7, 1)
    assert "W1.3" not in {row.key for row in board(town.programme, date(2020, 6, 30)).rows}
    assert "W1.3" in {row.key for row in board(town.programme, date(2020, 7, 1)).rows}
    stays(town, document)


def test_a_changed_measure_gets_a_new_version_and_the_old_one_stays_in_the_history(town):
    document = changed(plan(), "A1.2", deadline=parse_deadline("9月底前"), support=(party("交通局"),))
    revised(town, document)
    old, new = Wording.objects.filter(measure=town.measure("A1.2")).order_by("id")
    assert (old.deadline.code(), old.replaced_at, new.deadline.code(), new.effective_at) == ("06-30", at(7, 1), "09-30", at(7, 1))
    event = Event.objects.get(verb="measure.changed")
    assert (event.before, event.after) == ({"完成时限": "6月底前", "协办": "（无）"}, {"完成时限": "9月底前", "协办": "交通局"})
    assert detail(town.measure("A1.2"), date(2020, 6, 30)).due == date(2020, 6, 30)
    assert detail(town.measure("A1.2"), date(2020, 7, 1)).due == date(2020, 9, 30)
    stays(town, document)


def test_a_withdrawn_measure_is_kept_with_its_history_and_leaves_the_map_on_that_day(town):
    town.accepted("W1.2", 4, "shuiwu", at(5, 7))
    document = without(plan(), "W1.2")
    revised(town, document)
    gone = town.measure("W1.2")
    assert gone.withdrawn_at == at(7, 1)
    assert gone.reports.count() == 1
    assert Event.objects.filter(verb="measure.withdrawn", subject_id=str(gone.pk)).exists()
    assert "W1.2" in {row.key for row in board(town.programme, date(2020, 6, 30)).rows}
    assert "W1.2" not in {row.key for row in board(town.programme, date(2020, 7, 1)).rows}
    assert "W1.2" not in {measure.key for measure in stored_document(town.programme).measures}
    stays(town, document)


def test_a_withdrawn_measure_shows_its_last_wording_not_its_first(town):
    revised(town, changed(plan(), "W1.2", deadline=parse_deadline("10月底前")), at(5, 1))
    revised(town, without(plan(), "W1.2"), at(7, 1))
    seen = detail(town.measure("W1.2"), date(2020, 7, 1))
    assert seen.judged is None
    assert seen.light is Light.GREY
    assert seen.wording.deadline.code() == "10-31"


def test_nobody_reports_on_a_withdrawn_measure(town):
    revised(town, without(plan(), "W1.2"))
    with pytest.raises(Forbidden):
        town.written("W1.2", 6, "shuiwu", at(7, 2))


def test_the_key_of_a_withdrawn_measure_is_not_used_again(town):
    """Another measure printed under the number of a withdrawn one gets the next free number, so that reports never change owner."""
    revised(town, without(plan(), "W1.2"))
    other = replace(NEW_MEASURE, key="W1.2", measure_no=2)
    document = replace(plan(), measures=(*without(plan(), "W1.2").measures, other))
    revised(town, document, at(8, 1))
    assert town.measure("W1.2").withdrawn_at
    assert town.wording("W1.3").digest == NEW_MEASURE.digest
    stays(town, document, at(9, 1))


def test_a_measure_that_moves_keeps_its_key_and_is_not_moved_again_by_the_same_document(town):
    first, second, *rest = plan().measures
    document = replace(plan(), measures=(second, first, *rest))
    revised(town, document)
    assert [measure.key for measure in stored_document(town.programme).measures][:2] == ["A1.2", "A1.1"]
    stays(town, document)


def test_a_move_reaches_the_document_below_an_adjusted_wording(town):
    """Otherwise the diff of the same file would find it moved again for ever."""
    adjust_deadline(town.measure("A1.2"), "8月底前", GROUND, by=town.user("tongchou"), at=at(5, 6))
    first, second, *rest = plan().measures
    document = replace(plan(), measures=(second, first, *rest))
    revised(town, document)
    stays(town, document)
    assert [row.key for row in board(town.programme, date(2020, 8, 2)).rows][:2] == ["A1.2", "A1.1"]


def test_a_plan_of_another_title_under_the_same_letter_is_the_same_plan_renamed(town):
    title = "清水行动2020年方案"
    measures = tuple(replace(m, plan=title) if m.plan == stage.WATER else m for m in plan().measures)
    document = replace(plan(), plans=(stage.AIR, title), measures=measures)
    revised(town, document)
    assert list(town.programme.plans.values_list("letter", "title")) == [("A", stage.AIR), ("W", title)]
    stays(town, document)


def test_the_same_file_again_leaves_every_adjustment_as_it_is(town):
    by = town.user("tongchou")
    adjust_deadline(town.measure("A1.2"), "8月底前", GROUND, by=by, at=at(5, 6))
    adjust_parties(town.measure("A1.2"), "lead", ["交通局"], GROUND, by=by, at=at(5, 7))
    adjust_target(town.commitment("A1.1", kind="target").pk, 12000, GROUND, by=by, at=at(5, 8))
    stays(town, plan())
    assert town.wording("A1.2").deadline.code() == "08-31"
    assert town.commitment("A1.1", kind="target").value == 12000
    assert stored_document(town.programme).measures == plan().measures


def test_an_adjusted_deadline_survives_a_revision_that_leaves_the_deadline_alone(town):
    adjust_deadline(town.measure("A1.2"), "8月底前", GROUND, by=town.user("tongchou"), at=at(5, 6))
    document = changed(plan(), "A1.2", support=(party("交通局"),))
    revised(town, document)
    assert (town.wording("A1.2").deadline.code(), town.wording("A1.2").adjusted) == ("08-31", True)
    assert [row.name for row in detail(town.measure("A1.2"), date(2020, 7, 1)).support] == ["交通局"]
    assert next(m for m in stored_document(town.programme).measures if m.key == "A1.2").deadline.code() == "06-30"
    stays(town, document)


def test_an_adjusted_deadline_gives_way_to_a_revision_that_sets_the_deadline(town):
    adjust_deadline(town.measure("A1.2"), "8月底前", GROUND, by=town.user("tongchou"), at=at(5, 6))
    document = changed(plan(), "A1.2", deadline=parse_deadline("10月底前"))
    revised(town, document)
    assert (town.wording("A1.2").deadline.code(), town.wording("A1.2").adjusted) == ("10-31", False)
    stays(town, document)


def test_an_adjusted_lead_survives_a_revision_that_only_prints_the_old_one_differently(town):
    adjust_parties(town.measure("A1.2"), "lead", ["交通局"], GROUND, by=town.user("tongchou"), at=at(5, 6))
    document = changed(plan(), "A1.2", lead=(model.Party("城建局", "住建局"),), deadline=parse_deadline("9月底前"))
    revised(town, document)
    found = town.wording("A1.2")
    assert found.deadline.code() == "09-30"
    assert [row.name for row in found.responsibilities.filter(role="lead")] == ["交通局"]
    stays(town, document)


def test_exact_words_attached_keep_milestones_done_and_adjustments(town):
    by = town.user("tongchou")
    mark_done(town.commitment("A1.2", what="平台上线"), date(2020, 5, 20), "已验收", "验收单", by=by, at=at(5, 21))
    adjust_deadline(town.measure("A1.2"), "8月底前", GROUND, by=by, at=at(5, 22))
    revised(town, plan(printed=True))
    seen = detail(town.measure("A1.2"), date(2020, 7, 2))
    assert seen.commitments[0].verdict.light is Light.BLUE
    assert seen.due == date(2020, 8, 31)
    assert seen.wording.text == stage.WORDS["A1.2"][1]
    assert "第1张表" in seen.source_words
    assert "第1张表" in detail(town.measure("A1.2"), date(2020, 4, 2)).source_words
    stays(town, plan(printed=True))


def test_a_milestone_done_outlives_a_revision_of_its_neighbour(town):
    mark_done(town.commitment("A1.2", what="平台上线"), date(2020, 5, 20), "已验收", "验收单", by=town.user("tongchou"), at=at(5, 21))
    first, second = stage.PROMISES["A1.2"]
    document = changed(plan(), "A1.2", commitments=(replace(second, due="07-31"), first, model.Commitment(stage.M.NARRATIVE)))
    revised(town, document)
    seen = detail(town.measure("A1.2"), date(2020, 7, 2))
    told = [(kept.promised.promise.what, kept.promised.promise.due, kept.verdict.light) for kept in seen.commitments]
    assert told[:2] == [("工地全部接入", "07-31", Light.AMBER), ("平台上线", "05-31", Light.BLUE)]
    assert len(told) == 3
    stays(town, document)


def test_a_milestone_done_stays_done_when_a_revision_only_moves_its_day(town):
    mark_done(town.commitment("A1.2", what="平台上线"), date(2020, 5, 20), "已验收", "验收单", by=town.user("tongchou"), at=at(5, 21))
    first, second = stage.PROMISES["A1.2"]
    revised(town, changed(plan(), "A1.2", commitments=(replace(first, due="06-15"), second)))
    assert detail(town.measure("A1.2"), date(2020, 7, 2)).commitments[0].verdict.light is Light.BLUE
    assert detail(town.measure("A1.2"), date(2020, 5, 22)).commitments[0].promised.promise.due == "05-31"


def test_a_revision_that_sets_a_target_takes_the_adjusted_value_away_and_one_that_does_not_leaves_it(town):
    by = town.user("tongchou")
    adjust_target(town.commitment("A1.1", kind="target").pk, 12000, GROUND, by=by, at=at(5, 8))
    target, narrative = stage.PROMISES["A1.1"]
    document = changed(plan(), "A1.1", commitments=(target, narrative, model.Commitment(stage.M.MILESTONE, what="路检点建成")))
    revised(town, document, at(7, 1))
    assert town.commitment("A1.1", kind="target").value == 12000
    stays(town, document, at(7, 2))
    document = changed(document, "A1.1", commitments=(replace(target, value=15000.0), narrative))
    revised(town, document, at(7, 3))
    assert town.commitment("A1.1", kind="target").value == 15000
    assert Commitment.objects.filter(measure=town.measure("A1.1"), replaced_at=None).count() == 2
    stays(town, document, at(7, 4))


def test_who_leads_follows_the_wording_in_force_at_the_moment(town):
    revised(town, changed(plan(), "A1.2", lead=(party("交通局"),)), at(7, 1, 12))
    measure, names = town.measure("A1.2"), dict(Responsibility.objects.values_list("department_id", "department__name"))
    assert [names[pk] for pk in lead_departments(measure, at(7, 1, 11, 59))] == ["城建局"]
    assert [names[pk] for pk in lead_departments(measure, at(7, 1, 12))] == ["交通局"]


@pytest.mark.parametrize("role", POSTED)
def test_only_the_coordinating_office_loads(town, role):
    person = town.user(next(name for name, (held, _) in stage.PEOPLE.items() if held is role))
    document = without(plan(), "W1.2")
    if role is Role.COORDINATOR:
        load(document, moment=at(4, 1), by=person)
        assert town.measure("W1.2").withdrawn_at == at(4, 1)
        assert Event.objects.filter(verb="programme.loaded", actor_id=person.pk).exists()
        return
    before = counts()
    with pytest.raises(Forbidden, match="可以这样做的是统筹办"):
        load(document, moment=at(4, 1), by=person)
    assert counts() == before
