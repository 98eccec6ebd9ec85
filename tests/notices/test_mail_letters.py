"""E-mail as a mail server sees it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sinks

from gongjian.notices.courier import DeliveryError, DoubtfulError, Item, Letter, UndeliverableError
from gongjian.notices.couriers.mail import Mail

AT = datetime(2020, 10, 30, 2, 0, tzinfo=UTC)
LETTER = Letter("email-17", "wang@example.org", "十月月报被退回", (Item("十月月报被退回", "请补充。", "/measures/7/"),), ("王工",), AT)


@pytest.fixture
def server(settings):
    sink = sinks.serve(sinks.MailSink())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = sink.server_address
    yield sink
    sink.shutdown()
    sink.server_close()


@pytest.fixture
def mail():
    return Mail("攻坚 <gongjian@example.gov.cn>", "https://gongjian.example")


def test_it_says_from_whom_to_whom_when_and_which(server, mail):
    mail.deliver(LETTER)
    (message,) = server.messages
    assert message["Subject"].strip() == "【攻坚】十月月报被退回"
    assert message["From"] == "攻坚 <gongjian@example.gov.cn>"
    assert message["To"] == "wang@example.org"
    assert message["Message-ID"] == "<email-17@example.gov.cn>"
    assert message["Date"].datetime == AT
    assert message["Auto-Submitted"] == "auto-generated"
    assert "https://gongjian.example/measures/7/" in message.get_content()


def test_an_urgent_one_says_so_and_a_digest_lists_all(server, mail):
    items = tuple(Item(f"第{number}条", link=f"/measures/{number}/") for number in range(7))
    mail.deliver(replace(LETTER, title="7 条消息：第0条等", items=items, urgent=True))
    (message,) = server.messages
    assert message["Subject"].strip() == "【攻坚】【紧急】7 条消息：第0条等"
    text = "\n".join(message.get_content().splitlines())
    assert all(f"第{number}条\nhttps://gongjian.example/measures/{number}/" in text for number in range(7))


def test_a_title_with_line_ends_makes_no_headers_of_its_own(server, mail):
    mail.deliver(replace(LETTER, title="退回\r\nBcc: everybody@example.org"))
    (message,) = server.messages
    assert message["Bcc"] is None
    assert message["Subject"].strip() == "【攻坚】退回 Bcc: everybody@example.org"


@pytest.mark.parametrize("to", ["", "wang", "wang@", "wang@example.org\nBcc: x@example.org"])
def test_what_is_no_address_is_given_up_at_once(server, mail, to):
    with pytest.raises(UndeliverableError, match="没有可用的电子邮件地址"):
        mail.deliver(replace(LETTER, to=to))
    assert server.kept == []


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"RCPT": "550 no such user"}, UndeliverableError),
        ({"RCPT": "451 greylisted"}, DeliveryError),
        ({"MAIL": "550 not you"}, UndeliverableError),
        ({"MAIL": "421 busy"}, DeliveryError),
        ({"taken": "554 spam"}, UndeliverableError),
        ({"taken": "452 disk full"}, DeliveryError),
        ({"DATA": "451 later"}, DeliveryError),
        ({"greeting": "421 closed"}, DeliveryError),
        ({"greeting": None}, DeliveryError),
        ({"taken": None}, DoubtfulError),
    ],
    ids=str,
)
def test_what_the_server_says_decides_whether_it_is_tried_again(server, mail, answers, error):
    server.answers = answers
    with pytest.raises((DeliveryError, DoubtfulError)) as raised:
        mail.deliver(LETTER)
    assert type(raised.value) is error
