"""What detectors see, what they do not see, and how often chance alone leads them to a finding."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from made_series import HOUR, MONTH, START, changed, healthy, made, subject, without

from gongjian.standards.quality.catalogue import DETECTORS, detector, look
from gongjian.standards.quality.coincidence import by_chance, flagged_exceedances
from gongjian.standards.quality.copies import copies, likeness, replays
from gongjian.standards.quality.flat import flat_lines
from gongjian.standards.quality.jumps import jumps
from gongjian.standards.quality.margins import at_least, just_under
from gongjian.standards.quality.parameters import EDITIONS, parameters_on
from gongjian.standards.quality.physics import outside_physics
from gongjian.standards.quality.rates import capture_rate, low_capture, low_validity, validity_rate
from gongjian.standards.quality.series import series_of

SEEDS = st.integers(0, 2**32 - 1)


def slugs(told):
    return [one.slug for one, _ in told]


def test_healthy_months_lead_to_next_to_no_finding():
    """Two hundred months of three honest devices, every detector: fewer than one month in twenty has any finding at all."""
    told = []
    for seed in range(200):
        series = healthy(seed)
        others = {"乙": healthy(10_000 + seed), "丙": healthy(20_000 + seed, memory=0.9)}
        told.append(slugs(look(subject(series, limit=35.0, others=others))))
    assert sum(map(bool, told)) < 10, [one for one in told if one]


@given(SEEDS, st.floats(0.0, 0.9))
@trying(max_examples=60)
def test_noise_with_memory_is_no_jump_but_for_one_value_in_ten_thousand(seed, memory):
    """Over these sixty months together (45,000 values) at most a handful: each alone has none or one."""
    assert len(jumps(subject(healthy(seed, memory=memory)))) <= 1


@given(SEEDS, st.integers(-50, 50))
@trying(max_examples=40)
def test_findings_move_with_the_series(seed, days):
    """The same values a number of days later are the same findings, as much later."""
    shift = days * 86400
    series = healthy(seed, 24 * 8)
    values = series.values.copy()
    values[50:60], values[100], values[140] = 7.0, 95.0, -30.0
    here = changed(series, values=values)
    there = changed(here, moments=here.moments + shift)
    told, later = look(subject(here, limit=35.0)), look(subject(there, limit=35.0))
    assert {"flat", "jump", "physics"} <= set(slugs(told))
    assert [(one.slug, f.first + shift, f.last + shift, f.evidence, dict(f.figures)) for one, f in told] == [
        (one.slug, f.first, f.last, f.evidence, dict(f.figures)) for one, f in later
    ]


@given(SEEDS, st.integers(6, 40), st.integers(0, 100), st.floats(0, 50))
def test_a_planted_flat_line_of_the_length_is_always_found_whole(seed, length, start, value):
    series = healthy(seed, 160, digits=4)
    values = series.values.copy()
    values[start : start + length] = value
    found = [f for f in flat_lines(subject(changed(series, values=values))) if f.figures["value"] == value]
    assert len(found) == 1
    assert set(range(start, start + length)) <= set(found[0].evidence)
    assert found[0].figures["count"] == len(found[0].evidence) <= length + 2
    assert f"连续 {len(found[0].evidence)} 个数据" in found[0].words


@given(SEEDS, st.integers(2, 5), st.integers(0, 100))
def test_a_shorter_one_is_not(seed, length, start):
    series = healthy(seed, 160, digits=6)
    values = series.values.copy()
    values[start : start + length] = 9.123456
    assert flat_lines(subject(changed(series, values=values))) == []


def test_a_flat_line_is_broken_by_a_flag_and_by_a_value_that_never_came():
    series = made([5.0] * 10)
    assert len(flat_lines(subject(series))) == 1
    flags = series.flags.copy()
    flags[5] = "M"
    assert flat_lines(subject(changed(series, flags=flags))) == []
    assert flat_lines(subject(without(series, [5]))) == []


def test_slow_factors_may_stand_still_longer():
    assert flat_lines(subject(made([7.1] * 23), factor="w01001")) == []
    assert len(flat_lines(subject(made([7.1] * 24), factor="w01001"))) == 1


@pytest.mark.parametrize(
    ("factor", "good", "bad"),
    [("w01001", 14.0, 14.1), ("a19001", 21.0, 21.5), ("a01002", 0.0, -0.5), ("a21026", -0.2, -3.0), ("a01001", -20.0, 700.0)],
)
def test_what_cannot_be_is_told_and_what_can_just_be_is_not(factor, good, bad):
    steady = [12.0, 12.4, 11.8, 12.1, 12.2, 11.9]
    assert outside_physics(subject(made([*steady, good]), factor=factor)) == []
    found = outside_physics(subject(made([*steady, bad, bad]), factor=factor))
    assert [(f.evidence, f.figures["value"], f.figures["count"]) for f in found] == [((6, 7), bad, 2)]
    assert "超出物理可能" in found[0].words


def test_what_cannot_be_under_a_flag_is_nobody_s_value():
    assert outside_physics(subject(made([12.0, 12.4, -90.0], flags="NNC"))) == []


@given(SEEDS, st.integers(30, 150), st.sampled_from([60.0, 0.0, 200.0]))
def test_a_leap_is_told_once_with_where_it_came_from(seed, place, value):
    series = healthy(seed, 160, memory=0.3, scatter=1.0)
    values = series.values.copy()
    values[place] = value
    found = [f for f in jumps(subject(changed(series, values=values))) if f.evidence == (place,)]
    assert len(found) == 1
    assert found[0].figures["to"] == value
    assert ("升" if value > 20 else "降") in found[0].words


def test_rates_count_what_never_came_and_leave_out_when_the_source_stood_still():
    series = made(range(1, 101), flags="F" * 20 + "M" * 10 + "N" * 70)
    assert capture_rate(subject(series)) == 1.0
    assert validity_rate(subject(series)) == pytest.approx(70 / 80)
    half = without(series, range(50, 100))
    window = {"first": START, "last": START + 100 * HOUR}
    assert capture_rate(subject(half, **window)) == 0.5
    assert "应收 100 个数据，实收 50 个，捕集率 50.0%" in low_capture(subject(half, **window))[0].words
    assert low_validity(subject(series))[0].figures["marked"] == 10
    assert low_capture(subject(series)) == []
    assert validity_rate(subject(made([1.0, 2.0], flags="FF"))) is None


@given(SEEDS, st.floats(0.2, 5.0), st.floats(-10, 10))
def test_a_copy_is_found_both_ways_whatever_its_scale_and_offset(seed, scale, offset):
    one = healthy(seed, 200, digits=3)
    other = changed(one, values=np.round(one.values * scale + offset, 2))
    assert likeness(one, other)[0] > 0.999
    assert len(copies(subject(one, others={"乙": other}))) == 1
    assert len(copies(subject(other, others={"甲": one}))) == 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))


@given(SEEDS)
def test_two_devices_under_one_weather_are_no_copies(seed):
    """They share nine tenths of every change; the tenth is each one's own."""
    shared, own, its = healthy(seed, 300), healthy(seed + 1, 300), healthy(seed + 2, 300)
    one, other = (
        changed(shared, values=0.9 * shared.values + 0.1 * own.values),
        changed(shared, values=0.9 * shared.values + 0.1 * its.values),
    )
    assert likeness(one, other)[0] > 0.9
    assert copies(subject(one, others={"乙": other})) == []


def test_two_that_stand_still_are_flat_and_no_copies():
    still = made([5.0] * 100)
    assert likeness(still, still) == (0.0, 0)


@given(SEEDS, st.integers(1, 7))
def test_a_day_played_again_is_told_with_how_long_ago_it_was(seed, back):
    series = healthy(seed, 24 * 10, digits=3)
    values = series.values.copy()
    values[24 * 8 : 24 * 9] = values[24 * (8 - back) : 24 * (9 - back)] + 1.0
    found = replays(subject(changed(series, values=values)))
    assert [(f.first, f.figures["back"]) for f in found] == [(START + 8 * 86400, back)]


def test_always_just_under_the_limit_is_told_and_a_clean_plant_is_not():
    rng = np.random.default_rng(7)
    honest = 20 + 6 * rng.normal(size=MONTH)
    assert just_under(subject(made(honest), limit=30.0)) == []
    cut = np.where(honest > 24, rng.uniform(28.6, 29.9, MONTH), honest)
    assert just_under(subject(made(cut), limit=30.0)) == []  # a quarter of the values: not yet always
    held = rng.uniform(28.6, 29.9, MONTH)
    (found,) = just_under(subject(made(held), limit=30.0))
    assert found.figures["above"] == 0
    assert f"{MONTH} 个有效数据中有 {MONTH} 个（100%）恰在限值以下 5% 之内" in found.words
    assert just_under(subject(made(held))) == []  # without a limit nothing is near it


def test_the_test_of_the_margin_holds_its_stated_rate():
    """Half of the values in both bands, three below for one above: the worst the test allows for. At most one in a hundred is told."""
    rng = np.random.default_rng(11)
    told = 0
    for _ in range(1000):
        share = np.where(rng.random(120) < 0.75, rng.uniform(0.951, 1.0, 120), rng.uniform(1.001, 1.05, 120))
        told += bool(just_under(subject(made(30 * share), limit=30.0)))
    assert told <= 20  # of a thousand, ten expected at most


@given(st.integers(1, 60), st.floats(0.05, 0.95))
def test_the_tail_of_the_binomial_is_that_of_adding_up(tries, odds):
    from math import comb

    exact = [sum(comb(tries, n) * odds**n * (1 - odds) ** (tries - n) for n in range(hits, tries + 1)) for hits in range(tries + 1)]
    assert [at_least(hits, tries, odds) for hits in range(tries + 1)] == pytest.approx(exact, abs=1e-9)


def blocks(rng, count, blocks_of, size):
    mask = np.zeros(count, bool)
    for start in rng.integers(0, count, blocks_of):
        mask[np.arange(start, start + size) % count] = True
    return mask


def test_maintenance_that_knows_nothing_of_exceedances_is_told_at_the_stated_rate():
    """Both come in blocks: a test of single values would be fooled. Of two thousand pairs at most a hundredth, and some for luck."""
    rng = np.random.default_rng(5)
    told = sum(by_chance(blocks(rng, MONTH, 4, 6), blocks(rng, MONTH, 5, 4)) <= 0.01 for _ in range(2000))
    assert told <= 32


def test_maintenance_over_every_exceedance_is_told():
    rng = np.random.default_rng(3)
    over = blocks(rng, MONTH, 5, 4)
    values = np.where(over, 60.0, 20 + rng.normal(size=MONTH))
    series = made(values, flags=["M" if hidden else "N" for hidden in over])
    (found,) = flagged_exceedances(subject(series, limit=50.0))
    assert found.figures["hidden"] == found.figures["over"] == over.sum()
    assert flagged_exceedances(subject(made(values, flags=["C" if o else "N" for o in over]), limit=50.0)) == []  # span gas
    assert flagged_exceedances(subject(made(values), limit=50.0)) == []


def test_every_detector_says_why_it_matters_and_by_which_rule():
    assert len({one.slug for one in DETECTORS}) == len({one.title for one in DETECTORS}) == len(DETECTORS) == 9
    assert all(one.why.endswith("。") and one.basis for one in DETECTORS)
    assert detector("flat").title == "恒值"
    with pytest.raises(KeyError):
        detector("none")


def test_parameters_are_those_of_the_day_looked_at():
    assert parameters_on(date(2020, 1, 1)) is EDITIONS[0] is parameters_on(date(2001, 1, 1))
    assert parameters_on(date(2020, 1, 1)).flat_length("a21026", 77) == 6


def test_a_series_comes_in_order_once_and_whole():
    series = series_of([(30, 2.0, "N"), (10, None, "B"), (30, 3.0, "M")], 10)
    assert series.moments.tolist() == [10, 30]
    assert series.flags.tolist() == ["B", "M"]
    assert series.valid.tolist() == [False, False]
    with pytest.raises(ValueError, match="ascend"):
        changed(series, moments=np.array([30, 10]))
    with pytest.raises(ValueError, match="one value"):
        changed(series, values=np.array([1.0]))
    assert series_of([], 60).valid.tolist() == []
    assert look(subject(made([1.0]))) == []
