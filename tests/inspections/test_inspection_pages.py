"""The pages: for whom, what they say, what their forms do without scripts, how often they ask the database."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from inspection_desk import BAD, photo
from stage import at

from gongjian.inspections.actions.changing import first_outcomes
from gongjian.inspections.actions.drawing import assign, draw_lots, freeze
from gongjian.inspections.actions.opening import open_turns
from gongjian.inspections.models import DrawPlan, Duty, Recusal, Task, TaskEvidence
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
READERS = {"tongchou", "jiancha", "lingdao"}
CITY = {"chengjian", "chengjian-zhang"}
MANAGERS = {"tongchou", "chengjian-zhang"}
EVERYBODY = [*READERS, *CITY, "jiaotong", "shuiwu", "guanli", "xinren"]
INSIDE = set(EVERYBODY) - {"guanli", "xinren"}


@pytest.fixture
def today(settings):
    settings.GONGJIAN_DEMONSTRATION_DAY = date(2020, 4, 20)


@pytest.fixture
def set_up(desk, today):
    """A duty of 城建局 with one task, a plan of 城建局 with everything drawn."""
    city = desk.department("城建局")
    task = desk.task(department=city)
    for number in range(2, 5):
        desk.firm(number)
    plan = freeze(desk.plan(department=city), desk.inspectors(), by=None, at=at(4, 2))
    draw_lots(plan, "7", by=None, at=at(4, 4), known_at=at(4, 3))
    assign(plan, by=None, at=at(4, 5))
    return desk, task, plan


def addresses(task, plan):
    duty = task.duty_id
    seen = READERS | CITY
    drawn = {one.user.username for other in Task.objects.filter(drawn__isnull=False) for one in other.inspectors.all()}
    assert drawn
    return {
        "mine": ("", INSIDE),
        "list": ("list/?state=all", INSIDE),
        "task": (f"{task.pk}/", seen),
        "cancel": (f"{task.pk}/because/cancel/", MANAGERS),
        "send back": (f"{task.pk}/because/send_back/", MANAGERS),
        "give": (f"{task.pk}/give/", MANAGERS),
        "duties": ("duties/", INSIDE),
        "new duty": ("duties/new/", MANAGERS),
        "duty": (f"duties/{duty}/", seen),
        "change duty": (f"duties/{duty}/change/", MANAGERS),
        "stop duty": (f"duties/{duty}/stop/", MANAGERS),
        "event": (f"duties/{duty}/event/", MANAGERS),
        "draws": ("draws/", INSIDE),
        "new draw": ("draws/new/", MANAGERS),
        "draw": (f"draws/{plan.pk}/", seen),
        "paper": (f"draws/{plan.pk}/paper/", seen),
        "objects": (f"draws/{plan.pk}/objects/", seen),
        "freeze": (f"draws/{plan.pk}/freeze/", MANAGERS),
        "lots": (f"draws/{plan.pk}/lots/", MANAGERS),
        "call off": (f"draws/{plan.pk}/call-off/", MANAGERS),
        "recusals": ("recusals/", MANAGERS),
    }


@pytest.mark.parametrize("person", sorted(EVERYBODY))
def test_every_page_is_for_whom_it_is_for(set_up, sign_in, person):
    _, task, plan = set_up
    client = sign_in(person)
    told = {name: client.get(f"/inspections/{address}").status_code for name, (address, _) in addresses(task, plan).items()}
    assert told == {name: 200 if person in people else 403 for name, (_, people) in addresses(task, plan).items()}


def test_a_visitor_is_asked_to_sign_in(set_up, sign_in):
    _, task, plan = set_up
    for address, _ in addresses(task, plan).values():
        answer = sign_in(None).get(f"/inspections/{address}")
        assert answer.status_code == 302
        assert "login" in answer.url


def test_what_is_not_there_is_404(set_up, sign_in):
    _, task, _ = set_up
    for address in ("999999/", "duties/999999/", "draws/999999/", f"{task.pk}/evidence/999999/", f"{task.pk}/because/confirm/"):
        assert sign_in("tongchou").get(f"/inspections/{address}").status_code == 404


def form(key="a" * 32, **answers):
    return {"key": key, **{f"item-{name}": value for name, value in answers.items()}}


def gate(seed=5):
    return SimpleUploadedFile("gate.jpg", photo(seed), "image/jpeg")


def test_a_task_is_filled_in_and_reported_with_one_form_and_shows_what_was_found(set_up, sign_in):
    _, task, _ = set_up
    client, address = sign_in("chengjian"), f"/inspections/{task.pk}/"
    page = client.get(address).content.decode()
    assert "门头照片" in page
    assert 'accept="image/jpeg,image/png"' in page
    answer = client.post(f"{address}fill/", {**form(**BAD), "item-gate": gate(), "lon": "116.5", "lat": "39.8", "finish": "1"}, follow=True)
    assert answer.redirect_chain
    task.refresh_from_db()
    assert task.state == "done"
    assert "密封破损等2项" in answer.content.decode()
    assert "距对象约 0 米" in answer.content.decode()
    small = client.get(f"{address}evidence/{TaskEvidence.objects.get().pk}/small/")
    assert (small.status_code, small["X-Content-Type-Options"], small["Content-Type"]) == (200, "nosniff", "image/jpeg")


def test_the_same_form_sent_twice_is_once(set_up, sign_in):
    _, task, _ = set_up
    client = sign_in("chengjian")
    for _ in range(2):
        client.post(f"/inspections/{task.pk}/fill/", {**form(**BAD), "item-gate": gate(), "finish": "1"})
    assert Event.objects.filter(verb="task.finish").count() == 1
    assert TaskEvidence.objects.count() == 1


def test_what_is_missing_is_said_and_what_was_typed_is_kept(set_up, sign_in):
    _, task, _ = set_up
    client = sign_in("chengjian")
    answer = client.post(f"/inspections/{task.pk}/fill/", {**form(seals="no", words="东侧破损"), "finish": "1"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "还不能上报，尚缺：“集气罩完好”、“气液比”、“门头照片”" in page
    assert "东侧破损" in page
    answer = client.post(f"/inspections/{task.pk}/fill/", form(key="b" * 32, rate="77", words="另写一段"))
    assert answer.status_code == 409
    assert "只能不小于 0 、不大于 5 L/L" in answer.content.decode()
    assert "另写一段" in answer.content.decode()
    assert client.post(f"/inspections/{task.pk}/fill/", form(key="c" * 32, rate="许多")).status_code == 200


def test_a_file_that_is_no_photo_is_refused_and_no_answer_is_saved(set_up, sign_in):
    _, task, _ = set_up
    bad = SimpleUploadedFile("gate.jpg", b"MZ not a photo", "image/jpeg")
    answer = sign_in("chengjian").post(f"/inspections/{task.pk}/fill/", {**form(seals="no"), "item-gate": bad})
    assert answer.status_code == 409
    assert not task.fillings.exists()


def test_the_head_sends_back_and_the_office_confirms(set_up, sign_in):
    desk, task, _ = set_up
    desk.done(task, by="chengjian")
    answer = sign_in("chengjian-zhang").post(f"/inspections/{task.pk}/because/send_back/", {"reason": "照片不清"})
    assert answer.status_code == 302
    desk.done(Task.objects.get(pk=task.pk), by="chengjian", moment=at(4, 12))
    assert sign_in("lingdao").post(f"/inspections/{task.pk}/confirm/").status_code == 403
    assert sign_in("tongchou").post(f"/inspections/{task.pk}/confirm/").status_code == 302
    assert sign_in("tongchou").post(f"/inspections/{task.pk}/confirm/").status_code == 409
    assert Task.objects.get(pk=task.pk).state == "confirmed"


def test_a_duty_is_entered_changed_and_its_event_noted_by_forms(set_up, sign_in):
    desk, _, _ = set_up
    client = sign_in("tongchou")
    said = {
        "title": "预警检查", "code": "warning", "department": desk.department("城建局").pk, "every": "event", "since": "2020-04-01",
        "checklist": "general", "ledger": "", "given": "", "places": "东街\n西街", "lead_days": 0, "event_days": 3, "photos": 1,
        "documents": 0, "note": "", "called": "",
    }  # fmt: skip
    assert client.post("/inspections/duties/new/", {**said, "every": "week"}).status_code == 200
    assert client.post("/inspections/duties/new/", {**said, "code": "checks"}).status_code == 409
    answer = client.post("/inspections/duties/new/", said)
    duty = Duty.objects.get(code="warning")
    assert answer.url == f"/inspections/duties/{duty.pk}/"
    page = client.get(f"/inspections/duties/{duty.pk}/change/").content.decode()
    assert "东街\n西街" in page.replace("\r", "")
    assert client.post(f"/inspections/duties/{duty.pk}/change/", {**said, "photos": 2, "version": 1}).status_code == 302
    assert client.post(f"/inspections/duties/{duty.pk}/event/", {"event": "黄色预警", "on": "2020-04-19"}).status_code == 302
    assert Task.objects.filter(duty=duty, photos=2).count() == 2
    assert client.post(f"/inspections/duties/{duty.pk}/stop/", {"until": "2020-05-01"}).status_code == 302


def test_a_plan_goes_through_its_forms_to_a_paper_that_can_be_checked(set_up, sign_in):
    desk, _, _ = set_up
    client = sign_in("tongchou")
    said = {
        "title": "夏季抽查", "department": desk.department("城建局").pk, "ledger": "enterprises", "given": "", "number": 2, "share": "",
        "stratum": "", "weigher": "found-before", "each": 2, "checklist": "general", "opens_on": "2020-04-20", "due_on": "2020-05-10",
        "seed_way": "sealed", "seed_source": "周敏封存", "secret": "碧水蓝天二〇二〇",
    }  # fmt: skip
    assert client.post("/inspections/draws/new/", {**said, "share": 5}).status_code == 409
    plan = DrawPlan.objects.get(pk=int(client.post("/inspections/draws/new/", said).url.split("/")[-2]))
    users = [user.pk for user in desk.inspectors("jiaotong", "chengjian", "gongan")]
    assert "4 家" in client.get(f"/inspections/draws/{plan.pk}/freeze/").content.decode()
    assert client.post(f"/inspections/draws/{plan.pk}/freeze/", {"users": users}).status_code == 302
    assert client.post(f"/inspections/draws/{plan.pk}/lots/", {"seed": "猜一个"}).status_code == 409
    assert client.post(f"/inspections/draws/{plan.pk}/lots/", {"seed": "碧水蓝天二〇二〇"}).status_code == 302
    assert client.post(f"/inspections/draws/{plan.pk}/assign/").status_code == 302
    assert client.post(f"/inspections/draws/{plan.pk}/assign/").status_code == 409
    page = client.get(f"/inspections/draws/{plan.pk}/paper/").content.decode()
    plan.refresh_from_db()
    assert plan.universe_digest in page
    assert plan.pool_digest in page
    assert "与记录完全一致" in page
    assert "碧水蓝天二〇二〇" in page


def test_a_recusal_is_entered_and_ended_by_forms(set_up, sign_in):
    desk, _, _ = set_up
    client, firm = sign_in("tongchou"), desk.firm(77)
    said = {"user": desk.user("gongan").pk, "code": "77号厂", "reason": "曾任职"}
    assert client.post("/inspections/recusals/", {**said, "code": "没有的厂"}).status_code == 200
    assert client.post("/inspections/recusals/", said).status_code == 302
    assert Recusal.objects.get().enterprise_id == firm.pk
    assert client.post("/inspections/recusals/", said).status_code == 409
    assert client.post(f"/inspections/recusals/{Recusal.objects.get().pk}/end/").status_code == 302
    assert Recusal.objects.get().until == date(2020, 4, 20)


def many(desk, number):
    """So many tasks at once, past their day and to come."""
    template = Task.objects.filter(duty__isnull=False).first()
    fields = {f.attname: getattr(template, f.attname) for f in Task._meta.concrete_fields if f.attname not in ("id", "key", "due_on")}
    made = [Task(**fields, key=f"many:{n}", due_on=date(2020, 4, 1 + n % 30)) for n in range(number)]
    Task.objects.bulk_create(made, batch_size=2000)
    first_outcomes(made, at(4, 1))


MOST = {
    "mine": ("", 16),
    "list": ("list/", 12),
    "all": ("list/?state=all&kind=duty", 12),
    "duties": ("duties/", 9),
    "duty": ("duties/{duty}/", 12),
}


@pytest.mark.parametrize("person", ["chengjian", "tongchou"])
def test_a_page_asks_as_often_for_many_tasks_as_for_few(set_up, sign_in, person):
    desk, task, _ = set_up
    client = sign_in(person)

    def asked():
        told = {}
        for name, (address, _) in MOST.items():
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/inspections/{address.format(duty=task.duty_id)}").status_code == 200
            told[name] = len(queries)
        return told

    asked()
    few = asked()
    many(desk, 300)
    assert asked() == few
    assert all(few[name] <= most for name, (_, most) in MOST.items()), few


def test_the_entrys_page_tells_its_tasks(set_up, sign_in):
    _, task, _ = set_up
    page = sign_in("chengjian").get(f"/ledgers/enterprises/{task.entry_id}/").content.decode()
    assert f"检查任务：{task.title}" in page


def test_the_page_of_a_problem_leads_back_to_the_task_it_was_found_in(set_up, sign_in):
    desk, task, _ = set_up
    desk.done(task, by="chengjian", answers=BAD)
    link = task.cases.get()
    page = sign_in("chengjian").get(f"/cases/{link.case_id}/").content.decode()
    assert f'<a href="/inspections/{task.pk}/">检查任务 {task.number} {task.title}</a>' in page


def test_a_task_tells_its_history_and_its_steps_in_words(set_up, sign_in):
    desk, task, _ = set_up
    desk.done(task, by="chengjian")
    page = sign_in("chengjian").get(f"/inspections/{task.pk}/").content.decode()
    assert "完成上报" in page
    assert "开始检查" in page
    assert "还没有人动手" not in page


def test_opening_turns_is_left_to_the_timetable(set_up, sign_in):
    """A page writes nothing, even where a turn waits to be opened."""
    desk, _, _ = set_up
    desk.duty(code="other")
    sign_in("tongchou").get("/inspections/duties/")
    assert Task.objects.filter(duty__code="other").count() == 0
    assert open_turns(at=at(4, 20)) == 4
