"""A phone is believed about the time as far as it can be right, and where it is not, that is told."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage import at

from gongjian.fieldwork.moments import SLACK, believed
from gongjian.fieldwork.wording import LONGEST, headline

NOW, WEEK = at(10, 31, 12), timedelta(days=7)


def test_a_draft_written_without_a_network_keeps_its_moment():
    assert believed(at(10, 30, 9), 0, NOW, WEEK).at == at(10, 30, 9)
    assert believed(at(10, 30, 9), 0, NOW, WEEK).doubt == ""


def test_a_clock_that_is_wrong_is_set_right_by_how_far_it_was_off():
    fast = believed(at(10, 31, 14), -3 * 3600, NOW, WEEK)
    assert (fast.at, fast.doubt) == (at(10, 31, 11), "")


def test_a_demonstration_s_day_is_its_own():
    real = datetime.fromisoformat("2026-11-25T11:40:00+08:00")
    ahead = int((NOW - datetime.fromisoformat("2026-11-25T12:00:00+08:00")).total_seconds())
    assert believed(real, ahead, NOW, WEEK).at == at(10, 31, 11, 40)
    late = believed(real + timedelta(hours=8), ahead, NOW, WEEK)  # written in the evening, sent the next real morning: the same day again
    assert late.at == NOW
    assert "2020-10-31 19:40晚于送达时间" in late.doubt


@pytest.mark.parametrize(
    ("moment", "words"),
    [(at(11, 3), "2020-11-03 10:00晚于送达时间"), (at(10, 24, 11, 59), "距送达超过 7 天"), (at(1, 1, year=1970), "距送达超过 7 天")],
)
def test_what_cannot_be_is_not_believed_and_told(moment, words):
    found = believed(moment, 0, NOW, WEEK)
    assert found.at == NOW
    assert words in found.doubt


def test_clocks_that_differ_a_little_are_no_reason_to_doubt():
    assert believed(NOW + SLACK, 0, NOW, WEEK).doubt == ""
    assert believed(NOW - WEEK, 0, NOW, WEEK).at == NOW - WEEK
    assert believed(None, 5, NOW, WEEK).at == NOW


@given(st.datetimes(timezones=st.just(NOW.tzinfo)), st.integers(-(10**12), 10**12))
def test_what_counts_is_never_in_the_future_nor_older_than_is_believed(moment, ahead):
    found = believed(moment, ahead, NOW, WEEK)
    assert NOW - WEEK <= found.at <= NOW


@given(st.text(max_size=200))
def test_a_headline_is_short_and_there_where_there_are_words(words):
    found = headline(words)
    assert len(found) <= LONGEST
    assert bool(found) == bool(words.strip())


def test_a_headline_is_the_first_sentence():
    assert headline("东门内裸土未苫盖。约二百平方米。") == "东门内裸土未苫盖"
    assert headline("  冒黑烟\n车牌看不清 ") == "冒黑烟"
