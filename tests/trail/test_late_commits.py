"""PostgreSQL gives out ids before transactions commit; no late one may escape the seal or a reader."""

import random
import time
from contextlib import contextmanager
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection, transaction
from trail.moments import START

from gongjian.trail import actions
from gongjian.trail.actions import record, seal
from gongjian.trail.models import Event
from gongjian.trail.queries import events_after, verify
from gongjian.trail.subjects import Subject

pytestmark = pytest.mark.django_db(transaction=True)


def _record(verb):
    return record(verb, Subject("plans.report", "1"), by=None, at=START)


def _apart(work):
    """Run ``work`` in a thread with a connection of its own."""

    def _run():
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=_run)
    thread.start()
    return thread


@contextmanager
def _under_way(verb):
    """An event that has its id and is not committed until the block ends."""
    begun, end = Signal(), Signal()

    def _work():
        with transaction.atomic():
            _record(verb)
            begun.set()
            end.wait(10)

    thread = _apart(_work)
    begun.wait(10)
    try:
        yield
    finally:
        end.set()
        thread.join()


def _commit(verb):
    with transaction.atomic():
        return _record(verb)


def test_a_reader_waits_at_the_gap_a_late_commit_will_fill():
    first = _commit("one")
    with _under_way("two"):
        _commit("three")
        assert events_after(first.id, 10) == []
    assert [event.verb for event in events_after(first.id, 10)] == ["two", "three"]


def test_a_reader_is_given_what_stands_before_the_gap():
    first = _commit("one")
    _commit("two")
    with _under_way("three"):
        _commit("four")
        assert [event.verb for event in events_after(first.id, 10)] == ["two"]


def test_the_seal_stops_at_the_gap_and_takes_the_late_one_next_time(monkeypatch):
    monkeypatch.setattr(actions, "PATIENCE", 0.1)
    _commit("one")
    seal(now=START)
    _commit("two")
    with _under_way("three"):
        _commit("four")
        assert seal(now=START).count == 1
    assert seal(now=START).count == 2
    assert verify().ok


def test_a_gap_left_by_a_rollback_holds_nobody_up():
    _commit("one")
    with transaction.atomic():
        _record("never")
        transaction.set_rollback(True)
    _commit("three")
    assert [event.verb for event in events_after(0, 10)] == ["one", "three"]
    assert seal(now=START).count == 2
    assert verify().ok


def test_writers_do_not_queue_on_the_seal():
    """A seal that waits for one writer lets every other writer through."""
    with _under_way("slow"):
        _commit("one")
        sealer = _apart(lambda: seal(now=START))
        time.sleep(0.1)
        before = time.monotonic()
        _commit("two")
        assert time.monotonic() - before < 0.5
        assert sealer.is_alive()
    sealer.join()


def test_among_many_writers_a_reader_misses_nothing_and_reads_in_order():
    stop = Signal()
    seen = []

    def _write(seed):
        chance = random.Random(seed)  # noqa: S311 - the same mess every time
        for _ in range(25):
            with transaction.atomic():
                _record(f"w{seed}")
                time.sleep(chance.random() * 0.004)
                if chance.random() < 0.2:
                    transaction.set_rollback(True)

    def _read():
        while not stop.is_set():
            seen.extend(event.id for event in events_after(seen[-1] if seen else 0, 20))

    def _seal():
        while not stop.is_set():
            seal(now=START)

    others = [_apart(_read), _apart(_seal)]
    for writer in [_apart(lambda seed=seed: _write(seed)) for seed in range(4)]:
        writer.join()
    time.sleep(0.1)
    stop.set()
    for other in others:
        other.join()
    seen.extend(event.id for event in events_after(seen[-1], 1000))
    assert seen == list(Event.objects.order_by("id").values_list("id", flat=True))
    seal(now=START)
    assert (verify().ok, verify().unsealed) == (True, 0)
