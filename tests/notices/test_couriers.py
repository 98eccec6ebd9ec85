"""One contract for every courier there is."""

import inspect
import io

import pytest

from gongjian.notices import couriers
from gongjian.notices.courier import Notice, Receipt

COURIERS = [
    courier
    for name, courier in inspect.getmembers(couriers, inspect.isclass)
    if hasattr(courier, "deliver") and name not in {"Courier", "_Once"}
]
NOTICE = Notice(
    "report.returned:17:3", "十月月报被退回", "请补充佐证。\n见附件。", (3, 5, "wang@example.org"), "/measures/A1.1/", "plans.report:17"
)


def test_every_courier_is_tried():
    assert {courier.__name__ for courier in COURIERS} == {"Console", "Memory", "Null"}


@pytest.fixture(params=COURIERS, ids=lambda courier: courier.__name__)
def courier(request):
    return request.param()


def test_a_courier_says_to_how_many_it_delivered(courier):
    assert courier.deliver(NOTICE) == Receipt(NOTICE.key, 3)


def test_a_courier_delivers_one_key_once(courier):
    courier.deliver(NOTICE)
    assert courier.deliver(NOTICE) == Receipt(NOTICE.key, 0, repeated=True)


def test_another_key_is_another_notice(courier):
    courier.deliver(NOTICE)
    assert courier.deliver(Notice("report.returned:17:4", "又被退回", to=(3,))) == Receipt("report.returned:17:4", 1)


def test_a_courier_remembers_without_end_to_its_memory(courier, monkeypatch):
    monkeypatch.setattr(couriers, "REMEMBERED", 2)
    for number in range(5):
        courier.deliver(Notice(str(number), "x", to=(1,)))
    assert len(courier._keys) == 2
    assert courier.deliver(Notice("4", "x", to=(1,))).repeated


def test_the_console_writes_one_line_that_says_it_all():
    stream = io.StringIO()
    courier = couriers.Console(stream)
    courier.deliver(NOTICE)
    courier.deliver(NOTICE)
    assert stream.getvalue() == "[消息] 十月月报被退回　请补充佐证。 见附件。　收件：用户3、用户5、wang@example.org　/measures/A1.1/\n"


def test_memory_keeps_what_it_delivered():
    courier = couriers.Memory()
    courier.deliver(NOTICE)
    courier.deliver(NOTICE)
    assert courier.delivered == [NOTICE]


def test_the_settings_name_the_courier_and_it_stays_the_same_one(settings):
    settings.GONGJIAN_COURIER = "gongjian.notices.couriers.Memory"
    assert isinstance(couriers.current(), couriers.Memory)
    assert couriers.current() is couriers.current()


def test_without_a_word_in_the_settings_it_is_the_console(settings):
    del settings.GONGJIAN_COURIER
    assert isinstance(couriers.current(), couriers.Console)


@pytest.mark.parametrize("gap", [{"key": ""}, {"title": ""}])
def test_a_notice_needs_an_occasion_and_a_title(gap):
    with pytest.raises(ValueError, match="needs a key and a title"):
        Notice(**{"key": "a", "title": "b", "to": (1,), **gap})
