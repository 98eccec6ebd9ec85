"""Whoever tampers is found, and the first event tampered with is named."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trail.moments import START

from gongjian.trail import actions, triggers
from gongjian.trail.actions import record, seal
from gongjian.trail.leaves import pack, unpack
from gongjian.trail.models import CONTENT, Batch, Event
from gongjian.trail.queries import head, verify
from gongjian.trail.subjects import Subject

LIES = {  # for every field of an event, something it never said
    "at": "2020-01-01 00:00:00",
    "actor_id": 99,
    "actor_label": "别人",
    "verb": "report.accepted",
    "subject_type": "plans.measure",
    "subject_id": "18",
    "subject_label": "另一份",
    "before": '{"state": "none"}',
    "after": '{"state": "accepted"}',
    "note": "改过的说明",
    "digest": "f" * 64,
}
UPDATE = "UPDATE trail_event SET {field} = %s WHERE id = %s"


@pytest.fixture
def log(write, monkeypatch):
    """Eight events in batches of three, the last two not sealed."""
    monkeypatch.setattr(actions, "BATCH_SIZE", 3)
    events = write(6)
    seal(now=START)
    return [*events, *write(2)]


def test_an_honest_log_passes_and_is_counted(log):
    result = verify()
    assert (result.ok, result.events, result.batches, result.unsealed) == (True, 8, 2, 2)
    assert result.head == head().digest
    assert result.first_bad is None


def test_an_empty_log_passes(db):
    assert (verify().ok, verify().events, verify().head) == (True, 0, "")


def test_every_field_has_its_lie():
    assert set(LIES) == {*CONTENT, "digest"} == {field.attname for field in Event._meta.fields} - {"id"}


@pytest.mark.parametrize("field", LIES)
@pytest.mark.parametrize("number", [0, 4, 7])
def test_a_changed_field_of_any_event_is_found_and_named(log, cheat, field, number):
    cheat(UPDATE.format(field=field), LIES[field], log[number].id)
    result = verify()
    assert not result.ok
    assert result.first_bad.event == log[number].id
    assert f"第{log[number].id}号事件" in str(result.first_bad)
    assert str(result.first_bad).endswith("已被改动。")


GARBAGE = {
    "sqlite": [
        ("at", "never"),
        ("at", "2020-13-45 99:99:99"),
        ("before", "1e999"),
        ("after", "[" * 900 + "]" * 900),
        ("actor_id", "seven"),
        ("note", b"\xff"),
    ],
    "postgresql": [
        ("at", "infinity"),
        ("before", '{"big": 1e5000}'),
        ("after", '"' + "[" * 10 + '"'),
        ("actor_id", -1),
        ("note", ""),
        ("digest", ""),
    ],
}


@pytest.mark.parametrize("choice", range(6))
def test_a_row_made_unreadable_is_named_like_any_other(log, cheat, choice):
    field, rubbish = GARBAGE[connection.vendor][choice]
    cheat(UPDATE.format(field=field), rubbish, log[4].id)
    result = verify()
    assert (result.ok, result.first_bad.event) == (False, log[4].id)


def test_of_several_the_first_is_named(log, cheat):
    for number in (5, 1, 3):
        cheat(UPDATE.format(field="note"), "改过", log[number].id)
    assert verify().first_bad.event == log[1].id


@pytest.mark.parametrize("number", [0, 2, 3, 5])
def test_an_event_rewritten_together_with_its_own_digest_is_named(log, cheat, number):
    event = Event.objects.get(pk=log[number].pk)
    event.note = "改过"
    cheat(UPDATE.format(field="note"), event.note, event.id)
    cheat(UPDATE.format(field="digest"), event.content_digest(), event.id)
    result = verify()
    assert result.first_bad.event == event.id
    assert "连同自身摘要" in str(result.first_bad)


@pytest.mark.parametrize("number", [0, 2, 3, 5])
def test_a_deleted_event_is_named(log, cheat, number):
    cheat("DELETE FROM trail_event WHERE id = %s", log[number].id)
    assert verify().first_bad.event == log[number].id
    assert "缺失" in str(verify().first_bad)


def test_two_swapped_events_are_found_at_the_first(log, cheat):
    first, second = log[1].id, log[4].id
    for old, new in ((first, -1), (second, first), (-1, second)):
        cheat("UPDATE trail_event SET id = %s WHERE id = %s", new, old)
    assert verify().first_bad.event == first


@pytest.mark.parametrize("place", ["before all", "in a gap"])
def test_an_event_put_in_afterwards_is_named(write, cheat, place):
    events = write(4)
    cheat("DELETE FROM trail_event WHERE id = %s", events[1].id)  # ids may have gaps; nobody may fill them later
    seal(now=START)
    false = Event.objects.get(pk=events[2].pk)
    false.pk, false._state.adding = (-1 if place == "before all" else events[1].id), True
    false.save()
    assert verify().first_bad.event == false.pk
    assert "插入" in str(verify().first_bad)


BATCH_LIES = {"first_id": -5, "last_id": 10_000, "count": 2, "previous": "e" * 64, "sealed_at": "2020-01-01 00:00:00", "digest": "e" * 64}


@pytest.mark.parametrize("field", BATCH_LIES)
@pytest.mark.parametrize("sequence", [1, 2])
def test_a_changed_batch_is_named(log, cheat, field, sequence):
    cheat(f"UPDATE trail_batch SET {field} = %s WHERE sequence = %s", BATCH_LIES[field], sequence)  # noqa: S608 - a cheat's own words
    assert (verify().first_bad.batch, verify().first_bad.event) == (sequence, None)
    assert f"第{sequence}批" in str(verify().first_bad)


@pytest.mark.parametrize("leaves", [b"", b"rubbish", bytes(120)])
def test_spoilt_leaves_are_found(log, cheat, leaves):
    cheat("UPDATE trail_batch SET leaves = %s WHERE sequence = %s", leaves, 1)
    assert verify().first_bad.batch == 1


def test_an_event_and_its_place_in_the_batch_rewritten_together_break_the_batch(log, cheat):
    _rewrite(log[1], cheat)
    assert verify().first_bad.batch == 1


def test_an_event_and_its_whole_batch_rewritten_together_break_the_chain_there(log, cheat):
    _rewrite(log[1], cheat)
    cheat("UPDATE trail_batch SET digest = %s WHERE sequence = %s", Batch.objects.get(sequence=1).content_digest(), 1)
    assert (verify().first_bad.batch, verify().first_bad.event) == (1, None)


def test_a_missing_batch_is_named(log, cheat):
    cheat("DELETE FROM trail_batch WHERE sequence = %s", 1)
    assert "第1批封存缺失" in str(verify().first_bad)


def test_a_log_rewritten_to_its_head_is_found_by_a_digest_kept_elsewhere(log, cheat):
    kept = head().digest
    assert verify(expect_head=f" {kept.upper()} ").ok
    _rewrite(log[4], cheat, sequence=2)
    cheat("UPDATE trail_batch SET digest = %s WHERE sequence = %s", Batch.objects.get(sequence=2).content_digest(), 2)
    assert verify().ok
    assert "另行保管" in str(verify(expect_head=kept).first_bad)


def test_a_cut_off_end_is_found_by_a_digest_kept_elsewhere(log, cheat):
    kept = head().digest
    cheat("DELETE FROM trail_batch WHERE sequence = %s", 2)
    for event in log[3:]:
        cheat("DELETE FROM trail_event WHERE id = %s", event.id)
    assert verify().ok
    assert not verify(expect_head=kept).ok


def test_a_digest_kept_earlier_still_anchors_the_log_when_it_has_grown(log, write):
    kept = head().digest
    write(3)
    seal(now=START)
    assert head().digest != kept
    assert verify(expect_head=kept).ok


def test_the_check_holds_one_batch_at_a_time(log, write, django_assert_max_num_queries):
    """Its queries grow with the batches, not with the events."""
    with django_assert_max_num_queries(2 * 2 + 1 + 2):
        assert verify().ok


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    count=st.integers(1, 12),
    size=st.integers(1, 5),
    sealed=st.booleans(),
    data=st.data(),
)
def test_wherever_a_lie_stands_its_event_is_named(monkeypatch, count, size, sealed, data):
    with transaction.atomic():
        monkeypatch.setattr(actions, "BATCH_SIZE", size)
        events = [record("x.happened", Subject("x.thing", str(n)), by=None, at=START, after={"n": n}) for n in range(count)]
        if sealed:
            seal(now=START)
        assert verify().ok
        event = data.draw(st.sampled_from(events))
        field = data.draw(st.sampled_from(sorted(LIES)))
        triggers.remove(connection)
        with connection.cursor() as cursor:
            cursor.execute(UPDATE.format(field=field), [LIES[field], event.id])
        assert verify().first_bad.event == event.id
        transaction.set_rollback(True)


def _rewrite(event, cheat, sequence=1):
    """Change an event, its digest, and its leaf."""
    event = Event.objects.get(pk=event.pk)
    event.note = "改过"
    digest = event.content_digest()
    cheat(UPDATE.format(field="note"), event.note, event.id)
    cheat(UPDATE.format(field="digest"), digest, event.id)
    batch = Batch.objects.get(sequence=sequence)
    leaves = pack((number, digest if number == event.id else old) for number, old in unpack(bytes(batch.leaves)))
    cheat("UPDATE trail_batch SET leaves = %s WHERE sequence = %s", leaves, sequence)
