"""Doing a task: answers, evidence, problems; by whom, in which state, once."""

from datetime import date

import pytest
from inspection_desk import BAD, GOOD, picture
from stage import at

from gongjian.cases.models import Case
from gongjian.inspections.actions.doing import fill, finish, start
from gongjian.inspections.actions.evidencing import attach, strike
from gongjian.inspections.actions.reviewing import cancel, confirm, give, send_back
from gongjian.inspections.models import Filling, Task, TaskCase, TaskEvidence, TaskOutcome, TaskStep
from gongjian.inspections.queries.tasks import open_for, task
from gongjian.kernel.flows import NotAllowed
from gongjian.kernel.refusal import Refusal
from gongjian.notices.models import Dispatch
from gongjian.people.permissions import Forbidden
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db


def again(task_):
    return Task.objects.get(pk=task_.pk)


def test_the_same_sending_again_answers_with_the_first_result_and_writes_nothing(desk):
    found, user = desk.task(), desk.user("jiaotong")
    first = fill(found, {"seals": "yes"}, by=user, at=at(4, 2), place=(116.501, 39.8), key="phone-1")
    before = (Event.objects.count(), TaskStep.objects.count())
    second = fill(found, {"seals": "no"}, by=user, at=at(4, 3), key="phone-1")
    assert second == first
    assert second.answers == {"seals": "yes"}
    assert (Event.objects.count(), TaskStep.objects.count()) == before
    assert first.metres == pytest.approx(86, abs=2)


def test_a_sending_of_somebody_elses_key_is_not_taken_for_theirs(desk):
    found = desk.task()
    fill(found, {"seals": "yes"}, by=None, at=at(4, 2), key="phone-1")
    with pytest.raises(Refusal, match="标识已被别人用过"):
        fill(found, {"seals": "no"}, by=desk.user("jiaotong"), at=at(4, 3), key="phone-1")


def test_later_answers_are_laid_over_earlier_ones_and_none_takes_one_back(desk):
    found, user = desk.task(), desk.user("jiaotong")
    fill(found, {"seals": "yes", "rate": "1.1", "words": " 好 "}, by=user, at=at(4, 2), key="a")
    last = fill(found, {"hood": "na", "words": None}, by=user, at=at(4, 2), key="b")
    assert last.answers == {"seals": "yes", "rate": 1.1, "hood": "na"}
    assert again(found).state == "started"
    assert Filling.objects.count() == 2
    assert again(found).asked["items"][0]["text"] == "密封完好"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"nothing": "yes"}, "没有“nothing”这一项"),
        ({"seals": "maybe"}, "可填：是、否、不适用"),
        ({"rate": "many"}, "请填写数字"),
        ({"rate": 7}, "只能不小于 0 、不大于 5 L/L"),
        ({"rate": float("nan")}, "请填写数字"),
        ({"weather": "fog"}, "可填：晴、雨"),
        ({"words": "长" * 1001}, "最多 1000 个字"),
        ({"gate": "yes"}, "照片请随佐证上传"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_nothing_is_written(desk, answers, words):
    found = desk.task()
    with pytest.raises(Refusal, match=words):
        fill(found, answers, by=desk.user("jiaotong"), at=at(4, 2), key="a")
    assert again(found).state == "open"
    assert not Filling.objects.exists()


@pytest.mark.parametrize("place", [(200.0, 39.8), (116.5, 95.0)])
def test_a_place_that_is_not_on_earth_is_refused(desk, place):
    with pytest.raises(Refusal, match="不在地球上"):
        fill(desk.task(), GOOD, by=None, at=at(4, 2), place=place, key="a")


@pytest.mark.parametrize("key", ["", "x" * 65, "a\x00b"])
def test_a_key_that_could_name_nothing_is_refused(desk, key):
    with pytest.raises(Refusal, match="提交标识"):
        fill(desk.task(), GOOD, by=None, at=at(4, 2), key=key)


def test_reporting_says_everything_that_is_missing(desk):
    found = desk.task(documents=1)
    fill(found, {"seals": "yes"}, by=None, at=at(4, 2), key="a")
    with pytest.raises(Refusal, match="“集气罩完好”、“气液比”、“门头照片”、文件1 份") as refusal:
        finish(found, by=None, at=at(4, 2))
    assert "“天气”" not in str(refusal.value)


def test_a_task_done_well_is_reported_confirmed_by_another_and_counts(desk):
    found = desk.done(desk.task())
    assert (found.state, found.done_on) == ("done", date(2020, 4, 10))
    assert not TaskCase.objects.exists()
    with pytest.raises(Forbidden):
        confirm(found, by=desk.user("jiaotong"), at=at(4, 11))
    confirm(found, by=desk.user("tongchou"), at=at(4, 11))
    assert again(found).state == "confirmed"
    assert [(row.done, row.in_time) for row in TaskOutcome.objects.order_by("id")] == [(False, None), (True, True)]


def test_the_head_who_reported_it_does_not_confirm_it(desk):
    found = desk.task(department=desk.department("城建局"))
    desk.done(found, by="chengjian-zhang")
    with pytest.raises(Forbidden, match="您自己上报"):
        confirm(again(found), by=desk.user("chengjian-zhang"), at=at(4, 11))
    with pytest.raises(Forbidden, match="您自己上报"):
        send_back(again(found), "重做", by=desk.user("chengjian-zhang"), at=at(4, 11))


def test_reporting_twice_with_the_same_key_is_once_and_without_is_refused(desk):
    found, user = desk.task(), desk.user("jiaotong")
    fill(found, BAD, by=user, at=at(4, 2), key="a")
    attach(found, [picture()], item="gate", by=user, at=at(4, 2))
    finish(found, by=user, at=at(4, 2), key="f")
    finish(found, by=user, at=at(4, 2), key="f")
    assert Case.objects.count() == 1
    with pytest.raises(NotAllowed):
        finish(again(found), by=user, at=at(4, 3))


def test_findings_of_one_kind_become_one_problem_linked_both_ways_with_its_photo(desk):
    found = desk.done(desk.task(), answers=BAD)
    case = Case.objects.get()
    assert (case.title, case.kind, case.entry_id, case.origin) == ("密封破损等2项", "seen-on-the-spot", found.entry_id, desk.department())
    assert "密封完好：否；集气罩完好：否" in case.description
    assert found.number in case.description
    assert "气液比" not in case.description  # a finding that makes no problem stands in the record alone
    assert case.evidence.count() == 1
    link = TaskCase.objects.get()
    assert (link.case, link.items, link.again) == (case, ["seals", "hood"], False)


def test_what_is_still_unsolved_is_not_a_second_problem(desk):
    found = desk.done(desk.task(), answers=BAD)
    send_back(found, "照片不清", by=desk.user("tongchou"), at=at(4, 11))
    desk.done(again(found), answers=BAD, moment=at(4, 12))
    assert Case.objects.count() == 1
    assert [row.again for row in TaskCase.objects.order_by("id")] == [False, True]


def test_sent_back_answers_and_evidence_count_afresh_and_it_is_not_done(desk):
    found = desk.done(desk.task())
    send_back(found, "照片不清", by=desk.user("tongchou"), at=at(4, 11))
    now = task(found.pk, desk.user("jiaotong"))
    assert (now.task.state, now.task.done_on, now.answers, now.standing_evidence) == ("returned", None, {}, [])
    assert TaskOutcome.objects.get(replaced_at=None).done is False
    assert Dispatch.objects.filter(key__startswith="task.send_back:", body="照片不清").exists()
    with pytest.raises(NotAllowed, match="理由"):
        send_back(desk.done(again(found), moment=at(4, 12)), " ", by=desk.user("tongchou"), at=at(4, 12))


def test_done_late_is_done_and_stays_late(desk):
    desk.done(desk.task(), moment=at(5, 3))
    row = TaskOutcome.objects.get(replaced_at=None)
    assert (row.done, row.in_time) == (True, False)


def test_a_cancelled_task_counts_no_more(desk):
    found = desk.task()
    with pytest.raises(NotAllowed):
        cancel(found, "", by=None, at=at(4, 2))
    cancel(found, "企业搬走", by=desk.user("tongchou"), at=at(4, 2))
    assert (again(found).state, TaskOutcome.objects.get(replaced_at=None).counted) == ("cancelled", False)
    with pytest.raises(Refusal, match="已取消"):
        fill(found, GOOD, by=None, at=at(4, 3), key="z")


WHO_DOES = {"jiaotong": True, "chengjian": False, "chengjian-zhang": False, "jiancha": False, "tongchou": False, "lingdao": False}


@pytest.mark.parametrize(("name", "may"), WHO_DOES.items())
def test_a_task_of_a_department_is_done_by_its_people(desk, name, may):
    found, user = desk.task(), desk.user(name)
    assert bool(open_for(user, date(2020, 4, 2))) is may
    for act in (
        lambda: start(found, by=user, at=at(4, 2)),
        lambda: fill(found, GOOD, by=user, at=at(4, 2), key="a"),
        lambda: attach(found, [picture()], by=user, at=at(4, 2)),
    ):
        if may:
            act()
        else:
            with pytest.raises(Forbidden):
                act()


def test_a_task_given_by_name_is_done_by_those_named_only(desk):
    found = desk.task()
    give(found, [desk.user("jiancha")], by=desk.user("tongchou"), at=at(4, 1))
    assert [seen.pk for seen in open_for(desk.user("jiancha"), date(2020, 4, 2))] == [found.pk]
    assert not open_for(desk.user("jiaotong"), date(2020, 4, 2))
    with pytest.raises(Forbidden, match="由执法检查员完成"):
        fill(found, GOOD, by=desk.user("jiaotong"), at=at(4, 2), key="a")
    desk.done(again(found), by="jiancha", answers=BAD)
    assert Case.objects.get().origin == desk.department()


@pytest.mark.parametrize("name", ["jiaotong", "jiancha", "chengjian-zhang", "lingdao"])
def test_giving_and_cancelling_are_for_those_who_manage(desk, name):
    found, user = desk.task(), desk.user(name)
    with pytest.raises(Forbidden):
        give(found, [user], by=user, at=at(4, 1))
    with pytest.raises(Forbidden):
        cancel(found, "不想做", by=user, at=at(4, 1))


def test_nobody_is_given_what_they_may_not_do(desk):
    with pytest.raises(Refusal, match="没有填报检查任务的权限"):
        give(desk.task(), [desk.user("lingdao")], by=None, at=at(4, 1))


def test_before_it_opens_nothing_can_be_done_but_with_lead_days_it_opens_earlier(desk):
    found = desk.task(moment=at(3, 25), lead_days=10)
    assert found.opens_on == date(2020, 3, 22)
    Task.objects.filter(pk=found.pk).update(opens_on=date(2020, 3, 28))
    with pytest.raises(Refusal, match="从 2020-03-28 起才能开始"):
        fill(found, GOOD, by=None, at=at(3, 27), key="a")
    assert not open_for(desk.user("jiaotong"), date(2020, 3, 27))


def test_evidence_sent_again_is_kept_once_and_struck_evidence_counts_no_more(desk):
    found, user = desk.task(), desk.user("jiaotong")
    first = attach(found, [picture()], item="gate", by=user, at=at(4, 2))
    assert attach(found, [picture()], item="gate", by=user, at=at(4, 3)) == first
    assert TaskEvidence.objects.count() == 1
    strike(first[0], "拍错了", by=user, at=at(4, 3))
    assert "“门头照片”" in task(found.pk, user).lacking
    with pytest.raises(Refusal, match="已经作废"):
        strike(first[0], "拍错了", by=user, at=at(4, 3))


def test_evidence_for_a_photo_item_is_a_photo_and_for_a_known_item(desk):
    found = desk.task()
    pdf = picture(2)
    with pytest.raises(Refusal, match="不是照片"):
        attach(found, [pdf.__class__(title="", data=b"%PDF-1.4 x", name="a.pdf", key=pdf.key)], item="gate", by=None, at=at(4, 2))
    with pytest.raises(Refusal, match="没有“roof”这一项"):
        attach(found, [picture(3)], item="roof", by=None, at=at(4, 2))
    assert not TaskEvidence.objects.exists()


def test_a_task_is_not_seen_by_those_it_does_not_concern(desk):
    found = desk.task()
    with pytest.raises(Forbidden):
        task(found.pk, desk.user("shuiwu"))
    assert task(found.pk, desk.user("lingdao")).task == found
    with pytest.raises(Task.DoesNotExist):
        task(found.pk + 1, desk.user("lingdao"))
