"""Inbox and settings as pages: whose, in what order, what a click does, and what it costs every page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from stage import at

from gongjian.notices import couriers
from gongjian.notices.actions import send
from gongjian.notices.channels import Channel, Rhythm
from gongjian.notices.courier import Notice
from gongjian.notices.couriers.plain import Memory
from gongjian.notices.models import Delivery, DeliveryState, Preference
from gongjian.notices.queries import unread

pytestmark = pytest.mark.django_db
NOW = at(10, 20)


@pytest.fixture
def tell(town, monkeypatch):
    """Put a message into somebody's inbox."""
    memory = Memory(Channel.EMAIL)
    monkeypatch.setattr(couriers, "current", lambda: {Channel.EMAIL: memory})

    def _tell(number, *names, **more):
        fields = {"about": "plans.report:7", "link": "/work/", **more}
        send(Notice(f"a.b{number}:1", f"第{number}条", to=tuple(town.user(name).pk for name in names), **fields), at=NOW)
        return Delivery.objects.filter(channel=Channel.INBOX, dispatch__key=f"a.b{number}:1").first().pk

    return _tell


def bell(answer):
    """The number on the bell; None without a bell, 0 without a number."""
    found = re.search(r'<a class="bell".*?</a>', answer.content.decode())
    return found and int((re.search(r'bell-count">(\d+)', found[0]) or [0, 0])[1])


def test_one_sees_ones_own_messages_unread_first(town, tell, sign_in, words):
    first = tell(1, "chengjian")
    tell(2, "chengjian", urgent=True, body="请今天办结。")
    tell(3, "chengjian-zhang")
    client = sign_in("chengjian")
    client.post(f"/inbox/{first}/read/")
    tell(4, "chengjian")
    page = words(client.get("/inbox/"))
    assert page.index("第4条") < page.index("第2条") < page.index("第1条")
    assert "第3条" not in page
    assert "紧急" in page
    assert "请今天办结。" in page
    assert "月度进展" in page


def test_opening_a_message_reads_it_and_leads_to_the_thing(town, tell, sign_in):
    entry = tell(1, "chengjian", link="/measure/7/")
    client = sign_in("chengjian")
    answer = client.post(f"/inbox/{entry}/open/")
    assert (answer.status_code, answer.url) == (302, "/measure/7/")
    assert Delivery.objects.get(pk=entry).read_at
    nowhere = tell(2, "chengjian", link="")
    assert client.post(f"/inbox/{nowhere}/open/").url == "/inbox/"


@pytest.mark.parametrize("act", ["open", "read"])
def test_a_message_of_another_is_not_there(town, tell, sign_in, act):
    entry = tell(1, "chengjian")
    client = sign_in("jiaotong")
    assert client.post(f"/inbox/{entry}/{act}/").status_code == 404
    assert client.get(f"/inbox/{entry}/{act}/").status_code == 405
    assert Delivery.objects.get(pk=entry).read_at is None
    assert sign_in(None).post(f"/inbox/{entry}/{act}/").url.startswith("/account/login/")


def test_all_is_read_but_what_came_in_meanwhile(town, tell, sign_in, words):
    tell(1, "chengjian")
    tell(2, "chengjian")
    client = sign_in("chengjian")
    through = re.search(r'name="through" value="(\d+)"', client.get("/inbox/").content.decode())[1]
    tell(3, "chengjian")
    page = words(client.post("/inbox/read/", {"through": through}, follow=True))
    assert "已将 2 条消息标为已读。" in page
    assert unread(town.user("chengjian")) == 1


@pytest.mark.parametrize("through", ["", "x", "²", "-1", "9" * 40, "1.5"])
def test_nonsense_marks_nothing(town, tell, sign_in, through):
    tell(1, "chengjian")
    assert sign_in("chengjian").post("/inbox/read/", {"through": through}).status_code == 302
    assert unread(town.user("chengjian")) == 1


def test_one_comes_back_to_the_page_one_was_on_and_nowhere_else(town, tell, sign_in):
    entry = tell(1, "chengjian")
    client = sign_in("chengjian")
    assert client.post(f"/inbox/{entry}/read/", {"back": "subject=plans.report&page=2"}).url == "/inbox/?subject=plans.report&page=2"
    for back in ("next=http://evil.example", "//evil.example", "%0d%0aX: y", "a" * 10_000):
        assert client.post(f"/inbox/{entry}/read/", {"back": back}).url == "/inbox/"


def test_messages_are_filtered_by_subject_and_by_unread(town, tell, sign_in, words):
    tell(1, "chengjian", about="plans.report:7")
    tell(2, "chengjian", about="people.user:7")
    read = tell(3, "chengjian", about="plans.report:8")
    client = sign_in("chengjian")
    client.post(f"/inbox/{read}/read/")
    page = words(client.get("/inbox/?subject=plans.report&only=unread"))
    assert "第1条" in page
    assert "第2条" not in page
    assert "第3条" not in page
    assert "第2条" in words(client.get("/inbox/?subject=people.user&only=unread&page=9"))
    client.post("/inbox/read/", {"through": str(2**40)})
    assert "没有符合条件的消息" in words(client.get("/inbox/?subject=people.user&only=unread"))


def test_a_long_inbox_comes_in_pages(town, tell, sign_in, words):
    for number in range(70):
        tell(number, "chengjian")
    client = sign_in("chengjian")
    assert "共 70 条，正在看第 1 至 30 条" in words(client.get("/inbox/"))
    last = client.get("/inbox/?page=3")
    assert "共 70 条，正在看第 61 至 70 条" in words(last)
    assert bell(last) == 70


def test_an_empty_inbox_says_what_would_be_here(town, sign_in, words):
    assert "还没有消息" in words(sign_in("chengjian").get("/inbox/"))


def test_the_bell_counts_what_is_unread_on_every_page_and_visitors_have_none(town, tell, sign_in):
    client = sign_in("chengjian")
    assert bell(client.get("/")) == 0
    tell(1, "chengjian")
    tell(2, "chengjian")
    for address in ("/", "/work/", "/inbox/", "/me/notices/", "/air/", "/indicators/"):
        assert bell(client.get(address)) == 2, address
    assert bell(sign_in("jiaotong").get("/")) == 0
    assert bell(sign_in(None).get("/")) is None
    assert bell(sign_in("chengjian").get("/no/such/page/")) == 2


@pytest.mark.parametrize("address", ["/", "/work/", "/trail/"])
def test_the_bell_costs_one_question_and_a_visitor_none(town, tell, sign_in, address):
    tell(1, "tongchou")
    for name, most in (("tongchou", 1), (None, 0)):
        client = sign_in(name)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert sum("notices_delivery" in one["sql"] for one in asked) == most


def test_an_inbox_of_any_length_asks_the_database_as_often(town, tell, sign_in):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/inbox/").status_code == 200
        return len(queries)

    client = sign_in("chengjian")
    tell(0, "chengjian")
    client.get("/inbox/")
    few = asked()
    for number in range(1, 40):
        tell(number, "chengjian", about=f"plans.report:{number}")
    assert asked() == few <= 9


def typed(**more):
    usual = {
        f"{channel}-{name}": value for channel in ("email", "wecom", "dingtalk") for name, value in (("rhythm", "at_once"), ("at", "08:30"))
    }
    return {**usual, **more}


def test_one_chooses_how_to_hear_and_finds_it_so_again(town, tell, sign_in, words):
    client = sign_in("chengjian")
    answer = client.post("/me/notices/", typed(**{"email-rhythm": "working_days", "email-at": "17:15", "wecom-quiet": "on"}), follow=True)
    assert "消息设置已保存。" in words(answer)
    chosen = {one.channel: (one.rhythm, f"{one.at:%H:%M}", one.quiet) for one in Preference.objects.filter(user=town.user("chengjian"))}
    assert chosen["email"] == (Rhythm.WORKING_DAYS, "17:15", False)
    assert chosen["wecom"] == (Rhythm.AT_ONCE, "08:30", True)
    page = client.get("/me/notices/").content.decode()
    assert '<option value="working_days" selected>' in page
    assert 'value="17:15"' in page
    assert not Preference.objects.exclude(user=town.user("chengjian")).exists()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("email-at", "25:99", "请填写时间，例如 08:30。"), ("email-at", "", "请填写汇总时间"), ("wecom-rhythm", "hourly", "hourly")],
)
def test_what_cannot_be_is_said_beside_its_box_and_nothing_is_kept(town, tell, sign_in, words, name, value, said):
    answer = sign_in("chengjian").post("/me/notices/", typed(**{name: value}))
    assert said in words(answer)
    assert not Preference.objects.exists()


def test_the_settings_say_what_is_in_use_and_what_is_missing(town, tell, sign_in, words):
    page = words(sign_in("chengjian").get("/me/notices/"))
    assert "您还没有登记电子邮件地址" in page  # e-mail is in use, the person has no address
    assert page.count("本单位尚未启用这种方式") == 2


def test_what_did_not_arrive_is_told_to_whom_it_was_for(town, tell, sign_in, words):
    tell(1, "chengjian")
    user = town.user("chengjian")
    Delivery.objects.create(
        dispatch=Delivery.objects.get().dispatch,
        channel=Channel.EMAIL,
        user=user,
        state=DeliveryState.UNCERTAIN,
        claimed_at=NOW,
        trouble="不知是否送达。",
    )
    page = words(sign_in("chengjian").get("/me/notices/"))
    assert "电子邮件 不确定" in page
    assert "不知是否送达。" in page
    assert "没有送达的" not in words(sign_in("jiaotong").get("/me/notices/"))
