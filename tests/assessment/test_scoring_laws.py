"""The laws of scoring and ranking, whatever the scheme and the rows."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gongjian.assessment.ranking import Contender, Standing, ranked
from gongjian.assessment.scoring import Correction, Outcome, Row, Weighing, apportioned, score

KINDS = ("a", "b", "c", "d")
OUTCOMES = st.sampled_from(list(Outcome))
SHARES = st.fractions(0, 1, max_denominator=100)
CENT = Decimal("0.01")


@st.composite
def schemes(draw):
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, unique=True))
    return [Weighing(kind, kind, draw(st.integers(1, 60)), draw(SHARES)) for kind in kinds]


@st.composite
def departments(draw):
    """Rows by item, some items without any."""
    return {
        kind: [
            Row(f"{kind}{number}", f"事项{number}", "因为", outcome, "measure:1", helps)
            for number, (outcome, helps) in enumerate(draw(st.lists(st.tuples(OUTCOMES, st.booleans()), max_size=6)))
        ]
        for kind in KINDS
    }


@given(schemes(), departments(), SHARES)
def test_the_items_add_up_to_the_total_and_their_weights_to_a_hundred(scheme, rows, helping):
    found = score(scheme, rows, helping)
    if found.total is None:
        assert all(item.share is None for item in found.items)
        return
    assert sum(item.points for item in found.items) == found.total
    assert sum(item.weight for item in found.items) == 100
    assert all(0 <= item.points <= item.weight for item in found.items)


@given(schemes(), departments(), SHARES)
def test_an_item_with_nothing_to_judge_is_neither_zero_nor_full_it_is_left_out(scheme, rows, helping):
    found = score(scheme, rows, helping)
    for item in found.items:
        judged = [row for row in rows[item.weighing.kind] if row.outcome is not Outcome.UNJUDGED and (helping or not row.helps)]
        assert item.judged == len(judged)
        if not judged:
            assert (item.share, item.weight, item.points) == (None, 0, 0)
    without = [item.weighing for item in found.items if item.share is not None]
    assert not without or score(without, rows, helping).total == found.total


@given(schemes(), departments(), SHARES, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_of_departments_does_not_matter(scheme, rows, helping, luck):
    mixed = {kind: luck.sample(of, len(of)) for kind, of in rows.items()}
    assert score(scheme, mixed, helping).total == score(scheme, rows, helping).total


@given(schemes(), departments(), SHARES, st.data())
def test_doing_better_in_a_row_never_lowers_the_score(scheme, rows, helping, data):
    """Broken, partly, kept: each is at least as good as the one before, to the cent, as long as the same items are judged."""
    kind = data.draw(st.sampled_from([item.kind for item in scheme]))
    places = [place for place, row in enumerate(rows[kind]) if row.outcome is not Outcome.UNJUDGED]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    totals = []
    for outcome in (Outcome.BROKEN, Outcome.PARTLY, Outcome.KEPT):
        row = rows[kind][place]
        changed = [*rows[kind]]
        changed[place] = Row(row.key, row.title, row.told, outcome, row.about, row.helps)
        total = score(scheme, rows | {kind: changed}, helping).total
        totals.append(Decimal(0) if total is None else total)
    assert totals == sorted(totals)


@given(schemes(), departments(), SHARES, st.sampled_from(KINDS))
def test_keeping_one_more_promise_never_lowers_the_score(scheme, rows, helping, kind):
    """Where it brings an item into account that was left out, the weights are cut anew: then but for the rounding of each item."""
    more = rows | {kind: [*rows[kind], Row("more", "另一事项", "做到", Outcome.KEPT, "measure:2")]}
    before, after = score(scheme, rows, helping), score(scheme, more, helping)
    if before.total is None or after.total is None:
        return
    fresh = [item.share is None for item in before.items] != [item.share is None for item in after.items]
    assert after.total >= before.total - (CENT * len(scheme) if fresh else 0)


@given(schemes(), departments(), SHARES)
def test_what_the_rows_cost_is_what_the_item_lacks(scheme, rows, helping):
    for item in score(scheme, rows, helping).items:
        if item.share is not None:
            assert sum(row.cost for row in item.rows) == Fraction(item.weight) * (1 - item.share)
            assert all(row.cost == 0 for row in item.rows if row.credit is None)


@given(schemes(), departments(), SHARES, st.one_of(st.none(), SHARES), st.data())
def test_a_correction_of_a_row_changes_that_row_and_nothing_else(scheme, rows, helping, share, data):
    kind = data.draw(st.sampled_from([item.kind for item in scheme]))
    if not rows[kind]:
        return
    key = data.draw(st.sampled_from([row.key for row in rows[kind]]))
    before, after = score(scheme, rows, helping), score(scheme, rows, helping, [Correction(kind, key, share)])
    for was, now in zip(before.items, after.items, strict=True):
        for old, new in zip(was.rows, now.rows, strict=True):
            hit = was.weighing.kind == kind and old.row.key == key
            assert new.corrected is hit
            assert new.credit == (share if hit and (helping or not new.row.helps) else old.credit)


@given(schemes(), departments(), SHARES, SHARES)
def test_a_correction_of_a_whole_item_says_its_share_whatever_its_rows(scheme, rows, helping, share):
    kind = scheme[0].kind
    item = score(scheme, rows, helping, [Correction(kind, "", share)]).items[0]
    assert (item.share, item.overruled) == (share, True)
    assert abs(Fraction(item.points) - Fraction(item.weight) * share) <= Fraction(1, 200)
    out = score(scheme, rows, helping, [Correction(kind, "", None)]).items[0]
    assert (out.share, out.weight, out.points, out.judged) == (None, 0, 0, 0)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8).filter(any))
def test_apportioning_gives_every_hundredth_away_and_none_twice(weights):
    exact = [Fraction(weight * 100, sum(weights)) for weight in weights]
    parts = apportioned(exact, 10_000)
    assert sum(parts) == 10_000
    assert all(abs(part - value * 100) < 1 for part, value in zip(parts, exact, strict=True))
    assert all(not part for part, weight in zip(parts, weights, strict=True) if not weight)


TOTALS = st.one_of(st.none(), st.decimals(0, 100, places=2))
FIELD = st.lists(st.tuples(st.sampled_from("甲乙"), TOTALS, st.integers(0, 9)), max_size=12)


@given(FIELD, st.integers(0, 6), st.randoms(use_true_random=False))
def test_equals_share_a_rank_the_next_one_is_counted_on_and_only_the_like_are_compared(field, least, luck):
    every = [Contender(number, *one) for number, one in enumerate(field)]
    places = ranked(every, least)
    assert places == ranked(luck.sample(every, len(every)), least)
    for one in every:
        like = [other for other in every if other.group == one.group and places[other.key].standing is Standing.RANKED]
        place = places[one.key]
        assert place.among == len(like)
        if place.rank is None:
            continue
        assert place.rank == 1 + sum(other.total > one.total for other in like)
        assert place.tied == sum(other.total == one.total for other in like) == sum(places[other.key].rank == place.rank for other in like)


@given(FIELD, st.integers(1, 6))
def test_a_small_sample_is_not_ranked_and_nothing_to_judge_by_is_not_a_small_sample(field, least):
    for number, place in ranked([Contender(number, *one) for number, one in enumerate(field)], least).items():
        _, total, sample = field[number]
        expected = Standing.NOTHING if total is None else Standing.FEW if sample < least else Standing.RANKED
        assert place.standing is expected
        assert (place.rank is None) is (expected is not Standing.RANKED)
