"""The outbox: with the change, after the commit, once, and again where it failed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from gongjian.notices import couriers
from gongjian.notices.actions import MOST_ATTEMPTS, deliver_waiting, send
from gongjian.notices.courier import DeliveryError, Notice
from gongjian.notices.models import Dispatch

AT = datetime(2020, 10, 31, 2, 0, tzinfo=UTC)
NOTICE = Notice("report.returned:17:3", "十月月报被退回", "请补充佐证。", (3, "wang@example.org"), "/measures/A1.1/", "plans.report:17")


class Broken:
    """A courier whose bicycle is broken."""

    tried = 0

    def deliver(self, notice):  # noqa: ARG002 - the port's signature
        self.tried += 1
        msg = "链条断了"
        raise DeliveryError(msg)


@pytest.fixture
def courier(db, monkeypatch):
    """Where every notice goes."""
    memory = couriers.Memory()
    monkeypatch.setattr(couriers, "current", lambda: memory)
    return memory


@pytest.fixture
def broken(db, monkeypatch):
    courier = Broken()
    monkeypatch.setattr(couriers, "current", lambda: courier)
    return courier


def test_a_notice_goes_out_after_the_commit_and_not_before(courier, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert send(NOTICE, at=AT)
        assert courier.delivered == []
    assert courier.delivered == [NOTICE]
    assert Dispatch.objects.get().delivered_at == AT


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_sends_nothing(courier):
    with transaction.atomic():
        send(NOTICE, at=AT)
        transaction.set_rollback(True)
    assert courier.delivered == []
    assert not Dispatch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_committed_sends_it(courier):
    with transaction.atomic():
        send(NOTICE, at=AT)
    assert courier.delivered == [NOTICE]


def test_one_occasion_is_told_once(courier, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert [send(NOTICE, at=AT), send(NOTICE, at=AT)] == [True, False]
    assert courier.delivered == [NOTICE]


def test_nobody_to_tell_is_no_notice(courier, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert not send(Notice("k", "t"), at=AT)
    assert not Dispatch.objects.exists()


def test_a_courier_that_fails_breaks_nothing_and_is_tried_again(broken, monkeypatch, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert send(NOTICE, at=AT)
    dispatch = Dispatch.objects.get()
    assert (dispatch.delivered_at, dispatch.attempts, dispatch.trouble) == (None, 1, "链条断了")
    memory = couriers.Memory()
    monkeypatch.setattr(couriers, "current", lambda: memory)
    later = AT + timedelta(minutes=5)
    assert deliver_waiting(at=later) == 1
    dispatch.refresh_from_db()
    assert (dispatch.delivered_at, dispatch.attempts, dispatch.trouble) == (later, 2, "")
    assert memory.delivered == [NOTICE]
    assert deliver_waiting(at=later) == 0


def test_a_notice_that_never_arrives_is_given_up_after_some_attempts_and_kept(broken, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(NOTICE, at=AT)
    for _ in range(MOST_ATTEMPTS + 3):
        assert deliver_waiting(at=AT) == 0
    assert broken.tried == MOST_ATTEMPTS
    assert Dispatch.objects.get().delivered_at is None


def test_a_title_of_any_length_is_kept_whole(courier, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(Notice("k", "退" * 5000, to=(1,)), at=AT)
    assert len(courier.delivered[0].title) == 5000
