"""Recording events."""

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from trail.moments import START

from gongjian.trail.actions import Change, record, record_many
from gongjian.trail.canonical import plain
from gongjian.trail.models import Batch, Event
from gongjian.trail.queries import events_after, history
from gongjian.trail.subjects import Subject

REPORT = Subject("plans.report", "17", "A1.1 十月月报")
NUMBERS = st.integers(-(2**70), 2**70) | st.floats() | st.decimals()
SCALARS = st.none() | st.booleans() | NUMBERS | st.text() | st.dates() | st.datetimes()
THINGS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4), max_leaves=12
)


class State(StrEnum):
    DRAFT = "draft"


def test_an_event_says_who_when_what_before_and_after(write, wang):
    (event,) = write()
    event.refresh_from_db()
    assert (event.actor_id, event.actor_label, event.at, event.verb) == (7, "王经办", START, "report.submitted")
    assert (event.subject_type, event.subject_id, event.subject_label) == ("plans.report", "17", "A1.1 十月月报")
    assert (event.before, event.after, event.note) == ({"state": "draft"}, {"state": "submitted"}, "首报")


def test_recording_costs_one_insert(write, django_assert_num_queries):
    with django_assert_num_queries(1):
        write()


def test_many_events_cost_one_insert_and_keep_their_order(db, wang, django_assert_num_queries):
    with django_assert_num_queries(1):
        events = record_many((Change("measure.added", Subject("plans.measure", str(n))) for n in range(60)), by=wang, at=START)
    assert [event.subject_id for event in Event.objects.all()] == [str(n) for n in range(60)]
    assert all(event.id for event in events)


def test_what_nobody_did_the_system_did(db):
    event = record("calendar.seeded", REPORT, by=None, at=START)
    assert (event.actor_id, event.actor_label) == (None, "系统")


def test_a_saved_row_is_named_by_its_type_id_and_words(write):
    (about,) = write()
    event = record("event.quoted", about, by=None, at=START)
    assert (event.subject_type, event.subject_id, event.subject_label) == ("trail.event", str(about.pk), str(about))


def test_an_unsaved_row_cannot_be_a_subject(db):
    with pytest.raises(ValueError, match="unsaved"):
        record("batch.made", Batch(), by=None, at=START)


def test_a_moment_without_a_time_zone_is_refused(db):
    with pytest.raises(ValueError, match="time zone"):
        record("report.submitted", REPORT, by=None, at=datetime(2020, 10, 31))  # noqa: DTZ001 - the point


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused_since_the_change_could_be_lost_without_it():
    with pytest.raises(RuntimeError, match="transaction"):
        record("report.submitted", REPORT, by=None, at=START)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_no_event():
    with transaction.atomic():
        record("report.submitted", REPORT, by=None, at=START)
        transaction.set_rollback(True)
    assert not Event.objects.exists()


@pytest.mark.django_db
@given(before=THINGS, after=THINGS, note=st.text())
def test_whatever_is_recorded_reads_back_with_the_digest_it_was_given(before, after, note):
    with transaction.atomic():
        written = record("anything.happened", REPORT, by=None, at=START, before=before, after=after, note=note)
        stored = Event.objects.get(pk=written.pk)
        assert stored.digest == stored.content_digest() == written.digest
        assert (stored.before, stored.after) == (written.before, written.after)
        transaction.set_rollback(True)


@given(THINGS)
def test_a_plain_form_is_json_and_is_its_own_plain_form(thing):
    form = plain(thing)
    assert plain(json.loads(json.dumps(form, allow_nan=False))) == form


def test_dates_decimals_enums_and_sets_have_one_spelling():
    form = plain({"day": date(2020, 3, 29), "value": Decimal("38.50"), "state": State.DRAFT, "keys": {"b", "a"}, 3: 2.0})
    assert json.dumps(form) == '{"day": "2020-03-29", "value": "38.50", "state": "draft", "keys": ["a", "b"], "3": 2}'


def test_the_same_moment_in_another_time_zone_has_the_same_digest(db):
    here = START.astimezone(timezone(timedelta(hours=8)))
    assert here != START.replace(tzinfo=None)
    digests = {record("report.submitted", REPORT, by=None, at=moment).digest for moment in (START, here)}
    assert len(digests) == 1


def test_the_history_of_things_is_theirs_alone_newest_first_and_limited(write, wang):
    write(3)
    other = record("measure.added", Subject("plans.measure", "17"), by=wang, at=START + timedelta(hours=1))
    record("measure.added", Subject("plans.measure", "18"), by=wang, at=START)
    assert [event.at.minute for event in history(REPORT)] == [2, 1, 0]
    both = history(REPORT, Subject("plans.measure", "17"), limit=3)
    assert [event.id for event in both] == [other.id, *(event.id for event in history(REPORT, limit=2))]


def test_a_cursor_reads_each_event_once_in_order(write):
    ids = [event.id for event in write(5)]
    first = events_after(0, 3)
    assert [event.id for event in first] == ids[:3]
    assert [event.id for event in events_after(first[-1].id, 3)] == ids[3:]
    assert events_after(ids[-1], 3) == []


def test_a_cursor_can_ask_for_some_verbs_only(write):
    write(2)
    (returned,) = write(1, "report.returned")
    assert events_after(0, 10, verbs={"report.returned"}) == [returned]
