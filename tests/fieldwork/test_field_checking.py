"""A checklist answered on the phone: all of a draft or nothing, once, by whom it is for."""

from datetime import date

import pytest
from django.urls import reverse
from field_phone import HERE, draft, upload
from stage import at

from gongjian.cases.models import Case
from gongjian.fieldwork.models import Sending
from gongjian.inspections.actions.keeping import Asked, enter_duty
from gongjian.inspections.actions.opening import open_turns
from gongjian.inspections.models import Filling, Task, TaskEvidence
from gongjian.people.models import Department

pytestmark = pytest.mark.django_db
GOOD = {"item-open": "yes", "item-facilities": "yes", "item-records": "no", "item-account": "台账缺九月份。"}


@pytest.fixture
def task(phone):
    """A task of 交通局 about a place, open in October."""
    told = {"code": "visits", "title": "场所检查", "department": Department.objects.get(name="交通局"), "every": "month"}
    enter_duty(Asked(**told, checklist="general", since=date(2020, 10, 1), places=("北门停车场",)), by=None, at=at(10, 1))
    open_turns(at=at(10, 2))
    return Task.objects.get()


def post(phone, client, who, task, *, number=1, files=None, **said):
    told = {name: value for name, value in draft(number).items() if name in {"key", "lon", "lat", "accuracy"}}
    told |= {"kind": "check", "user": phone.town.user(who).pk, "task": task.pk, "item-photo": files or [], **GOOD, **said}
    return client.post(reverse("fieldwork:drafts"), {name: value for name, value in told.items() if value is not None})


def test_today_leads_to_the_task_and_the_task_to_its_checklist(phone, sign_in, task):
    client = sign_in("jiaotong")
    page = client.get(reverse("fieldwork:today")).content.decode()
    assert reverse("fieldwork:task", args=[task.pk]) in page
    assert "北门停车场" in page
    shown = client.get(reverse("fieldwork:task", args=[task.pk])).content.decode()
    assert 'name="item-facilities"' in shown
    assert "完成上报" in shown


def test_a_check_saved_and_then_reported_is_done_and_what_was_found_is_a_problem(phone, sign_in, task):
    client = sign_in("jiaotong")
    saved = post(phone, client, "jiaotong", task)
    assert (saved.status_code, saved.json()["note"]) == (200, "已保存，还没有上报。"), saved.json()
    assert (Filling.objects.get().lon, Filling.objects.get().lat) == HERE
    done = post(phone, client, "jiaotong", task, number=2, files=[upload()], finish="1")
    assert (done.status_code, done.json()["note"]) == (200, "已上报，等待确认。"), done.json()
    again = post(phone, client, "jiaotong", task, number=2, files=[upload()], finish="1")
    assert (again.status_code, again.json()["repeated"]) == (200, True)
    assert Task.objects.get().state == "done"
    assert (Filling.objects.count(), TaskEvidence.objects.get().item, Sending.objects.count()) == (2, "photo", 2)
    assert Case.objects.get().title == "台账资料不全或与现场不符"


def test_a_report_that_lacks_something_is_refused_whole_and_says_what(phone, sign_in, task):
    answer = post(phone, sign_in("jiaotong"), "jiaotong", task, finish="1")
    assert answer.status_code == 422
    assert "尚缺：“现场照片”" in answer.json()["sentence"]
    assert not Filling.objects.exists()
    assert not Sending.objects.exists()


@pytest.mark.parametrize("who", ["shuiwu", "chengjian"])
def test_another_department_neither_sees_nor_answers_it(phone, sign_in, task, who):
    client = sign_in(who)
    assert client.get(reverse("fieldwork:task", args=[task.pk])).status_code == 403
    assert "北门停车场" not in client.get(reverse("fieldwork:today")).content.decode()
    answer = post(phone, client, who, task)
    assert answer.status_code == 403
    assert "北门停车场" not in answer.json()["sentence"]
    assert not Filling.objects.exists()


def test_whoever_may_only_look_is_shown_no_form(phone, sign_in, task):
    page = sign_in("tongchou").get(reverse("fieldwork:task", args=[task.pk]))
    assert page.status_code == 200
    assert "现在没有轮到您填写" in page.content.decode()
    assert sign_in("jiaotong").get(reverse("fieldwork:task", args=[999_999])).status_code == 404


def test_the_plain_form_works_too(phone, sign_in, task):
    client = sign_in("jiaotong")
    told = {"key": draft()["key"], "task": task.pk, **GOOD, "item-photo": [upload()], "finish": "1"}
    answer = client.post(reverse("fieldwork:task", args=[task.pk]), told, follow=True)
    assert "已上报，等待确认。" in answer.content.decode()
    late = client.post(reverse("fieldwork:task", args=[task.pk]), {**told, "key": draft(2)["key"], "item-photo": []})
    assert late.status_code == 409
    assert "不能再填报" in late.content.decode()
