"""What people do with alarms, findings and limits: who may, in which state, with what, and what comes of it."""

from io import BytesIO

import pytest
from alarm_desk import CARRIED, paper
from django.db import IntegrityError, transaction
from PIL import Image
from stage import at

from gongjian.alarms.flow import ALARM, FINDING, SYSTEM
from gongjian.alarms.keeping import SHELF
from gongjian.alarms.models import Alarm, AlarmPaper, AlarmStep
from gongjian.alarms.states import AlarmState
from gongjian.alarms.verbs import VERBS
from gongjian.cases.models import Case
from gongjian.kernel.refusal import Refusal
from gongjian.notices.models import Dispatch
from gongjian.people.permissions import Forbidden
from gongjian.trail.models import Event

PEOPLE_STEPS = [step.name for step in ALARM.steps if step.permission != SYSTEM]
OWN = {"chengjian", "chengjian-zhang"}
REVIEWERS = {"tongchou", "jiancha"}
MAY = {"acknowledge": OWN, "explain": OWN, "accept": REVIEWERS, "reject": REVIEWERS, "file": REVIEWERS}
EVERYBODY = ["guanli", "tongchou", "chengjian", "chengjian-zhang", "jiaotong", "gongan", "shuiwu", "jiedao", "jiancha", "lingdao", "xinren"]
BEFORE = {"acknowledge": "open", "explain": "open", "accept": "explained", "reject": "explained", "file": "open"}


@pytest.mark.parametrize("step", PEOPLE_STEPS)
@pytest.mark.parametrize("person", EVERYBODY)
def test_a_step_is_for_whom_it_is_for(desk, step, person):
    alarm = desk.at_state(BEFORE[step])
    if person in MAY[step]:
        assert desk.take(alarm, step, by=person).state == ALARM.step(AlarmState(BEFORE[step]), step).target
        return
    with pytest.raises(Forbidden):
        desk.take(alarm, step, by=person)
    alarm.refresh_from_db()
    assert alarm.state == BEFORE[step]


@pytest.mark.parametrize("state", [state.value for state in AlarmState])
@pytest.mark.parametrize("step", PEOPLE_STEPS)
def test_from_every_state_exactly_the_steps_of_the_table_can_be_taken(desk, state, step):
    alarm = desk.at_state(state)
    if state in {one.value for arrow in ALARM.steps if arrow.name == step for one in arrow.source}:
        assert desk.take(alarm, step).state
        return
    with pytest.raises(Refusal, match="当前状态为"):
        desk.take(alarm, step)


@pytest.mark.parametrize("step", ["expire", "clear", "withdraw"])
def test_what_the_system_does_nobody_does_by_hand(desk, step):
    with pytest.raises(Refusal, match="由系统按规则执行"):
        desk.take(desk.at_state("open"), step, by="tongchou")


def picture():
    out = BytesIO()
    Image.new("RGB", (8, 6), "grey").save(out, "JPEG")
    return out.getvalue()


def test_an_explanation_needs_a_cause_from_the_list_and_words(desk):
    alarm = desk.at_state("open")
    wrong = [({"words": " "}, "还缺：情况说明"), ({"cause": ""}, "还缺：原因类别"), ({"cause": "weather"}, "须在设备维护、校准、")]
    for lacking, sentence in wrong:
        with pytest.raises(Refusal, match=sentence):
            desk.take(alarm, "explain", **lacking)
    with pytest.raises(Refusal, match="最多 1000 个字"):
        desk.take(alarm, "explain", words="长" * 1001)
    with pytest.raises(Refusal, match="最多 40 个字"):
        desk.take(alarm, "explain", teller="长" * 41)
    assert AlarmStep.objects.filter(alarm=alarm).count() == 1


def test_an_explanation_is_kept_told_to_those_who_review_and_stops_the_clock(desk):
    alarm = desk.take(desk.at_state("open"), "explain", by="chengjian", papers=[paper(), paper(picture(), "现场.jpg")])
    assert (alarm.state, alarm.reason, alarm.due_at) == ("explained", "maintenance", None)
    last = AlarmStep.objects.filter(alarm=alarm).last()
    assert (last.words, last.reason, last.teller) == ("更换脱硝喷枪，十二时恢复。", "maintenance", "环保专员 李强")
    assert last.by_label == "城建局部门经办人"
    papers = AlarmPaper.objects.filter(alarm=alarm)
    assert [(one.title, one.content_type) for one in papers] == [("维护记录.pdf", "application/pdf"), ("现场.jpg", "image/jpeg")]
    assert SHELF.path_of(papers[0].path).read_bytes() == b"%PDF-1.4 x"
    told = Dispatch.objects.get(key__startswith="alarm.explained")
    assert set(told.to) == {desk.town.user("tongchou").pk, desk.town.user("jiancha").pk}
    assert Event.objects.filter(verb="alarm.explain").count() == 1


def test_a_file_that_is_none_is_refused_and_nothing_of_the_explanation_is_kept(desk, settings):
    alarm = desk.at_state("open")
    with pytest.raises(Refusal, match="不是 JPEG、PNG 照片或 PDF"):
        desk.take(alarm, "explain", papers=[paper(), paper(b"MZ evil", "x.pdf")])
    with pytest.raises(Refusal, match="最多附 10 个文件"):
        desk.take(alarm, "explain", papers=[paper(name=f"{n}.pdf") for n in range(11)])
    alarm.refresh_from_db()
    assert alarm.state == "open"
    assert [one for one in settings.GONGJIAN_UPLOADS.rglob("*") if one.is_file()] == []


def test_an_accepted_explanation_ends_the_alarm_and_is_told(desk):
    alarm = desk.take(desk.at_state("explained"), "accept", by="jiancha")
    assert (alarm.state, alarm.is_open, alarm.case) == ("accepted", False, None)
    assert "说明已采纳" in Dispatch.objects.get(key__startswith="alarm.answered").title
    assert desk.sweep(at(11, 30)).filed == 0


def test_a_rejected_one_becomes_a_case_at_once_with_both_sides_words(desk):
    alarm = desk.take(desk.at_state("explained"), "reject", by="jiancha")
    case = Case.objects.get()
    assert (alarm.state, alarm.case_id, case.state, case.department.name) == ("cased", case.pk, "handed_over", "城建局")
    assert "不采纳并立案：维护记录与时间不符" in case.description
    assert "未被采纳" in Dispatch.objects.get(key__startswith="alarm.answered").title


def test_nobody_judges_what_they_explained_themselves(desk):
    from gongjian.people import actions as people
    from gongjian.people.roles import Role

    people.give_post(desk.town.user("chengjian"), Role.INSPECTOR, None, by=None, at=at(10, 1))
    alarm = desk.take(desk.at_state("open"), "explain", by="chengjian")
    for step in ("accept", "reject"):
        with pytest.raises(Forbidden, match="须由另一个人办"):
            desk.take(alarm, step, by="chengjian")
    assert desk.take(alarm, "accept", by="jiancha").state == "accepted"


def test_the_second_of_two_is_told_what_the_first_did(desk):
    alarm = desk.at_state("open")
    seen = alarm.version
    desk.take(alarm, "acknowledge", by="chengjian", version=seen)
    with pytest.raises(Refusal, match="城建局部门经办人 在 10-21 11:00 “确认收到”，现在是“待说明”"):
        desk.take(alarm, "explain", by="chengjian-zhang", version=seen)


def test_the_same_form_sent_twice_is_one_step(desk):
    alarm = desk.at_state("open")
    for _ in range(2):
        desk.take(alarm, "explain", by="chengjian", version=alarm.version, token="a" * 32)
    assert AlarmStep.objects.filter(alarm=alarm, step="explain").count() == 1
    rejected = desk.take(alarm, "reject", token="b" * 32)
    assert desk.take(rejected, "reject", token="b" * 32).case_id == rejected.case_id
    assert Case.objects.count() == 1


def test_two_alarms_of_one_cause_cannot_last_at_once(desk):
    alarm = desk.at_state("open")
    alarm.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        alarm.save(force_insert=True)
    alarm.ended = alarm.cleared_at = at(10, 22)
    alarm.save(force_insert=True)
    assert Alarm.objects.count() == 2


def test_every_step_has_its_verb():
    assert {f"alarm.{step.name}" for step in ALARM.steps} | {"alarm.opened"} == {verb for verb in VERBS if verb.startswith("alarm.")}
    assert {f"finding.{step.name}" for step in FINDING.steps} | {"finding.found"} == {verb for verb in VERBS if verb.startswith("finding.")}
    assert set(CARRIED) == set(PEOPLE_STEPS)
