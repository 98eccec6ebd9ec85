"""Several workers at one outbox at the same moment: each letter goes once."""

import threading
import time
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connections

from gongjian.notices.actions import deliver_waiting, send
from gongjian.notices.channels import Channel
from gongjian.notices.courier import Notice
from gongjian.notices.couriers.plain import Memory
from gongjian.notices.models import Delivery, DeliveryState

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2020, 10, 30, 2, 0, tzinfo=UTC)
WORKERS = 4


@pytest.fixture(autouse=True)
def database_of_several(transactional_db, tmp_path):
    """The tests' SQLite lives in memory, where a second connection fails instead of waiting: here it is a file, as it is in use."""
    standing = connections["default"]
    if standing.vendor != "sqlite":
        yield
        return
    name, path = standing.settings_dict["NAME"], tmp_path / "several.sqlite3"
    with standing.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    del connections["default"]
    connections.settings["default"]["NAME"] = str(path)
    yield
    connections["default"].close()
    connections.settings["default"]["NAME"] = name
    connections["default"] = standing


class Slow(Memory):
    """Takes long enough for the others to come in between, and as many copies as it is handed."""

    deduplicates = False

    def deliver(self, letter):
        time.sleep(0.005)
        self.delivered.append(letter)


class Counted(Slow):
    per_minute = 20


def at_once(number, act):
    ready, went_wrong = threading.Barrier(number), []

    def run():
        ready.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 - what it was is what is asserted
            went_wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert went_wrong == []


def test_several_workers_deliver_each_letter_once(use, person):
    courier = use(Slow(Channel.EMAIL))
    wang = person("wang")
    for number in range(24):
        send(Notice(f"a.kind{number}:1", f"第{number}条", to=(wang.pk,)), at=AT)
    at_once(WORKERS, lambda: deliver_waiting(now=lambda: AT))
    assert Counter(letter.title for letter in courier.delivered) == {f"第{number}条": 1 for number in range(24)}
    assert Delivery.objects.filter(channel=Channel.EMAIL, state=DeliveryState.DELIVERED, attempts=1).count() == 24


def test_several_workers_together_keep_to_what_a_robot_bears(use, person):
    courier = use(Counted(Channel.DINGTALK))
    wang = person("wang")
    for number in range(40):
        send(Notice(f"a.kind{number}:1", f"第{number}条", to=(wang.pk,)), at=AT)
    at_once(WORKERS, lambda: deliver_waiting(now=lambda: AT))
    assert len(courier.delivered) == 20


def test_one_occasion_told_by_two_at_once_is_told_once(use, person):
    use(Slow(Channel.EMAIL))
    wang = person("wang")
    told = []
    at_once(2, lambda: told.append(send(Notice("a.b:1", "t", to=(wang.pk,)), at=AT)))
    assert sorted(told) == [False, True]
    assert Delivery.objects.count() == 2  # inbox and e-mail
