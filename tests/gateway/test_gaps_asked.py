"""What is missing from a device, and when it is asked for."""

import pytest

from gongjian.gateway.known import Known
from gongjian.gateway.sessions.gaps import GRACE, QUIET, ROUNDS, TIMEOUT, TRIES, Gaps
from gongjian.gateway.sessions.holes import Gap
from gongjian.protocols.hj212.codes import ExecutionResult, RequestResult
from gongjian.telemetry.fates import Fate

NOON = 1_717_214_400
NOW = (NOON + 86_400) * 1_000_000
DEVICE = Known(1, "A", minute_interval=10)
MINUTE, HOUR = 2051, 2061


@pytest.fixture
def gaps():
    found = Gaps({(1, MINUTE): NOON, (1, HOUR): NOON}, grace=0)
    found.heard(DEVICE, MINUTE, NOON + 3600, NOW)
    return found


def test_nothing_is_asked_of_a_device_that_sends_all():
    gaps = Gaps()
    late = [gaps.heard(DEVICE, MINUTE, NOON + 600 * step, NOW) for step in range(5)]
    assert (late, gaps.wants(1)) == ([False] * 5, False)


def test_a_gap_since_the_last_run_is_seen_by_what_was_stored(gaps):
    assert gaps.next(1, NOW) == Gap(MINUTE, NOON + 600, NOON + 3000)


def test_what_comes_by_itself_within_a_minute_is_not_asked_for():
    """A device that was off the line sends the newest and, one by one, what was not answered."""
    gaps = Gaps({(1, MINUTE): NOON})
    gaps.heard(DEVICE, MINUTE, NOON + 3600, NOW)
    assert gaps.next(1, NOW + GRACE - 1) is None
    assert [gaps.heard(DEVICE, MINUTE, NOON + 600 * step, NOW) for step in (1, 2, 5)] == [True] * 3
    assert gaps.next(1, NOW + GRACE) == Gap(MINUTE, NOON + 1800, NOON + 2400)
    gaps.answered(1, NOW)
    gaps.heard(DEVICE, MINUTE, NOON + 4800, NOW)
    gaps.heard(DEVICE, MINUTE, NOON + 4200, NOW)
    assert gaps.next(1, NOW + 2 * GRACE) is None


def test_one_question_at_a_time_three_tries_ten_seconds_apart(gaps):
    gaps.heard(DEVICE, HOUR, NOON + 4 * 3600, NOW)
    asked = [gaps.next(1, NOW + step * TIMEOUT // 2) for step in range(6)]
    assert [bool(each) for each in asked] == [True, False, True, False, True, False]
    assert gaps.next(1, NOW + 3 * TIMEOUT) is None
    assert gaps.next(1, NOW + 3 * TIMEOUT + QUIET) == Gap(HOUR, NOON + 3600, NOON + 3 * 3600)


def test_an_answer_leads_to_the_next_question_at_once(gaps):
    gaps.heard(DEVICE, HOUR, NOON + 4 * 3600, NOW)
    gaps.next(1, NOW)
    gaps.answered(1, NOW)
    assert gaps.next(1, NOW).stream == HOUR
    gaps.answered(1, NOW)
    assert (gaps.next(1, NOW), gaps.wants(1)) == (None, False)


def test_a_device_at_work_on_the_answer_is_given_time(gaps):
    gaps.next(1, NOW)
    gaps.answering(1, NOW)
    assert gaps.next(1, NOW + 2 * TIMEOUT) is None


def test_long_gaps_are_asked_for_a_day_at_a_time_and_not_for_ever():
    gaps = Gaps({(1, MINUTE): NOON - 400 * 86_400}, grace=0)
    gaps.heard(DEVICE, MINUTE, NOON, NOW)
    first = gaps.next(1, NOW)
    assert first.first == NOW // 1_000_000 - 30 * 86_400
    assert first.last - first.first == 86_400 - 600


def test_who_is_not_to_be_asked_is_not_asked():
    gaps = Gaps({(1, MINUTE): NOON})
    gaps.heard(Known(1, "A", asks_missing=False), MINUTE, NOON + 3600, NOW)
    assert not gaps.wants(1)


def test_a_moment_of_the_far_future_moves_nothing():
    gaps = Gaps({(1, MINUTE): NOON})
    gaps.heard(DEVICE, MINUTE, NOON + 10**9, NOW)
    assert gaps.heard(DEVICE, MINUTE, NOON + 600, NOW) is False
    assert not gaps.wants(1)


def asked_out(gaps, now=NOW):
    """Ask as often as it goes; when it is over, and how many questions that took."""
    questions = 0
    while gaps.wants(1):
        questions += gaps.next(1, now) is not None
        now += TIMEOUT
        assert questions < 100, "asked for ever"
    return questions, now


def fates(gaps):
    return [(note.fate, note.came, note.wanted) for note in gaps.drained()]


def test_who_never_answers_is_asked_three_rounds_and_no_more(gaps):
    assert asked_out(gaps)[0] == ROUNDS * TRIES
    (note,) = gaps.drained()
    assert (note.fate, note.rounds, note.tries, note.came, note.wanted) == (Fate.SILENT, ROUNDS, ROUNDS * TRIES, 0, 5)
    assert note.over_at is not None


def test_a_restart_goes_on_where_it_was_and_begins_no_new_count(gaps):
    """However often the gateway begins anew, a device is asked three rounds, and for what is over never again."""
    questions = 0
    notes = gaps.drained()
    for run in range(10):
        again = Gaps({(1, MINUTE): NOON + 3600}, grace=0, notes=notes)
        questions += again.next(1, NOW + run * QUIET) is not None  # killed after its first question
        notes = again.drained() or notes
    assert questions == ROUNDS
    assert notes[0].fate is Fate.SILENT
    over = Gaps({(1, MINUTE): NOON}, grace=0, notes=notes)
    over.heard(DEVICE, MINUTE, NOON + 3600, NOW)
    assert over.next(1, NOW) is None


def test_what_had_come_before_a_restart_counts_after_it(gaps):
    gaps.next(1, NOW)
    gaps.heard(DEVICE, MINUTE, NOON + 600, NOW)
    again = Gaps({(1, MINUTE): NOON + 3600}, grace=0, notes=gaps.drained())
    assert again.next(1, NOW) == Gap(MINUTE, NOON + 600, NOON + 3000)
    for step in (2, 3, 4, 5):
        again.heard(DEVICE, MINUTE, NOON + 600 * step, NOW)
    again.answered(1, NOW)
    assert fates(again) == [(Fate.CAME, 5, 5)]


@pytest.mark.parametrize(
    ("steps", "said", "fate"),
    [
        ((1, 2, 3, 4, 5), ExecutionResult.DONE, Fate.CAME),
        ((5, 3), ExecutionResult.DONE, Fate.PARTLY),
        ((), ExecutionResult.DONE, Fate.NOTHING),
        ((), ExecutionResult.NO_DATA, Fate.NOTHING),
    ],
)
def test_what_came_is_held_against_what_was_asked_for(gaps, steps, said, fate):
    gaps.next(1, NOW)
    for step in (*steps, *steps):  # sent twice is there once
        gaps.heard(DEVICE, MINUTE, NOON + 600 * step, NOW)
    gaps.answered(1, NOW, said)
    assert fates(gaps) == [(fate, len(steps), 5)]
    assert gaps.next(1, NOW + QUIET) is None


def test_data_that_come_after_the_answer_still_count(gaps):
    gaps.next(1, NOW)
    gaps.answered(1, NOW, ExecutionResult.DONE)
    assert fates(gaps) == [(Fate.NOTHING, 0, 5)]
    gaps.heard(DEVICE, MINUTE, NOON + 1200, NOW)
    assert fates(gaps) == [(Fate.PARTLY, 1, 5)]


def test_a_refusal_is_final_and_a_busy_device_is_asked_later(gaps):
    gaps.next(1, NOW)
    gaps.answered(1, NOW, ExecutionResult.BUSY)
    assert gaps.next(1, NOW + TIMEOUT) is None
    assert gaps.next(1, NOW + QUIET) is not None
    gaps.refused(1, NOW + QUIET, RequestResult.REFUSED)
    assert [(note.fate, note.said) for note in gaps.drained()] == [(Fate.REFUSED, RequestResult.REFUSED)]
    assert gaps.next(1, NOW + 2 * QUIET) is None


def test_what_came_by_itself_is_noted_as_that():
    gaps = Gaps({(1, MINUTE): NOON})
    gaps.heard(DEVICE, MINUTE, NOON + 1800, NOW)
    gaps.heard(DEVICE, MINUTE, NOON + 1200, NOW)
    gaps.heard(DEVICE, MINUTE, NOON + 600, NOW)
    assert fates(gaps) == [(Fate.BY_ITSELF, 2, 2)]
    assert gaps.next(1, NOW + GRACE) is None
