"""Sealing events in chained batches."""

import pytest
from trail.moments import START

from gongjian.trail import actions
from gongjian.trail.actions import seal
from gongjian.trail.leaves import LEAF, pack, unpack
from gongjian.trail.models import NO_BATCH, Batch
from gongjian.trail.queries import head, verify


def test_nothing_to_seal_makes_no_batch(db):
    assert seal(now=START) is None
    assert head() is None


def test_each_batch_takes_up_where_the_last_one_ended(write):
    first_events = write(3)
    first = seal(now=START)
    second_events = write(2)
    second = seal(now=START)
    assert (first.sequence, first.first_id, first.last_id, first.count) == (1, first_events[0].id, first_events[-1].id, 3)
    assert (second.sequence, second.first_id, second.last_id, second.count) == (2, second_events[0].id, second_events[-1].id, 2)
    assert (first.previous, second.previous) == (NO_BATCH, first.digest)
    assert head() == second


def test_many_events_are_sealed_in_batches_of_a_thousand_at_most(write, monkeypatch):
    monkeypatch.setattr(actions, "BATCH_SIZE", 3)
    write(8)
    assert seal(now=START).sequence == 3
    assert [batch.count for batch in Batch.objects.all()] == [3, 3, 2]
    assert seal(now=START) is None
    assert (verify().events, verify().unsealed) == (8, 0)


def test_a_second_sealer_who_comes_too_late_leaves_it_to_the_first(write, monkeypatch):
    """Both saw the same head; the chain has room for one."""
    write(2)
    really_pack = actions.pack

    def _be_overtaken(events):
        monkeypatch.setattr(actions, "pack", really_pack)
        assert seal(now=START)
        return really_pack(events)

    monkeypatch.setattr(actions, "pack", _be_overtaken)
    assert seal(now=START) is None
    assert Batch.objects.count() == 1
    assert verify().ok


def test_an_event_whose_digest_was_made_nonsense_before_sealing_is_sealed_and_then_named(write, cheat):
    """A cheat must not be able to stop the seal for everybody else."""
    events = write(3)
    cheat("UPDATE trail_event SET digest = 'nonsense' WHERE id = %s", events[1].id)
    assert seal(now=START).count == 3
    assert verify().first_bad.event == events[1].id


def test_leaves_are_forty_bytes_each_and_read_back():
    events = [(1, "ab" * 32), (2**40, "00" * 32)]
    assert list(unpack(pack(events))) == events
    assert LEAF.size == 40
    with pytest.raises(ValueError, match="leaves"):
        unpack(b"too short")
