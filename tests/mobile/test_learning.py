"""What past checks teach, and whether it is worth anything."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.mobile.precision.learning import Checked, learn
from gongjian.mobile.precision.uplift import compared, uplift

TRAITS = ("国三", "五年以上", "曾超标")
checks = st.lists(
    st.builds(Checked, st.frozensets(st.sampled_from(TRAITS), max_size=3), st.booleans()),
    min_size=2,
    max_size=60,
)


def many(traits, found, of):
    return [Checked(frozenset(traits), n < found) for n in range(of)]


def test_a_trait_that_goes_with_finds_raises_the_chance_and_one_that_does_not_leaves_it():
    lesson = learn([*many(["国三"], 300, 1000), *many([], 50, 1000), *many(["五年以上"], 50, 1000)])
    assert lesson.chance(frozenset({"国三"})) == pytest.approx(0.30, abs=0.01)
    assert lesson.chance(frozenset()) == pytest.approx(0.05, abs=0.005)
    assert lesson.times("五年以上") == pytest.approx(1, abs=0.1)
    assert lesson.times("国三") == pytest.approx((300 / 700) / (50 / 950), rel=0.1)
    assert lesson.seen == {"国三": 1000, "五年以上": 1000}


def test_two_traits_that_always_come_together_share_what_they_mean():
    """Counted one by one they would say it twice."""
    lesson = learn([*many(["国三", "五年以上"], 300, 1000), *many([], 50, 1000)])
    assert lesson.chance(frozenset({"国三", "五年以上"})) == pytest.approx(0.30, abs=0.01)


def test_a_trait_met_only_a_few_times_hardly_counts():
    lesson = learn([*many(["曾超标"], 2, 2), *many([], 50, 1000)])
    assert lesson.chance(frozenset({"曾超标"})) < 0.25


def test_where_nothing_was_ever_found_there_is_nothing_to_learn():
    assert learn(many(["国三"], 0, 10)) is None
    assert learn(many(["国三"], 10, 10)) is None
    assert learn([]) is None


@given(checks, st.randoms(use_true_random=False))
def test_the_order_of_checks_does_not_matter(found, luck):
    mixed = found[:]
    luck.shuffle(mixed)
    assert learn(found) == learn(mixed)


@given(checks)
def test_what_was_learnt_expects_as_many_finds_as_there_were(found):
    """The score equation of the base: on the checks it learnt from, the chances add up to the finds."""
    if lesson := learn(found):
        assert sum(lesson.chance(check.traits) for check in found) == pytest.approx(sum(check.found for check in found), abs=1e-4)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=50), st.randoms(use_true_random=False))
def test_uplift_does_not_depend_on_the_order_of_rows(scored, luck):
    mixed = scored[:]
    luck.shuffle(mixed)
    assert uplift(scored, 0.2) == uplift(mixed, 0.2)


@given(st.lists(st.booleans(), min_size=1, max_size=50))
def test_choosing_everything_is_no_better_than_chance(found):
    told = uplift([(0.5, one) for one in found], 1.0)
    assert told.ratio in (1.0, None)


def test_a_score_that_means_nothing_brings_nothing_on_average():
    luck = Random(7)  # noqa: S311 - a sample, not a secret
    told = uplift([(luck.random(), luck.random() < 0.1) for _ in range(20_000)], 0.2)
    assert told.low < 1 < told.high


def test_the_interval_is_that_of_a_ratio_of_two_rates():
    told = compared(200, 40, 1000, 100)
    assert told.ratio == pytest.approx(2.0)
    assert (told.low, told.high) == pytest.approx((1.433, 2.791), abs=0.01)
    assert compared(10, 0, 100, 10).ratio == 0.0
    assert compared(0, 0, 100, 10).ratio is None
    with pytest.raises(ValueError, match="no share"):
        uplift([(0.1, True)], 0)
