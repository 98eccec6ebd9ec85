"""The draw: the same for everybody, fair to every object, and nobody where they may not go."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from math import sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongjian.inspections.draws.lists import Candidate, Inspector, pool_digest, universe_digest
from gongjian.inspections.draws.lot import Rule, allotted, draw, may_visit
from gongjian.kernel.refusal import Refusal

FIRMS = ("甲", "乙", "丙", "")
candidates = st.lists(
    st.builds(
        Candidate,
        code=st.text("ABCDEF0123456789", min_size=1, max_size=6),
        party=st.sampled_from(FIRMS),
        keeper=st.sampled_from(("城建局", "水务局")),
        stratum=st.sampled_from(("东街", "西街", "")),
        weight=st.sampled_from((1000, 2000, 500, 9000)),
    ),
    min_size=1,
    max_size=25,
    unique_by=lambda one: one.code,
)
pools = st.lists(
    st.builds(
        Inspector,
        key=st.text("xyz", min_size=1, max_size=4),
        departments=st.sampled_from(((), ("城建局",), ("水务局", "城建局"))),
        barred=st.sampled_from(((), ("甲",), ("甲", "乙"))),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one.key,
)
rules = st.builds(
    Rule,
    number=st.integers(1, 12),
    share=st.none(),
    each=st.integers(1, 3),
    apart=st.booleans(),
) | st.builds(Rule, number=st.none(), share=st.decimals("0.5", "100", places=1), each=st.integers(1, 2), apart=st.booleans())


def drawn_or_not(things, pool, rule, seed):
    try:
        return draw(things, pool, rule, seed)
    except Refusal:
        assume(False)


@given(candidates, pools, rules, st.text(max_size=12), st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_whatever_order_the_lists_come_in(things, pool, rule, seed, rng):
    first = drawn_or_not(things, pool, rule, seed)
    mixed, others = list(things), list(pool)
    rng.shuffle(mixed)
    rng.shuffle(others)
    assert draw(mixed, others, rule, seed) == first


@given(candidates, pools, rules, st.text(max_size=12))
def test_as_many_as_asked_each_once_and_nobody_twice_or_where_they_may_not_go(things, pool, rule, seed):
    found = drawn_or_not(things, pool, rule, seed)
    by_code, by_key = {one.code: one for one in things}, {one.key: one for one in pool}
    sizes = Counter(one.stratum for one in things)
    assert Counter(by_code[one.code].stratum for one in found) == Counter({k: n for k, n in allotted(sizes, rule).items() if n})
    if rule.number:
        assert len(found) == rule.number
    else:
        assert len(found) * 100 >= rule.share * len(things)
    assert [one.order for one in found] == list(range(1, len(found) + 1))
    assert len({one.code for one in found}) == len(found)
    for one in found:
        assert len(set(one.inspectors)) == len(one.inspectors) == rule.each
        assert all(may_visit(by_key[key], by_code[one.code], rule) for key in one.inspectors)


@given(st.dictionaries(st.text("abc", max_size=2), st.integers(1, 60), min_size=1, max_size=6), st.integers(1, 200))
def test_a_number_is_dealt_out_whole_and_every_stratum_has_a_turn_where_it_reaches(sizes, number):
    assume(number <= sum(sizes.values()))
    dealt = allotted(sizes, Rule(number, None, 1))
    assert sum(dealt.values()) == number
    assert all(0 <= dealt[name] <= size for name, size in sizes.items())
    assert number < len(sizes) or min(dealt.values()) >= 1


def chances(weights, number, rounds=4000):
    """How often each was drawn over many seeds, as a share."""
    things = [Candidate(f"K{index:03d}", weight=weight) for index, weight in enumerate(weights)]
    pool, hits = [Inspector("a")], Counter()
    for turn in range(rounds):
        hits.update(one.code for one in draw(things, pool, Rule(number, None, 1), f"种子{turn}"))
    return [hits[one.code] / rounds for one in things]


@pytest.mark.parametrize(
    ("weights", "number"),
    [((1000,) * 12, 5), ((1000,) * 9 + (2000,) * 3, 4), ((1000, 1000, 1000, 9000), 2), ((500, 1500, 1000, 1000, 2000), 3)],
)
def test_every_object_has_exactly_the_chance_its_weight_gives_it(weights, number):
    """Four thousand draws: each share lies within five standard errors of what the rule says; certain ones are always there."""
    expected, certain, rest = [Fraction(0)] * len(weights), set(), number
    while True:
        total = sum(weight for index, weight in enumerate(weights) if index not in certain)
        sure = {i for i, weight in enumerate(weights) if i not in certain and rest * weight >= total}
        if not sure:
            break
        certain |= sure
        rest -= len(sure)
    expected = [Fraction(1) if i in certain else Fraction(rest * weight, total) for i, weight in enumerate(weights)]
    assert sum(expected) == number
    for share, right in zip(chances(weights, number), expected, strict=True):
        assert abs(share - right) <= 5 * sqrt(float(right * (1 - right)) / 4000)


def test_pairs_of_equal_objects_are_drawn_together_about_equally_often():
    """The order is random before the systematic walk, so neighbours of a list are not tied to each other."""
    things, pool, pairs = [Candidate(f"K{n}") for n in range(6)], [Inspector("a")], Counter()
    for turn in range(6000):
        first, second = sorted(one.code for one in draw(things, pool, Rule(2, None, 1), str(turn)))
        pairs[first, second] += 1
    assert len(pairs) == 15
    assert all(abs(count - 400) < 5 * sqrt(400 * 14 / 15) for count in pairs.values())


def test_work_is_spread_evenly_among_those_who_may():
    things = [Candidate(f"K{n:02d}") for n in range(20)]
    load = Counter(key for one in draw(things, [Inspector(name) for name in "abcde"], Rule(20, None, 2), "7") for key in one.inspectors)
    assert set(load.values()) == {8}


def test_the_draw_is_this_and_no_other():
    """Algorithm gongjian-1 as it was published: a change that draws otherwise must take another number."""
    things = [Candidate(f"K{n:02d}", weight=1000 + 1000 * (n % 3 == 0)) for n in range(10)]
    pool = [Inspector("甲"), Inspector("乙"), Inspector("丙", barred=("X",))]
    found = draw(things, pool, Rule(3, None, 2), "2020123 05 11 17 22 28 31 09")
    assert [(one.code, one.inspectors) for one in found] == KNOWN


@given(st.integers(2, 30), st.integers(1, 30), st.text(max_size=8))
def test_somebody_else_can_compute_it_from_its_description(size, number, seed):
    """Written anew with fractions, from the words of the module alone: all equal, one stratum, one inspector."""
    assume(number < size)
    things, pool, rule = [Candidate(f"K{n}") for n in range(size)], [Inspector("a")], Rule(number, None, 1)
    words = ("gongjian-1", f"number={number};share=;each=1;apart=0", universe_digest(things), pool_digest(pool), seed)
    root = sha256("\x1f".join(words).encode()).hexdigest()

    def chance(*more):
        return Fraction(int(sha256("\x1f".join((root, *more)).encode()).hexdigest(), 16), 2**256)

    line = sorted((one.code for one in things), key=lambda code: chance("line", code))
    points = [chance("start", "") + k for k in range(number)]
    hit = {line[int(point * size / number)] for point in points}
    assert [one.code for one in draw(things, pool, rule, seed)] == sorted(hit, key=lambda code: chance("order", code))


KNOWN = [("K09", ("丙", "乙")), ("K02", ("甲", "乙")), ("K04", ("丙", "甲"))]


def test_another_seed_rule_or_list_is_another_draw():
    things, pool = [Candidate(f"K{n:03d}") for n in range(200)], [Inspector(name) for name in "abcdef"]
    base = draw(things, pool, Rule(20, None, 2), "1")
    assert draw(things, pool, Rule(20, None, 2), "2") != base
    assert [one.code for one in draw(things, [*pool, Inspector("g")], Rule(20, None, 2), "1")] != [one.code for one in base]
    assert [one.code for one in draw([*things, Candidate("K999")], pool, Rule(20, None, 2), "1")] != [one.code for one in base]


@pytest.mark.parametrize("field", ["name", "party", "keeper", "stratum"])
def test_a_fingerprint_tells_any_change_of_an_object(field):
    things = [Candidate("K1"), Candidate("K2")]
    assert universe_digest([things[0], replace(things[1], **{field: "别的"})]) != universe_digest(things)
    assert universe_digest([things[0], replace(things[1], weight=1001)]) != universe_digest(things)


def test_a_fingerprint_of_the_pool_tells_a_recusal_taken_away():
    assert pool_digest([Inspector("a", barred=("X",))]) != pool_digest([Inspector("a")])


def test_what_no_draw_could_do_is_refused_before_any_seed():
    with pytest.raises(Refusal, match="只有 1 个对象"):
        draw([Candidate("K1")], [Inspector("a")], Rule(2, None, 1), "1")
    with pytest.raises(Refusal, match="只有 0 个对象"):
        draw([], [Inspector("a")], Rule(None, Decimal(10), 1), "1")
    with pytest.raises(Refusal, match=r"“K1 厂”回避之后只剩 1 名"):
        draw([Candidate("K1", "厂", "X")], [Inspector("a", barred=("X",)), Inspector("b")], Rule(1, None, 2), "1")
