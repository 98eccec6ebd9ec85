"""Which measure is which: by what they say, not by their numbers."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planfile.plans_made import BUILT_IN, MEANT, PRINTED, distinct_measures, made
from planfile.strategies import documents

from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.plans.planfile.match import match_measures

OFFICIAL = Path(__file__).parents[2] / ".." / "shared" / "plan" / "official-plan-2020.txt"


def paired(pairs):
    return [(pair.old and pair.old.key, pair.new and pair.new.key) for pair in pairs]


def test_printed_words_find_the_digests_they_were_condensed_to_among_all_88():
    """Though two stand under the following task, others shift their numbers, one is scrambled and one lost its task number."""
    found = {pair.new.key: pair.old.key for pair in match_measures(BUILT_IN.measures, PRINTED.measures) if pair.new}
    assert found == dict(zip((measure.key for measure in PRINTED.measures), MEANT, strict=True))


def test_nothing_is_said_to_have_moved_when_only_numbers_differ():
    assert not [pair for pair in match_measures(BUILT_IN.measures, PRINTED.measures) if pair.moved]


def test_the_reason_says_what_the_pairing_rests_on():
    pairs = {pair.new.key: pair.why for pair in match_measures(BUILT_IN.measures, PRINTED.measures) if pair.new}
    assert pairs["A7.1"] == "摘要见于原文77%，章节、牵头、协办、时限相同，任务有别，次序一致"


@pytest.mark.shared
def test_the_whole_official_document_maps_onto_the_built_in_plan_in_order():
    if not OFFICIAL.exists():
        pytest.skip("the shared folder is not beside the checkout")
    reading = pytest.importorskip("gongjian.plans.planfile.read")
    new = reading.read_plan(OFFICIAL, BUILT_IN.directory)
    pairs = match_measures(BUILT_IN.measures, new.measures)
    assert [pair.old for pair in pairs] == list(BUILT_IN.measures)
    assert [pair.new for pair in pairs] == list(new.measures)
    assert not [pair for pair in pairs if pair.moved]


@given(documents())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_document_matches_itself_measure_by_measure(document):
    pairs = match_measures(document.measures, document.measures)
    assert all(pair.old is pair.new and pair.score == pytest.approx(1) and not pair.moved for pair in pairs)
    assert len(pairs) == len(document.measures)


@given(distinct_measures(), st.data())
@settings(deadline=None)
def test_taking_measures_out_withdraws_exactly_those(measures, data):
    gone = data.draw(st.sets(st.sampled_from(range(len(measures)))))
    left = [measure for at, measure in enumerate(measures) if at not in gone]
    pairs = match_measures(measures, left)
    assert [pair.old for pair in pairs if pair.new is None] == [measures[at] for at in sorted(gone)]
    assert all(pair.old is pair.new and not pair.moved for pair in pairs if pair.new)


@given(st.sets(st.sampled_from(range(len(BUILT_IN.measures))), max_size=12))
@settings(deadline=None, max_examples=25)
def test_real_measures_taken_out_are_told_from_their_neighbours(gone):
    """Those of one task share departments, deadline and half their words."""
    left = [measure for at, measure in enumerate(BUILT_IN.measures) if at not in gone]
    pairs = match_measures(BUILT_IN.measures, left)
    assert [pair.old for pair in pairs if pair.new is None] == [BUILT_IN.measures[at] for at in sorted(gone)]
    assert all(pair.old is pair.new for pair in pairs if pair.new)


@given(distinct_measures(least=2), st.data())
@settings(deadline=None)
def test_putting_measures_in_adds_exactly_those(measures, data):
    new = data.draw(st.sets(st.sampled_from(range(len(measures)))))
    before = [measure for at, measure in enumerate(measures) if at not in new]
    pairs = match_measures(before, measures)
    assert [pair.new for pair in pairs if pair.old is None] == [measures[at] for at in sorted(new)]
    assert [pair.new for pair in pairs] == measures


@given(distinct_measures(least=2), st.data())
@settings(deadline=None)
def test_a_measure_put_elsewhere_is_moved_and_nothing_else_is(measures, data):
    places = st.integers(0, len(measures) - 1)
    source, target = data.draw(places), data.draw(places)
    reordered = [measure for at, measure in enumerate(measures) if at != source]
    reordered.insert(target, measures[source])
    pairs = match_measures(measures, reordered)
    assert all(pair.old is pair.new for pair in pairs)
    assert sum(pair.moved for pair in pairs) == (source != target)


@given(distinct_measures(), st.data())
@settings(deadline=None)
def test_a_reworded_measure_stays_the_same_measure(measures, data):
    """A fifth of its words changed, another deadline, another number."""
    at = data.draw(st.integers(0, len(measures) - 1))
    text = measures[at].text
    reworded = replace(measures[at], text=text[: len(text) * 4 // 5] + "另行规定", deadline=Deadline(DeadlineKind.ONGOING), key="A99.9")
    pairs = match_measures(measures, [*measures[:at], reworded, *measures[at + 1 :]])
    assert [pair.old for pair in pairs] == measures
    assert pairs[at].new is reworded


def test_another_measure_in_the_same_place_is_a_new_one():
    """Same task, departments and deadline are not enough."""
    old, new = made(0, range(15)), made(1, range(15))
    pairs = match_measures([old], [replace(new, key=old.key)])
    assert paired(pairs) == [(None, old.key), (old.key, None)]
    assert [pair.why for pair in pairs] == ["新增：原计划中没有相近的措施", "撤销：新文件中没有相近的措施"]


def test_a_digest_moved_to_another_task_is_still_known_by_its_wording():
    old = [made(at, range(15), digest=True) for at in range(6)]
    new = [made(at, range(20)) for at in range(6)]
    pairs = match_measures(old, [*new[1:], replace(new[0], task="另一任务")])
    assert paired(pairs) == [(o.key, n.key) for o, n in zip([*old[1:], old[0]], [*new[1:], new[0]], strict=True)]
    assert pairs[-1].moved
    assert pairs[-1].why == "摘要见于原文100%，章节、牵头、协办、时限相同，任务有别，次序已移动"
