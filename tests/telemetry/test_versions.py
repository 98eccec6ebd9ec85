"""The laws of versions."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gongjian.telemetry.moments import FOREVER
from gongjian.telemetry.versions import first_version, placed

moments = st.integers(0, 50)
claims = st.builds(first_version, moments, st.sampled_from([None, 1.0, 2.0, 3.0]), st.sampled_from("NC"), st.just(1))


def chain_of(some):
    chain = []
    for claim in some:
        chain = placed(chain, claim)
    return chain


def known(chain, moment):
    return next(((v.value, v.flag) for v in chain if v.entered <= moment < v.replaced), None)


@given(st.lists(claims, min_size=1))
def test_versions_follow_each_other_without_gap_or_overlap(some):
    chain = chain_of(some)
    assert all(a.replaced == b.entered and a.entered < a.replaced for a, b in pairwise(chain))
    assert chain[-1].replaced == FOREVER


@given(st.lists(claims, min_size=1))
def test_no_version_says_what_the_one_before_it_said(some):
    chain = chain_of(some)
    assert not any(a.says(b) for a, b in pairwise(chain))


@given(st.lists(claims, min_size=1))
def test_telling_the_same_again_changes_nothing(some):
    chain = chain_of(some)
    for version in chain:
        assert placed(chain, version) is chain


@given(st.lists(claims), claims)
def test_a_claim_changes_nothing_that_was_known_before_its_moment(some, late):
    chain = chain_of(some)
    longer = placed(chain, late)
    assert all(known(chain, moment) == known(longer, moment) for moment in range(late.entered))


@given(st.lists(claims), claims)
def test_the_latest_claim_is_what_is_known(some, late):
    last = first_version(51, late.value, late.flag, 1)
    assert known(placed(chain_of(some), last), 51) == (last.value, last.flag)


@given(
    st.lists(moments, unique=True, min_size=1, max_size=6).flatmap(
        lambda at: st.permutations([first_version(moment, float(moment), "N", 1) for moment in at])
    )
)
def test_different_values_may_come_in_any_order(shuffled):
    """Order counts only for a value that is told again after another, before that other is known."""
    assert chain_of(shuffled) == chain_of(sorted(shuffled))


@given(st.lists(st.sampled_from([1.0, 2.0, 3.0]), min_size=1).flatmap(st.permutations))
def test_of_what_is_told_at_one_moment_the_highest_stands_in_any_order(values):
    assert [v.value for v in chain_of([first_version(7, value, "N", 1) for value in values])] == [max(values)]
