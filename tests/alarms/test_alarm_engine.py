"""Laws of the state machine: what it says is a function of the series alone, however the data came."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.alarms.engine.folding import BAD, GOOD, QUIET, VOID, Episode, Watch, advance, episodes
from gongjian.alarms.engine.limits import LimitLine, limits_at
from gongjian.alarms.engine.matching import Kept, Move, changes, restart
from gongjian.alarms.engine.verdicts import Judged, Sort, judge
from gongjian.standards.quality.series import series_of
from gongjian.telemetry.moments import DAY, OFFSET

P = 60  # seconds
WATCHES = st.tuples(st.integers(1, 4), st.integers(0, 3), st.integers(1, 3)).map(lambda n: Watch(n[0], n[0] + n[1], n[2], P))
PERIODS = st.lists(
    st.tuples(st.integers(1, 60), st.sampled_from([VOID, GOOD, GOOD, BAD, BAD]), st.integers(0, 5)),
    max_size=40,
    unique_by=lambda row: row[0],
).map(sorted)


def arrays(rows):
    labels = np.array([P * row[0] for row in rows], np.int64)
    return labels, np.array([row[1] for row in rows], np.int8), np.array([float(row[2]) for row in rows])


def plainly(rows, watch):
    """The rule said once more, period by period, without any cleverness."""
    found, lasting, counting, good = [], None, [], 0
    for number, verdict, measure in rows:
        label = number * P
        if lasting is None:
            if verdict == BAD:
                counting = [one for one in [*counting, (label, measure)] if label - one[0] < watch.among * P]
                if len(counting) >= watch.need:
                    highest = max(m for _, m in counting)
                    at = next(one for one, m in counting if m == highest)
                    lasting = [counting[0][0] - P, label, label, len(counting), float(highest), at]
                    good = 0
        elif verdict == BAD:
            good, lasting[2], lasting[3] = 0, label, lasting[3] + 1
            if measure > lasting[4]:
                lasting[4], lasting[5] = float(measure), label
        elif verdict == GOOD:
            good += 1
            if good == watch.heal:
                found.append(Episode(*lasting, ended=label))
                lasting, counting = None, []
    return [*found, Episode(*lasting)] if lasting else found


@given(PERIODS, WATCHES)
def test_it_says_what_the_rule_says_plainly(rows, watch):
    assert episodes(*arrays(rows), watch) == plainly(rows, watch)


@given(PERIODS, WATCHES, st.lists(st.integers(0, 40), max_size=6))
def test_fed_in_pieces_it_says_the_same_as_fed_at_once(rows, watch, cuts):
    standing, told = QUIET, []
    places = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    for first, last in pairwise(places):
        labels, verdicts, measures = arrays(rows[first:last])
        standing, ended = advance(standing, labels, verdicts, measures, watch)
        told += ended
    assert [*told, *([standing.lasting] if standing.lasting else [])] == episodes(*arrays(rows), watch)


@given(PERIODS, WATCHES, st.integers(-10_000, 10_000))
def test_it_knows_nothing_of_the_clock(rows, watch, later):
    labels, verdicts, measures = arrays(rows)
    moved = [
        replace(one, begin=one.begin + later, since=one.since + later, last=one.last + later, peak_at=one.peak_at + later)
        for one in episodes(labels, verdicts, measures, watch)
    ]
    moved = [replace(one, ended=None if one.ended is None else one.ended + later) for one in moved]
    assert episodes(labels + later, verdicts, measures, watch) == moved


class Kiosk:
    """Alarms as an installation keeps them, brought up to date after each delivery as the sweep does it."""

    def __init__(self, watch):
        self.watch, self.told, self.kept, self.number = watch, {}, [], 0

    def deliver(self, rows):
        self.told |= {row[0]: row for row in rows}
        if not rows:
            return []
        after = restart(self.kept, P * min(row[0] for row in rows), self.watch)
        known = [row for row in sorted(self.told.values()) if P * row[0] > after]
        moves = changes(self.kept, episodes(*arrays(known), self.watch), after)
        for change in moves:
            self.kept = [one for one in self.kept if one.key != change.key]
            if change.move is not Move.WITHDRAWN:
                self.number += change.key is None
                self.kept.append(Kept(change.key or self.number, change.episode))
            assert sum(one.episode.ended is None for one in self.kept) <= 1, "two of one cause lasted at once"
        return moves

    @property
    def episodes(self):
        return [one.episode for one in sorted(self.kept, key=lambda one: one.episode.begin)]


@given(PERIODS, WATCHES, st.randoms(use_true_random=False), st.integers(1, 6))
def test_in_whatever_order_and_however_often_data_arrive_the_same_alarms_stand_in_the_end(rows, watch, dice, at_once):
    """Late, re-sent and repeated deliveries included: the replay of a day gives the alarms it gave live."""
    arrivals = rows + dice.sample(rows, len(rows) // 3)
    dice.shuffle(arrivals)
    kiosk = Kiosk(watch)
    for start in range(0, len(arrivals), at_once):
        kiosk.deliver(arrivals[start : start + at_once])
    assert kiosk.episodes == episodes(*arrays(rows), watch)
    assert [kiosk.deliver([row]) for row in rows] == [[] for _ in rows], "what was known already changes nothing"


@given(PERIODS, PERIODS, WATCHES)
def test_after_a_correction_what_stands_is_what_the_corrected_series_says(rows, corrections, watch):
    kiosk = Kiosk(watch)
    kiosk.deliver(rows)
    kiosk.deliver(corrections)
    assert kiosk.episodes == episodes(*arrays(sorted(({r[0]: r for r in rows} | {r[0]: r for r in corrections}).values())), watch)


@given(PERIODS, WATCHES)
def test_live_an_alarm_opens_once_and_ends_once(rows, watch):
    kiosk = Kiosk(watch)
    moves = [change for row in rows for change in kiosk.deliver([row])]
    told = episodes(*arrays(rows), watch)
    assert sum(change.move is Move.OPENED for change in moves) == len(told)
    assert sum(change.move is Move.CLEARED for change in moves) == sum(one.ended is not None for one in told)
    assert not any(change.move is Move.WITHDRAWN for change in moves)


def test_a_correction_withdraws_an_alarm_and_joins_two():
    watch = Watch(1, 1, 1, P)
    kiosk = Kiosk(watch)
    kiosk.deliver([(1, BAD, 2), (2, GOOD, 0), (3, BAD, 1)])
    assert len(kiosk.episodes) == 2
    assert [change.move for change in kiosk.deliver([(2, BAD, 5)])] == [Move.WITHDRAWN, Move.UPDATED]
    assert [(one.bad, one.peak, one.peak_at) for one in kiosk.episodes] == [(3, 5.0, 2 * P)]
    kiosk.deliver([(1, GOOD, 0), (2, GOOD, 0), (3, GOOD, 0)])
    assert kiosk.episodes == []


@pytest.mark.parametrize("numbers", [(0, 1, 1, 1), (2, 1, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0)])
def test_a_rule_that_cannot_be_is_refused(numbers):
    with pytest.raises(ValueError, match="no such rule"):
        Watch(*numbers)


def judged(values, *, flags=None, factor="a21026", lower=None, upper=None, period=3600):
    flags = flags or "N" * len(values)
    series = series_of([(period * (n + 1), value, flag) for n, (value, flag) in enumerate(zip(values, flags, strict=True))], period)
    bounds = [np.full(len(values), np.nan if bound is None else bound) for bound in (lower, upper)]
    return Judged(factor, series, *bounds)


def said(sort, *what, **how):
    return "".join(".GB"[one] for one in judge(sort, judged(*what, **how))[0])


def test_only_valid_values_are_over_a_limit_and_the_limit_itself_passes():
    assert said(Sort.OVER, [50, 50.1, 90, 90, None, 10, 0], flags="NNMDNNF", upper=50) == "GB...GG"
    assert said(Sort.OVER, [5.9, 6, 9, 9.1], lower=6, upper=9) == "BGGB"
    assert said(Sort.OVER, [500, 600]) == ".."  # no limit, no verdict
    assert said(Sort.OVER, [0.0, 0.1], upper=0) == "GB"


def test_how_far_beyond_is_a_share_of_the_limit():
    measures = judge(Sort.OVER, judged([60, 100, 3], lower=4, upper=50))[1]
    assert measures.tolist() == pytest.approx([0.2, 1.0, 0.25])


def test_flat_impossible_and_flagged_periods():
    assert said(Sort.FLAT, [5, 5, 5, 6, 6, 6], flags="NNNNMN") == "GBBG.G"
    assert said(Sort.IMPOSSIBLE, [7, 15, -1, 15], flags="NNNM", factor="w01001") == "GBB."
    assert said(Sort.IMPOSSIBLE, [-0.5, -2], upper=50) == "GB"
    assert said(Sort.IMPOSSIBLE, [-0.5]) == "B"
    assert said(Sort.FLAGGED, [1, None, 1, 1, 1], flags="NNMFC") == "GBBGB"
    with pytest.raises(KeyError):
        judge(Sort.OFFLINE, judged([1.0]))


@given(
    st.lists(st.tuples(st.integers(0, 10), st.one_of(st.none(), st.integers(1, 12)), st.integers(1, 99)), max_size=5), st.integers(0, 11)
)
def test_the_limit_of_a_label_is_the_strictest_in_force_on_the_day_its_period_lies_in(lines, day):
    """Tried at the first second of the day, in the middle, and at the midnight it ends with."""
    known = [LimitLine(first, until, None, float(upper)) for first, until, upper in lines]
    begin = day * DAY - OFFSET
    labels = np.array([begin + 1, begin + 43_200, begin + DAY], np.int64)
    holding = [line.upper for line in known if line.holds_on(day)]
    assert np.array_equal(limits_at(known, labels)[1], np.full(3, min(holding, default=np.nan)), equal_nan=True)


def test_of_lower_limits_the_strictest_is_the_highest():
    lower, upper = limits_at([LimitLine(0, None, 6.0, 9.0), LimitLine(0, None, 6.5, None)], np.array([DAY], np.int64))
    assert (lower[0], upper[0]) == (6.5, 9.0)
