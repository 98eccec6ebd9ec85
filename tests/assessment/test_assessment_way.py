"""The way of an assessment: drafted, sent, objected to, corrected by two people, published, superseded; and every wrong turn."""

from datetime import date
from decimal import Decimal

import pytest
from assessing import EVERYBODY
from stage import at

from gongjian.assessment.actions import objecting
from gongjian.assessment.actions.drafting import begin_again, draft, take_anew
from gongjian.assessment.actions.stepping import drop, publish, recall, send_out
from gongjian.assessment.models import Assessment, Objection
from gongjian.indicators.periods import parse_period
from gongjian.kernel.flows import NotAllowed
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Forbidden

pytestmark = pytest.mark.django_db
NOT_OFFICE = [name for name in EVERYBODY if name != "tongchou"]


def test_a_draft_freezes_the_facts_of_the_end_of_the_period(office):
    assessment = office.drafted()
    assert (assessment.as_of, assessment.state, assessment.edition) == (date(2020, 9, 30), "draft", 1)
    before = office.score(assessment, "交通局").total
    office.town.accepted("A1.1", 8, "jiaotong", at(10, 10))
    assert office.score(assessment, "交通局").total == before
    again = take_anew(assessment, by=office.user("tongchou"), at=at(10, 11))
    assert office.score(again, "交通局").total == before, "what came in October is not of September"
    assert again.facts_digest == assessment.facts_digest


def test_a_draft_of_a_running_period_goes_on_with_it_and_is_not_sent_before_its_end(office):
    october = parse_period("2020-10")
    assessment = office.drafted(october, at(10, 20))
    assert assessment.as_of == date(2020, 10, 20)
    with pytest.raises(Refusal, match="还没有结束"):
        send_out(assessment, by=office.user("tongchou"), at=at(10, 31))
    with pytest.raises(Refusal, match="请先“重新取数”"):
        send_out(assessment, by=office.user("tongchou"), at=at(11, 2))
    assessment = take_anew(assessment, by=office.user("tongchou"), at=at(11, 2))
    assert send_out(assessment, by=office.user("tongchou"), at=at(11, 2)).state == "objecting"


@pytest.mark.parametrize("code", ["2020-09-30", "ytd:2020-09-30", "r12:2020-09", "3y:2020"])
def test_only_months_quarters_and_years_are_assessed(office, code):
    with pytest.raises(Refusal, match="按月、季、年"):
        office.drafted(parse_period(code))


def test_a_period_that_has_not_begun_or_has_no_scheme_cannot_be_assessed(office):
    with pytest.raises(Refusal, match="还没有开始"):
        office.drafted(parse_period("2020-11"))
    with pytest.raises(Refusal, match="没有适用的考核办法"):
        office.drafted(parse_period("2019-12"))


def test_a_period_is_assessed_once_at_a_time(office):
    first = office.drafted()
    with pytest.raises(Refusal, match="不要另起一份"):
        office.drafted()
    drop(first, "先放一放", by=office.user("tongchou"), at=at(10, 9))
    second = office.drafted()
    assert (second.edition, office.drafted(parse_period("2020Q3")).edition) == (2, 1)
    office.published(send_out(second, by=office.user("tongchou"), at=at(10, 9)))
    with pytest.raises(Refusal, match="“另出新版”"):
        office.drafted()


def test_the_time_to_object_is_counted_in_working_days_and_lasts_through_its_last_day(office):
    sent = office.sent()  # Friday the 9th; Saturday the 10th is worked
    assert sent.objections_until == date(2020, 10, 15)
    office.objected(sent, moment=at(10, 15, 23, 59))
    with pytest.raises(Refusal, match="异议期已于2020-10-15结束"):
        office.objected(sent, item="commitment-milestone", moment=at(10, 16, 0, 1))
    with pytest.raises(Refusal, match="须晚于今天"):
        send_out(office.drafted(parse_period("2020Q3")), by=office.user("tongchou"), at=at(10, 9), until=date(2020, 10, 9))


def test_it_is_published_only_when_the_time_is_over_and_everything_is_answered(office):
    sent = office.sent()
    objection = office.objected(sent)
    with pytest.raises(Refusal, match="异议期到2020-10-15为止"):
        office.published(sent, at(10, 15, 23))
    with pytest.raises(Refusal, match="还有1条异议没有办完"):
        office.published(sent)
    objecting.propose(objection, 100, "属实", by=office.user("tongchou"), at=at(10, 16))
    with pytest.raises(Refusal, match="还有1条异议没有办完"):
        office.published(sent)
    objecting.approve(objection, by=office.user("tongchou-er"), at=at(10, 16))
    published = office.published(sent)
    assert (published.state, published.published_by) == ("published", str(office.user("tongchou")))


def test_a_correction_changes_the_row_the_total_and_the_places_of_all(office):
    sent = office.sent()
    before = {one.department.name: one.total for one in sent.scores.select_related("department")}
    late = next(row for row in office.rows(sent, "城建局", "reports") if row.title.startswith("A1.2"))
    objection = office.corrected(office.objected(sent, row=late.key))
    after = {one.department.name: one.total for one in sent.scores.select_related("department")}
    assert after["城建局"] > before["城建局"]
    assert {name for name in before if before[name] != after[name]} == {"城建局"}
    assert (objection.before, objection.after) == (before["城建局"], after["城建局"])
    assert objection.state == "accepted"
    assert office.rows(sent, "城建局", "reports"), "the facts stay as they were"
    ranked = list(sent.scores.filter(group="委办局", rank__isnull=False))
    assert all(one.rank == 1 + sum(other.total > one.total for other in ranked) for one in ranked)


def test_a_correction_may_leave_a_row_or_a_whole_item_out(office):
    sent = office.sent()
    milestones = office.rows(sent, "城建局", "commitment-milestone")
    office.corrected(office.objected(sent, item="commitment-milestone", row=milestones[0].key), None)
    office.corrected(office.objected(sent, row=""), None)
    items = {item["kind"]: item for item in office.score(sent, "城建局").items}
    assert items["commitment-milestone"]["judged"] == len(milestones) - 1
    assert items["reports"]["share"] is None
    assert sum(Decimal(item["weight"]) for item in items.values()) == 100


def test_who_proposed_or_objected_does_not_approve(office):
    sent = office.sent()
    objection = office.objected(sent, by="tongchou-er")  # the office corrects itself
    objecting.propose(objection, 100, "属实", by=office.user("tongchou"), at=at(10, 13))
    for name in ("tongchou", "tongchou-er"):
        with pytest.raises(Forbidden, match="另一个人复核"):
            objecting.approve(objection, by=office.user(name), at=at(10, 13))
        with pytest.raises(Forbidden, match="另一个人复核"):
            objecting.send_back(objection, "不妥", by=office.user(name), at=at(10, 13))
    assert office.score(sent, "城建局").total == Objection.objects.get().assessment.scores.get(department__name="城建局").total
    assert Objection.objects.get().state == "proposed"


def test_a_correction_sent_back_waits_for_another_answer(office):
    objection = office.objected(office.sent())
    objecting.propose(objection, 100, "属实", by=office.user("tongchou"), at=at(10, 13))
    back = objecting.send_back(objection, "请附签收记录", by=office.user("tongchou-er"), at=at(10, 13))
    assert (back.state, back.share, back.answer) == ("open", None, "")
    done = objecting.reject(back, "没有签收记录", by=office.user("tongchou"), at=at(10, 14))
    assert (done.state, done.answer) == ("rejected", "没有签收记录")
    with pytest.raises(Refusal, match="当前为“不予采纳”"):
        objecting.propose(done, 50, "再想想", by=office.user("tongchou"), at=at(10, 14))


def test_a_row_is_objected_to_once_until_it_was_turned_down_and_the_same_form_counts_once(office):
    sent = office.sent()
    first = office.objected(sent, token="form")
    assert office.objected(sent, token="form") == first
    with pytest.raises(Refusal, match="请勿重复提出"):
        office.objected(sent)
    objecting.reject(first, "不属实", by=office.user("tongchou"), at=at(10, 13))
    assert office.objected(sent) != first


@pytest.mark.parametrize(("item", "row"), [("reports", "no:such"), ("no-such", ""), ("commitment-milestone", "0")])
def test_what_is_not_in_the_assessment_cannot_be_objected_to(office, item, row):
    with pytest.raises(Refusal, match="没有“城建局”的这一事项"):
        office.objected(office.sent(), item=item, row=row)
    assert not Objection.objects.exists()


@pytest.mark.parametrize("share", [-1, 101])
def test_a_share_is_between_nothing_and_all(office, share):
    with pytest.raises(Refusal, match="0 到 100"):
        objecting.propose(office.objected(office.sent()), share, "属实", by=office.user("tongchou"), at=at(10, 13))


@pytest.mark.parametrize("text", ["", "  \n", "长" * 1001])
def test_reasons_are_asked_for_and_have_an_end(office, text):
    sent = office.sent()
    department = office.department("城建局")
    row = office.rows(sent, "城建局", "reports")[0].key
    with pytest.raises(Refusal, match="“异议理由”"):
        objecting.object_to(sent, department, "reports", row, text, by=office.user("chengjian"), at=at(10, 12))
    objection = office.objected(sent)
    with pytest.raises(Refusal, match="“不予采纳的理由”"):
        objecting.reject(objection, text, by=office.user("tongchou"), at=at(10, 12))
    with pytest.raises(Refusal, match="“采纳的理由”"):
        objecting.propose(objection, 100, text, by=office.user("tongchou"), at=at(10, 12))


def test_what_was_sent_comes_back_only_while_nobody_has_objected(office):
    sent = office.sent()
    with pytest.raises(NotAllowed, match="还缺：理由"):
        recall(sent, " ", by=office.user("tongchou"), at=at(10, 9, 11))
    back = recall(sent, "取数有误", by=office.user("tongchou"), at=at(10, 9, 11))
    assert (back.state, back.objections_until) == ("draft", None)
    again = send_out(back, by=office.user("tongchou"), at=at(10, 9, 12))
    office.objected(again)
    with pytest.raises(Refusal, match="已经收到异议"):
        recall(again, "取数有误", by=office.user("tongchou"), at=at(10, 12))


def test_a_published_one_is_never_changed_only_superseded(office):
    sent = office.sent()
    office.corrected(office.objected(sent))
    published = office.published(sent)
    total = office.score(published, "城建局").total
    for act in (take_anew, send_out, publish):
        with pytest.raises(Refusal):
            act(published, by=office.user("tongchou"), at=at(10, 17))
    for act in (recall, drop):
        with pytest.raises(Refusal):
            act(published, "改一改", by=office.user("tongchou"), at=at(10, 17))
    with pytest.raises(Refusal, match="只有征求意见期间"):
        office.objected(published, row="", moment=at(10, 17))
    again = begin_again(published, "漏计一份月报", by=office.user("tongchou"), at=at(10, 17))
    assert (again.edition, again.supersedes_id, again.facts_digest) == (2, published.pk, published.facts_digest)
    assert office.score(again, "城建局").total == total, "accepted corrections come along"
    assert Assessment.objects.get(pk=published.pk).state == "published"
    with pytest.raises(Refusal, match="不要另起一份"):
        begin_again(published, "又漏一份", by=office.user("tongchou"), at=at(10, 17))
    newer = office.published(send_out(again, by=office.user("tongchou"), at=at(10, 19)), at(10, 28))
    assert (newer.state, Assessment.objects.get(pk=published.pk).state) == ("published", "superseded")
    assert office.score(published, "城建局").total == total


def test_two_who_decide_over_the_same_page_are_told_apart(office):
    sent = office.sent()
    seen = sent.version
    office.objected(sent)
    objecting.reject(Objection.objects.get(), "不属实", by=office.user("tongchou"), at=at(10, 13))
    with pytest.raises(Refusal, match="请刷新页面"):
        publish(sent, by=office.user("tongchou"), at=at(10, 16), version=seen)
    with pytest.raises(NotAllowed, match="当前状态为“征求意见”，不能“发送征求意见”"):
        send_out(sent, by=office.user("tongchou"), at=at(10, 16))


@pytest.mark.parametrize("name", NOT_OFFICE)
def test_only_the_office_drafts_sends_answers_and_publishes(office, name):
    sent = office.sent()
    objection = office.objected(sent)
    who = office.user(name)
    acts = [
        lambda: draft(parse_period("2020-08"), by=who, at=at(10, 16)),
        lambda: recall(sent, "理由", by=who, at=at(10, 16)),
        lambda: publish(sent, by=who, at=at(10, 16)),
        lambda: objecting.reject(objection, "理由", by=who, at=at(10, 16)),
        lambda: objecting.propose(objection, 100, "理由", by=who, at=at(10, 16)),
        lambda: begin_again(sent, "理由", by=who, at=at(10, 16)),
        lambda: take_anew(sent, by=who, at=at(10, 16)),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    objecting.propose(objection, 100, "理由", by=office.user("tongchou"), at=at(10, 16))
    with pytest.raises(Forbidden):
        objecting.approve(objection, by=who, at=at(10, 16))
    assert Assessment.objects.get().state == "objecting"


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_department_objects_for_itself_the_office_for_all(office, name):
    sent = office.sent()
    if name in {"chengjian", "chengjian-zhang", "tongchou"}:
        assert office.objected(sent, by=name).state == "open"
    else:
        with pytest.raises(Forbidden):
            office.objected(sent, by=name)
