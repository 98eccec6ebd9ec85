"""One contract for every courier there is, each in front of what it speaks to: a table, a mail server, a robot's server, a stream."""

import importlib
import inspect
import io
import pkgutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sinks
from django.core.exceptions import ImproperlyConfigured

from gongjian.notices import couriers
from gongjian.notices.channels import Channel
from gongjian.notices.courier import DeliveryError, DoubtfulError, Item, Letter, Notice, UndeliverableError, kind_of
from gongjian.notices.couriers.inbox import Inbox
from gongjian.notices.couriers.mail import Mail
from gongjian.notices.couriers.plain import Console, Memory
from gongjian.notices.couriers.robots import DingTalk, WeCom
from gongjian.notices.models import Delivery, Dispatch

AT = datetime(2020, 10, 30, 2, 0, tzinfo=UTC)
SITE = "https://gongjian.example"
LETTER = Letter("email-17", "", "十月月报被退回", (Item("十月月报被退回", "请补充佐证。\n见附件。", "/measures/7/"),), ("王工",), AT)


class Place:
    """Where a courier delivers: what arrived there, and how to make it refuse or fall silent."""

    to = ""
    fragile = True
    refusing = DeliveryError

    def arrived(self):
        """What there is to read, one text for each arrival."""
        raise NotImplementedError


class InboxPlace(Place):
    fragile = False

    def __init__(self, person):
        self.to, self.courier = str(person("wang").pk), Inbox()

    def prepare(self, letter):
        item = letter.items[0]
        Dispatch.objects.get_or_create(
            key=letter.key, defaults={"title": item.title, "body": item.body, "link": item.link, "created_at": letter.at}
        )

    def arrived(self):
        entries = Delivery.objects.filter(user=self.to, channel="inbox").order_by("pk")
        return [f"{one.dispatch.title}\n{one.dispatch.body}\n{one.dispatch.link}" for one in entries]


class MailPlace(Place):
    to = "wang@example.org"

    def __init__(self, settings):
        self.server = sinks.serve(sinks.MailSink())
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = self.server.server_address
        self.courier = Mail("攻坚 <gongjian@example.gov.cn>", SITE)

    def refuse(self):
        self.server.answers = {"RCPT": "451 try later"}

    def fall_silent(self):
        self.server.answers = {"taken": None}

    def recover(self):
        self.server.answers = {}

    def arrived(self):
        return [f"{message['Subject']}\n{message.get_content()}" for message in self.server.messages]


class RobotPlace(Place):
    def __init__(self, made):
        self.server = sinks.serve(sinks.RobotSink())
        self.courier = made(self.server.url)

    def refuse(self):
        self.server.answer = (200, '{"errcode": 45009, "errmsg": "api freq out of limit"}')

    def fall_silent(self):
        self.server.answer = None

    def recover(self):
        self.server.answer = self.server.usual

    def arrived(self):
        return [body["markdown"].get("content") or body["markdown"]["text"] for _, body in self.server.kept]


class StreamPlace(Place):
    fragile = False

    def __init__(self):
        self.stream = io.StringIO()
        self.courier = Console(self.stream)

    def arrived(self):
        return self.stream.getvalue().splitlines()


class MemoryPlace(Place):
    fragile = False

    def __init__(self):
        self.courier = Memory()

    def arrived(self):
        return [f"{letter.title}\n{letter.items[0].body}\n{letter.items[0].link}" for letter in self.courier.delivered]


PLACES = {
    Inbox: lambda get: InboxPlace(get("person")),
    Mail: lambda get: MailPlace(get("settings")),
    WeCom: lambda _: RobotPlace(lambda url: WeCom(url, SITE)),
    DingTalk: lambda _: RobotPlace(lambda url: DingTalk(url, SITE, "SECgeheim", lambda: 1604023200.0)),
    Console: lambda _: StreamPlace(),
    Memory: lambda _: MemoryPlace(),
}
FRAGILE = [Mail, WeCom, DingTalk]


def _every_courier():
    modules = [importlib.import_module(f"gongjian.notices.couriers.{one.name}") for one in pkgutil.iter_modules(couriers.__path__)]
    classes = {cls for module in modules for _, cls in inspect.getmembers(module, inspect.isclass) if cls.__module__ == module.__name__}
    return {cls for cls in classes if hasattr(cls, "deliver") and not cls.__name__.startswith("_")}


def test_every_courier_is_tried():
    assert set(PLACES) == _every_courier()


@pytest.fixture
def place(request):
    """The courier with what it delivers to; its server is shut afterwards."""
    made = PLACES[request.param](request.getfixturevalue)
    yield made
    if hasattr(made, "server"):
        made.server.shutdown()
        made.server.server_close()


every = pytest.mark.parametrize("place", PLACES, ids=lambda cls: cls.__name__, indirect=True)
fragile = pytest.mark.parametrize("place", FRAGILE, ids=lambda cls: cls.__name__, indirect=True)


def deliver(place, letter=LETTER):
    letter = replace(letter, to=place.to)
    if hasattr(place, "prepare"):
        place.prepare(letter)
    place.courier.deliver(letter)


@every
def test_a_letter_arrives_whole_with_its_link(place):
    deliver(place)
    (text,) = place.arrived()
    for words in ("十月月报被退回", "请补充佐证。", "见附件。", "/measures/7/"):
        assert words in text


@every
def test_another_key_is_another_letter(place):
    deliver(place)
    deliver(place, replace(LETTER, key="email-18"))
    assert len(place.arrived()) == 2


@every
def test_a_courier_tells_the_truth_about_recognising_a_key(place):
    """What says it deduplicates shows one letter once; what does not, would show it twice, and is never handed it twice by itself."""
    deliver(place)
    deliver(place)
    assert len(place.arrived()) == (1 if place.courier.deduplicates else 2)


@every
def test_a_courier_names_its_channel_and_how_much_it_bears(place):
    assert place.courier.channel in Channel
    assert place.courier.per_minute is None or place.courier.per_minute > 0


@every
def test_whatever_people_write_arrives_and_breaks_nothing(place):
    evil = "<!all> [点我](http://x) @13800000000\r\nBcc: everybody@example.org\n# 大字 \u2028 😀" + "长" * 3000
    deliver(place, replace(LETTER, title=evil[:300], items=(Item(evil[:300], evil, "/measures/7/"),)))
    assert len(place.arrived()) == 1


@fragile
def test_a_refusal_means_that_nothing_arrived_and_another_attempt_may(place):
    place.refuse()
    with pytest.raises(DeliveryError) as refused:
        deliver(place)
    assert not isinstance(refused.value, UndeliverableError)
    assert place.arrived() == []
    place.recover()
    deliver(place)
    assert len(place.arrived()) == 1


@fragile
def test_silence_after_the_handing_over_is_called_doubtful(place):
    """It did arrive here; a courier that called this a failure would bring about a second one."""
    place.fall_silent()
    with pytest.raises(DoubtfulError):
        deliver(place)
    assert len(place.arrived()) == 1


@fragile
def test_a_server_that_is_not_there_is_a_certain_failure(place):
    place.server.shutdown()
    place.server.server_close()
    with pytest.raises(DeliveryError, match="连接不上"):
        deliver(place)
    place.server = sinks.serve(sinks.RobotSink())  # for the fixture to shut


def test_the_inbox_takes_nothing_for_somebody_who_is_not_there(db):
    Dispatch.objects.create(key="k", title="t", created_at=AT)
    for letter in (replace(LETTER, key="k", to="999999"), replace(LETTER, key="none", to="1"), replace(LETTER, key="k", to="²")):
        with pytest.raises(UndeliverableError):
            Inbox().deliver(letter)


def test_the_console_writes_one_line_that_says_it_all():
    stream = io.StringIO()
    Console(stream).deliver(replace(LETTER, readers=("王工", "李工")))
    assert stream.getvalue() == "[消息] 十月月报被退回　请补充佐证。 见附件。　收件：王工、李工　/measures/7/\n"


def test_the_settings_name_the_couriers_in_use(settings):
    settings.GONGJIAN_COURIERS = ["gongjian.notices.couriers.plain.Console", "gongjian.notices.couriers.mail.Mail"]
    assert {channel: type(courier) for channel, courier in couriers.current().items()} == {Channel.CONSOLE: Console, Channel.EMAIL: Mail}
    settings.GONGJIAN_COURIERS = []
    assert couriers.current() == {}


@pytest.mark.parametrize("name", ["WECOM", "DINGTALK"])
def test_a_robots_address_that_others_could_listen_to_is_refused_without_being_repeated(settings, name):
    path = {"WECOM": "WeCom", "DINGTALK": "DingTalk"}[name]
    settings.GONGJIAN_COURIERS = [f"gongjian.notices.couriers.robots.{path}"]
    for url in ("http://qyapi.example.com/send?key=GEHEIM", "ftp://x/?key=GEHEIM", "GEHEIM", "https:///?key=GEHEIM", "file:///GEHEIM"):
        setattr(settings, f"GONGJIAN_{name}_URL", url)
        with pytest.raises(ImproperlyConfigured, match=f"GONGJIAN_{name}_URL") as refused:
            couriers.current()
        assert "GEHEIM" not in str(refused.value)
    setattr(settings, f"GONGJIAN_{name}_URL", "https://qyapi.example.com/send?key=GEHEIM")
    assert len(couriers.current()) == 1


@pytest.mark.parametrize("gap", [{"key": ""}, {"title": ""}])
def test_a_notice_needs_an_occasion_and_a_title(gap):
    with pytest.raises(ValueError, match="needs a key and a title"):
        Notice(**{"key": "a", "title": "b", "to": (1,), **gap})


@pytest.mark.parametrize("link", ["//evil.example/", "https://evil.example/", "measures/7/", "/\\evil.example", "javascript:alert(1)"])
def test_a_notice_leads_to_this_site_only(link):
    with pytest.raises(ValueError, match="links to a path on this site"):
        Notice("a", "b", link=link)


def test_a_notice_is_for_people_with_an_account_or_an_address():
    assert Notice("a", "b", to=(1, "wang@example.org")).to == (1, "wang@example.org")
    with pytest.raises(ValueError, match="13800000000"):
        Notice("a", "b", to=("13800000000",))


def test_the_kind_of_an_occasion_is_its_key_up_to_the_first_colon():
    assert Notice("report.return:17:3", "t").kind == kind_of("report.return") == "report.return"
