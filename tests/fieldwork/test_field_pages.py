"""The phone's pages and its door for drafts: for whom they are, what they tell, what they say when something is wrong."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from field_phone import HERE, key, photo, upload
from stage import at

from gongjian.cases.actions.finding import Finding, find_problem
from gongjian.cases.actions.stepping import take
from gongjian.cases.models import Case, Evidence
from gongjian.fieldwork.errands import Errand, forget_errands, register_errands
from gongjian.fieldwork.models import Sending
from gongjian.ledgers.actions import entries
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.people.models import Department

pytestmark = pytest.mark.django_db
PAGES = ("today", "things", "find", "outbox", "person")
FINDERS = {"tongchou", "chengjian", "chengjian-zhang", "jiaotong", "gongan", "shuiwu", "jiedao", "jiancha"}


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def case(town, department="城建局", title="裸土未苫盖", **said):
    """A problem found by 交通局 and handed over."""
    told = {
        "kind": "other",
        "level": "general",
        "title": title,
        "description": "东门内。",
        "found_at": at(10, 29),
        "address": "滨河路 1 号",
    }
    found = find_problem(Finding(**told | {"origin": Department.objects.get(name="交通局")} | said), by=None, at=at(10, 29))
    return take(found, "hand_over", {"department": Department.objects.get(name=department)}, by=None, at=at(10, 29))


def works(town, **more):
    told = {"code": "91110108551385082Q", "name": "示例建材", "street": "滨河街道", "department": Department.objects.get(name="城建局")}
    return entries.enter(ENTERPRISES, {**told, "lon": 116.5, "lat": 39.8, **more}, by=None, at=at(3, 3))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("person", ["guanli", "tongchou", "chengjian", "chengjian-zhang", "jiaotong", "jiancha", "lingdao"])
def test_a_page_is_for_whoever_may_find_problems(phone, sign_in, name, person):
    answer = sign_in(person).get(reverse(f"fieldwork:{name}"))
    assert answer.status_code == (200 if person in FINDERS else 403)


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_asked_to_sign_in(phone, client, name):
    answer = client.get(reverse(f"fieldwork:{name}"))
    assert answer.status_code == 302
    assert "login" in answer.url


def test_today_holds_what_waits_for_my_department_and_nothing_of_another_s(phone, sign_in, town):
    case(town, "城建局", "城建局的事")
    case(town, "水务局", "水务局的事")
    page = words(sign_in("chengjian").get(reverse("fieldwork:today")))
    assert "城建局的事" in page
    assert "水务局的事" not in page
    assert "签收" in page
    assert "水务局的事" in words(sign_in("shuiwu").get(reverse("fieldwork:today")))


def test_today_is_ordered_by_nearness_where_the_phone_says_where_it_is(phone, sign_in, town):
    case(town, title="远处的", lon=116.6, lat=39.9)
    case(town, title="近处的", lon=HERE[0], lat=HERE[1])
    client = sign_in("chengjian")
    titles = r'<b class="errand-title">([^<]+)</b>'
    near = client.get(reverse("fieldwork:today"), {"at": f"{HERE[0]},{HERE[1]}"})
    assert re.findall(titles, near.content.decode()) == ["近处的", "远处的"]
    assert re.search(r"东北 \d+\.\d 公里", words(near))
    case(town, title="上门的", found_at=at(10, 20), lon=None)
    plain, nowhere = (client.get(reverse("fieldwork:today"), {"at": where}).content.decode() for where in ("", "nowhere"))
    assert re.findall(titles, plain) == re.findall(titles, nowhere)
    assert "公里" not in plain


def test_a_source_of_errands_is_asked_for_the_person_and_the_moment(phone, sign_in, town):
    asked = []

    def source(user, moment):
        asked.append((user, moment.date()))
        return [Errand(sort="巡查", title="看河道", todo="看", page="cases:board", due_at=moment - timedelta(1), overdue=True)]

    register_errands(source)
    try:
        page = words(sign_in("shuiwu").get(reverse("fieldwork:today")))
    finally:
        forget_errands(source)
    assert "看河道" in page
    assert "1 件已超时" in page
    assert asked == [(town.user("shuiwu"), at(10, 31).date())]


def test_a_list_of_many_costs_no_more_queries(phone, sign_in, town, django_assert_max_num_queries):
    for number in range(40):
        case(town, title=f"第{number}件")
    client = sign_in("chengjian")
    with django_assert_max_num_queries(30):
        assert "第39件" in words(client.get(reverse("fieldwork:today"), {"at": "116.5,39.8"}))


def test_a_thing_shows_its_open_cases_to_those_who_may_see_them(phone, sign_in, town, django_assert_max_num_queries):
    entry = works(town)
    case(town, "城建局", "建材堆场扬尘", entry=entry)
    address = reverse("fieldwork:thing", args=[entry.pk])
    with django_assert_max_num_queries(60):
        seen = words(sign_in("chengjian").get(address, {"at": "116.51,39.8"}))
    assert "建材堆场扬尘" in seen
    assert "西 850 米" in seen
    hidden = sign_in("shuiwu").get(address)
    assert hidden.status_code == 200  # the ledger is everybody's, the case is not
    assert "建材堆场扬尘" not in words(hidden)
    assert sign_in("lingdao").get(address).status_code == 403
    assert sign_in("chengjian").get(reverse("fieldwork:thing", args=[99_999_999])).status_code == 404


def test_things_are_found_by_words_and_by_being_near(phone, sign_in, town):
    works(town)
    client = sign_in("jiaotong")
    assert "示例建材" in words(client.get(reverse("fieldwork:things"), {"text": "建材"}))
    assert "没有找到" in words(client.get(reverse("fieldwork:things"), {"text": "没有这家"}))
    assert "示例建材" in words(client.get(reverse("fieldwork:things"), {"at": "116.501,39.801"}))
    assert "附近两公里没有" in words(client.get(reverse("fieldwork:things"), {"at": "117.9,39.8"}))


def test_the_form_offers_the_kinds_a_thing_can_have_and_is_kept_for_its_owner(phone, sign_in, town):
    entry = works(town)
    answer = sign_in("jiancha").get(reverse("fieldwork:find"), {"entry": entry.pk})
    assert "裸土未苫盖（测试） · 较重" in words(answer)
    assert "限行违法" not in words(answer)  # of vehicles alone
    assert answer["X-Field-User"] == str(town.user("jiancha").pk)
    assert answer["Cache-Control"] == "no-store, private"
    assert sign_in("jiancha").get(reverse("fieldwork:find"), {"entry": "9" * 30}).status_code == 404


def test_a_page_that_says_something_once_is_not_kept(phone, sign_in):
    client = sign_in("jiancha")
    told = {"key": key(9), "sort": "other:general", "words": "井盖缺失。", "address": "东门"}
    answer = client.post(reverse("fieldwork:find"), told, follow=True)
    assert "已送达：问题" in words(answer)
    assert "X-Field-User" not in answer
    assert "X-Field-User" in client.get(reverse("fieldwork:today"))


def test_the_plain_form_refused_keeps_what_was_typed(phone, sign_in):
    client = sign_in("jiancha")
    told = {"key": key(9), "sort": "dusty:general", "words": "裸土。", "address": "东门"}
    answer = client.post(reverse("fieldwork:find"), told)
    assert answer.status_code == 409
    assert "现场照片" in words(answer)
    assert "裸土。" in answer.content.decode()
    empty = client.post(reverse("fieldwork:find"), {"key": "nonsense", "words": ""})
    assert empty.status_code == 422
    assert "请选择类型与程度" in words(empty)


def test_a_draft_is_answered_with_what_it_became_and_again_with_the_same(phone, sign_in):
    client = sign_in("jiancha")
    first = phone.post(client, "jiancha")
    case_made = Case.objects.get()
    assert first.status_code == 200
    assert first.json() == {"label": f"问题 {case_made.number}", "url": f"/cases/{case_made.pk}/", "note": "", "repeated": False}
    again = phone.post(client, "jiancha")
    assert (again.status_code, again.json()["repeated"], again.json()["label"]) == (200, True, first.json()["label"])
    assert Case.objects.count() == 1
    other = phone.post(client, "jiancha", words="别的话。")
    assert (other.status_code, other.json()["url"]) == (409, first.json()["url"])
    assert "此前已经送达" in other.json()["sentence"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"words": ""}, "看到了什么"),
        ({"sort": "gone:general"}, "类型与程度"),
        ({"sort": "dusty"}, "类型与程度"),
        ({"key": "1"}, "草稿编号"),
        ({"lon": 999}, "定位经度"),
        ({"facts": "{"}, "照片说明"),
        ({"files": []}, "现场照片"),
        ({"files": [upload(b"MZ\x90 a program", name="照片.jpg")]}, "不是 JPEG、PNG"),
        ({"files": [upload(photo(size=(9000, 6700)))]}, "60 百万像素，最多 50 百万"),
        ({"files": [upload(name=f"{number}.jpg") for number in range(10)]}, "一次最多 9 张"),
        ({"sort": "restricted-zone:general", "files": []}, "只登记机动车台账中的条目"),
        ({"kind": "check", "task": "999999"}, "检查任务已经不在"),
        ({"kind": "check"}, "检查任务已经不在"),
    ],
)
def test_a_draft_that_cannot_be_is_refused_in_a_sentence_and_nothing_is_kept(phone, sign_in, said, sentence):
    answer = phone.post(sign_in("jiancha"), "jiancha", **said)
    assert answer.status_code == 422
    assert sentence in answer.json()["sentence"]
    assert not Case.objects.exists()
    assert not Sending.objects.exists()


def test_a_draft_whose_session_expired_or_whose_writer_is_another_is_not_taken(phone, sign_in, client):
    answer = phone.post(client, None, user="1")
    assert (answer.status_code, "草稿都还在" in answer.json()["sentence"]) == (401, True)
    other = phone.post(sign_in("jiaotong"), "jiaotong", user="1000000")
    assert (other.status_code, "不是您写的" in other.json()["sentence"]) == (403, True)
    reader = phone.post(sign_in("lingdao"), "lingdao")
    assert (reader.status_code, "您不能登记发现的问题" in reader.json()["sentence"]) == (403, True)
    assert not Sending.objects.exists()


def test_a_draft_without_the_token_of_the_session_is_not_taken(phone, town):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(town.user("jiancha"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert phone.post(strict, "jiancha").status_code == 403
    told = strict.get(reverse("fieldwork:hello")).json()
    assert told["user"] == str(town.user("jiancha").pk)
    strict.defaults["HTTP_X_CSRFTOKEN"] = told["token"]
    assert phone.post(strict, "jiancha").status_code == 200


def test_hello_tells_the_time_and_nothing_to_a_stranger(phone, client, sign_in):
    told = client.get(reverse("fieldwork:hello"))
    assert (told.json()["user"], told.json()["token"]) == ("", "")
    assert told.json()["now"].startswith("2020-10-31T")
    assert told["Cache-Control"] == "no-store"
    assert sign_in("lingdao").get(reverse("fieldwork:hello")).json()["user"] == ""


def test_words_of_html_are_words(phone, sign_in, town):
    entry = works(town, name="<b>粗</b>建材")
    client = sign_in("jiancha")
    phone.post(client, "jiancha", words="<script>alert(1)</script>", entry=entry.pk)
    page = client.get(reverse("fieldwork:thing", args=[entry.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<b>粗" not in page
    assert "&lt;script&gt;" in page


def test_what_arrived_is_listed_to_its_sender_alone(phone, sign_in):
    phone.sent("jiancha")
    label = Sending.objects.get().label
    assert label in words(sign_in("jiancha").get(reverse("fieldwork:person")))
    assert label not in words(sign_in("jiaotong").get(reverse("fieldwork:person")))


def test_the_worker_stands_where_it_may_answer_and_changes_with_what_it_keeps(client):
    answer = client.get(reverse("fieldwork:worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    told = json.loads(re.search(r"begin\(self, (\{.*\})\);", answer.content.decode())[1])
    assert reverse("fieldwork:worker").startswith(told["home"])
    assert re.fullmatch(r"[0-9a-f]{12}", told["version"])


def test_the_manifest_names_what_a_home_screen_needs(client):
    answer = client.get(reverse("fieldwork:manifest"))
    told = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["scope"], told["display"]) == ("/field/", "/field/", "standalone")
    assert told["icons"][0]["src"].endswith("fieldwork/icon.svg")
    assert client.get(reverse("fieldwork:offline")).status_code == 200


def test_a_photo_of_another_department_is_not_shown(phone, sign_in):
    phone.sent("jiaotong")
    piece = Evidence.objects.get()
    address = reverse("cases:evidence", args=[piece.case_id, piece.pk])
    assert sign_in("jiaotong").get(address).status_code == 200
    assert sign_in("shuiwu").get(address).status_code == 403
