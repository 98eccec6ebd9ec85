"""The outbox: with the change, into every inbox with it, out of the house afterwards, once, and again where it certainly failed."""

import logging

import pytest
from django.db import transaction

from gongjian.notices.actions import deliver_waiting, send
from gongjian.notices.channels import Channel
from gongjian.notices.courier import DeliveryError, Notice, UndeliverableError
from gongjian.notices.couriers.plain import Memory
from gongjian.notices.leases import MOST_ATTEMPTS, pause_after
from gongjian.notices.models import Delivery, DeliveryState, Dispatch
from gongjian.people.actions import save_user


def notice(*to, key="report.return:17:3", **more):
    return Notice(key, "十月月报被退回", "请补充佐证。", to, "/measures/A1.1/", "plans.report:17", **more)


class Broken(Memory):
    """A courier whose bicycle is broken until somebody mends it."""

    broken = True
    tried = 0

    def deliver(self, letter):
        self.tried += 1
        if self.broken:
            msg = "链条断了"
            raise DeliveryError(msg)
        super().deliver(letter)


@pytest.fixture
def broken(use, db):
    return use(Broken(Channel.EMAIL))


def outside():
    return Delivery.objects.exclude(channel=Channel.INBOX).order_by("pk")


def test_every_reader_finds_it_in_the_inbox_at_once_and_nothing_has_left_the_house(memory, person, at):
    wang, li = person("wang"), person("li", email="")
    assert send(notice(wang.pk, li.pk, wang.pk), at=at)
    inboxes = Delivery.objects.filter(channel=Channel.INBOX)
    assert {(one.user, one.state, one.delivered_at, one.read_at) for one in inboxes} == {
        (user, DeliveryState.DELIVERED, at, None) for user in (wang, li)
    }
    assert inboxes.count() == 2
    assert memory.delivered == []


def test_what_waits_is_carried_out_and_noted(memory, person, at, watch):
    wang = person("wang")
    send(notice(wang.pk), at=at)
    assert deliver_waiting(now=watch) == 1
    (letter,) = memory.delivered
    assert (letter.to, letter.title, letter.readers) == ("wang@example.org", "十月月报被退回", ("Wang",))
    delivery = outside().get()
    assert (delivery.state, delivery.delivered_at, delivery.attempts, delivery.trouble) == (DeliveryState.DELIVERED, at, 1, "")
    assert deliver_waiting(now=watch) == 0
    assert len(memory.delivered) == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_tells_nobody(memory, person, at, watch):
    wang = person("wang")
    with transaction.atomic():
        send(notice(wang.pk), at=at)
        transaction.set_rollback(True)
    assert deliver_waiting(now=watch) == 0
    assert memory.delivered == []
    assert not Dispatch.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_carried_out_inside_somebodys_transaction(memory, watch):
    """What was claimed there could be rolled back after it was sent."""
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        deliver_waiting(now=watch)


def test_one_occasion_is_told_once(memory, person, at, watch):
    wang = person("wang")
    assert [send(notice(wang.pk), at=at), send(notice(wang.pk), at=at)] == [True, False]
    deliver_waiting(now=watch)
    assert len(memory.delivered) == 1
    assert Delivery.objects.count() == 2  # inbox and e-mail


def test_nobody_to_tell_is_no_notice(memory, at):
    assert not send(Notice("k", "t"), at=at)
    assert not Dispatch.objects.exists()


def test_somebody_without_an_account_is_told_at_their_address(memory, at, watch):
    assert send(notice("guest@example.org"), at=at)
    assert deliver_waiting(now=watch) == 1
    assert memory.delivered[0].to == "guest@example.org"
    assert memory.delivered[0].readers == ("guest@example.org",)


def test_where_no_courier_could_reach_them_the_log_says_so(use, db, at, caplog):
    use(Memory(Channel.CONSOLE))
    with caplog.at_level(logging.WARNING, "gongjian.notices"):
        send(notice("guest@example.org"), at=at)
    assert "1 addresses not told" in caplog.text


def test_whoever_has_left_is_not_told(memory, person, at, watch):
    """Left before: not even planned. Left meanwhile: given up, and noted why."""
    wang, li = person("wang"), person("li")
    li.is_active = False
    save_user(li, by=None, at=at)
    send(notice(wang.pk, li.pk), at=at)
    assert not Delivery.objects.filter(user=li).exists()
    wang.is_active = False
    save_user(wang, by=None, at=at)
    assert deliver_waiting(now=watch) == 0
    assert memory.delivered == []
    assert (outside().get().state, outside().get().trouble) == (DeliveryState.FAILED, "账号已停用，不再发送。")


def test_a_letter_goes_to_the_address_of_today(memory, person, at, watch):
    wang = person("wang")
    send(notice(wang.pk), at=at)
    wang.email = "wang@new.example.org"
    save_user(wang, by=None, at=at)
    deliver_waiting(now=watch)
    assert memory.delivered[0].to == "wang@new.example.org"


def test_a_courier_that_fails_breaks_nothing_and_is_tried_again_after_a_pause(broken, person, at, watch):
    send(notice(person("wang").pk), at=at)
    assert deliver_waiting(now=watch) == 0
    delivery = outside().get()
    assert (delivery.state, delivery.attempts, delivery.trouble) == (DeliveryState.WAITING, 1, "链条断了")
    assert delivery.next_at == at + pause_after(1)
    broken.broken = False
    assert deliver_waiting(now=watch) == 0  # the pause
    watch.on(minutes=1)
    assert deliver_waiting(now=watch) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.trouble, delivery.delivered_at) == (DeliveryState.DELIVERED, 2, "", watch.moment)


def test_a_letter_that_never_arrives_is_given_up_after_a_night_kept_and_shown(broken, person, at, watch):
    send(notice(person("wang").pk, urgent=True), at=at)  # urgent: no office hours between the attempts
    for _ in range(MOST_ATTEMPTS + 3):
        deliver_waiting(now=watch)
        watch.on(hours=7)
    assert broken.tried == MOST_ATTEMPTS
    delivery = outside().get()
    assert (delivery.state, delivery.trouble) == (DeliveryState.FAILED, "链条断了")


def test_what_can_never_arrive_is_not_tried_again(use, person, at, watch):
    class Nowhere(Memory):
        def deliver(self, letter):  # noqa: ARG002 - the port's signature
            msg = "没有这个地址"
            raise UndeliverableError(msg)

    use(Nowhere(Channel.EMAIL))
    send(notice(person("wang").pk), at=at)
    deliver_waiting(now=watch)
    assert (outside().get().state, outside().get().attempts) == (DeliveryState.FAILED, 1)


def test_a_letter_nobody_takes_does_not_hold_up_the_others(use, person, at, watch):
    class Picky(Memory):
        def deliver(self, letter):
            if letter.to.startswith("bad"):
                msg = "稍后再试"
                raise DeliveryError(msg)
            super().deliver(letter)

    courier = use(Picky(Channel.EMAIL))
    for name in ("bad1", "good1", "bad2", "good2"):
        send(notice(person(name).pk, key=f"a.{name}:1"), at=at)
    assert deliver_waiting(now=watch) == 2
    assert [letter.to for letter in courier.delivered] == ["good1@example.org", "good2@example.org"]


def test_a_courier_that_is_down_is_left_alone_until_the_next_run(broken, person, at, watch):
    for number in range(8):
        send(notice(person(f"p{number}").pk, key=f"a.b{number}:1"), at=at)
    deliver_waiting(now=watch)
    assert broken.tried == 3


def test_a_slow_courier_is_stopped_after_a_while(use, person, at, watch):
    class Slow(Memory):
        def deliver(self, letter):
            watch.on(seconds=15)
            super().deliver(letter)

    courier = use(Slow(Channel.EMAIL))
    for number in range(8):
        send(notice(person(f"p{number}").pk, key=f"a.b{number}:1"), at=at)
    assert deliver_waiting(now=watch) == 3
    assert deliver_waiting(now=watch) == 3
    assert deliver_waiting(now=watch) == 2
    assert len({letter.to for letter in courier.delivered}) == 8


def test_a_title_of_any_length_is_kept_whole(memory, person, at, watch):
    send(Notice("k", "退" * 5000, to=(person("wang").pk,)), at=at)
    deliver_waiting(now=watch)
    assert len(memory.delivered[0].title) == 5000
