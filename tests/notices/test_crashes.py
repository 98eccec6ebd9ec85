"""The program dies between any two steps: nothing is told twice by itself, nothing is lost from sight, and the inbox has it in any case."""

import logging
from datetime import timedelta

import pytest

from gongjian.notices.actions import deliver_waiting, delivering, send, try_again
from gongjian.notices.channels import Channel
from gongjian.notices.courier import DeliveryError, DoubtfulError, Notice
from gongjian.notices.couriers.plain import Memory
from gongjian.notices.leases import LEASE
from gongjian.notices.models import Delivery, DeliveryState
from gongjian.notices.queries import troubled
from gongjian.trail.models import Event


class Died(BaseException):
    """The process is killed: no ``except Exception`` of ours may catch it."""


class Forgetful(Memory):
    """A mail server: takes the same letter as often as it is handed one."""

    deduplicates = False

    def deliver(self, letter):
        self.delivered.append(letter)


BEFORE, WITHIN, AFTER = "claimed, not yet handed over", "handed over, no answer yet", "answered, not yet noted"


@pytest.fixture
def dying(monkeypatch):
    """Die once, at a step; what comes afterwards is another process."""

    def _dying(courier, step):
        lives = iter([True])

        def die_before(act):
            def _act(*words, **more):
                if next(lives, False):
                    raise Died
                return act(*words, **more)

            return _act

        if step == BEFORE:
            monkeypatch.setattr(delivering, "letter_of", die_before(delivering.letter_of))
        elif step == WITHIN:
            hand_over = courier.deliver

            def _deliver(letter):
                hand_over(letter)
                if next(lives, False):
                    raise Died

            monkeypatch.setattr(courier, "deliver", _deliver)
        else:
            monkeypatch.setattr(delivering, "settle_delivered", die_before(delivering.settle_delivered))

    return _dying


@pytest.fixture
def told(person, at):
    """Three people to be told."""
    readers = [person(name) for name in ("wang", "li", "zhao")]
    return lambda: send(Notice("a.b:1", "出事了", to=tuple(user.pk for user in readers), urgent=True), at=at)


def states():
    found = Delivery.objects.exclude(channel=Channel.INBOX).order_by("pk").values_list("state", flat=True)
    return sorted(map(str, found))


@pytest.mark.parametrize("step", [BEFORE, WITHIN, AFTER])
def test_after_a_death_nobody_is_told_twice_and_whoever_may_not_have_been_is_shown(use, told, watch, dying, step, caplog):
    courier = use(Forgetful(Channel.EMAIL))
    told()
    dying(courier, step)
    with pytest.raises(Died):
        deliver_waiting(now=watch)
    assert states() == ["sending", "waiting", "waiting"]
    assert deliver_waiting(now=watch) == 2  # the next process goes on with the others and leaves that one alone
    watch.on(minutes=9)
    assert deliver_waiting(now=watch) == 0
    with caplog.at_level(logging.ERROR, "gongjian.notices"):
        watch.moment += LEASE
        assert deliver_waiting(now=watch) == 0
    assert "1 deliveries by email were broken off" in caplog.text
    assert states() == ["delivered", "delivered", "uncertain"]
    for _ in range(5):
        watch.on(days=1)
        assert deliver_waiting(now=watch) == 0
    addresses = [letter.to for letter in courier.delivered]
    assert len(addresses) == len(set(addresses)) == (2 if step == BEFORE else 3)
    lost = Delivery.objects.get(state=DeliveryState.UNCERTAIN)
    assert "不知是否送达；系统不会自动重发" in lost.trouble
    assert troubled(lost.user) == [lost]


@pytest.mark.parametrize("step", [BEFORE, WITHIN, AFTER])
def test_a_courier_that_recognises_a_key_is_simply_tried_again_and_everybody_is_told_once(use, told, watch, dying, step):
    courier = use(Memory(Channel.EMAIL))
    told()
    dying(courier, step)
    with pytest.raises(Died):
        deliver_waiting(now=watch)
    deliver_waiting(now=watch)
    watch.moment += LEASE
    assert deliver_waiting(now=watch) == 1
    assert states() == ["delivered"] * 3
    assert sorted(letter.to for letter in courier.delivered) == ["li@example.org", "wang@example.org", "zhao@example.org"]


@pytest.mark.parametrize("step", [BEFORE, WITHIN, AFTER])
def test_a_folded_letter_is_tried_again_as_the_same_letter(use, person, at, watch, dying, step):
    """What was due meanwhile goes in another: a courier that knows the key would drop what was slipped in."""
    courier = use(Memory(Channel.EMAIL))
    wang = person("wang", {Channel.EMAIL: {"rhythm": "daily"}})
    for number in range(3):
        send(Notice(f"a.b:{number}", f"第{number}条", to=(wang.pk,)), at=at)
    dying(courier, step)
    watch.on(days=1)
    with pytest.raises(Died):
        deliver_waiting(now=watch)
    send(Notice("a.b:9", "第9条", to=(wang.pk,)), at=watch.moment)
    watch.on(days=1)
    assert deliver_waiting(now=watch) == 4
    assert sorted(len(letter.items) for letter in courier.delivered) == [1, 3]


def test_the_inbox_needs_no_courier_and_no_second_step(use, told, watch, dying):
    courier = use(Forgetful(Channel.EMAIL))
    told()
    dying(courier, BEFORE)
    with pytest.raises(Died):
        deliver_waiting(now=watch)
    assert Delivery.objects.filter(channel=Channel.INBOX, state=DeliveryState.DELIVERED).count() == 3


@pytest.mark.parametrize("error", [DoubtfulError("没有答复"), ZeroDivisionError("our own fault")])
def test_silence_and_a_fault_of_ours_are_doubt_not_failure(use, told, watch, error):
    class Silent(Forgetful):
        def deliver(self, letter):
            super().deliver(letter)
            raise error

    courier = use(Silent(Channel.EMAIL))
    told()
    for _ in range(5):
        deliver_waiting(now=watch)
        watch.on(days=1)
    assert states() == ["uncertain"] * 3
    assert len(courier.delivered) == 3


def test_a_courier_that_comes_back_late_is_believed(use, told, watch):
    """It outlasted its lease and was called uncertain; then it says what it knows."""

    class Late(Forgetful):
        def deliver(self, letter):
            watch.moment += 2 * LEASE
            deliver_waiting(now=watch, limit=0)  # another worker finds the lease run out
            assert "uncertain" in states()
            super().deliver(letter)

    use(Late(Channel.EMAIL))
    told()
    assert deliver_waiting(now=watch) == 1
    assert states() == ["delivered", "waiting", "waiting"]


def test_who_comes_back_after_somebody_else_has_decided_changes_nothing(use, told, watch, administrator):
    """The administrator had it sent again meanwhile, and it arrived; the first bearer's bad news is of another attempt."""

    class Late(Forgetful):
        first = True

        def deliver(self, letter):
            if self.first:
                self.first = False
                watch.moment += 2 * LEASE
                deliver_waiting(now=watch, limit=0)
                try_again(Delivery.objects.get(state=DeliveryState.UNCERTAIN), by=administrator, at=watch.moment)
                assert deliver_waiting(now=watch) == 3
                msg = "坏消息"
                raise DeliveryError(msg)
            super().deliver(letter)

    use(Late(Channel.EMAIL))
    told()
    deliver_waiting(now=watch)
    assert states() == ["delivered"] * 3


def test_an_administrator_may_have_it_sent_again_and_the_log_says_who(use, told, watch, dying, administrator, at):
    courier = use(Forgetful(Channel.EMAIL))
    told()
    dying(courier, BEFORE)
    with pytest.raises(Died):
        deliver_waiting(now=watch)
    watch.on(hours=1)
    deliver_waiting(now=watch)
    lost = Delivery.objects.get(state=DeliveryState.UNCERTAIN)
    key = lost.letter
    try_again(lost, by=administrator, at=watch.moment + timedelta(minutes=1))
    watch.on(minutes=2)
    assert deliver_waiting(now=watch) == 1
    assert states() == ["delivered"] * 3
    assert courier.delivered[-1].key == key  # so that a mail program can tell it for the same
    event = Event.objects.last()
    assert (event.verb, event.actor_label, event.before, event.after) == (
        "delivery.tried_again",
        str(administrator),
        {"state": "uncertain"},
        {"state": "waiting"},
    )
