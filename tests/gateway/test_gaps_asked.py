"""What is missing from a device, and when it is asked for."""

import pytest

from gongjian.gateway.known import Known
from gongjian.gateway.sessions.gaps import GRACE, QUIET, TIMEOUT, Gap, Gaps

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
    gaps.answered(1)
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
    gaps.answered(1)
    assert gaps.next(1, NOW).stream == HOUR
    gaps.answered(1)
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
