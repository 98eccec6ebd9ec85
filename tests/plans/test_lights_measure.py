"""The light of a measure: the worst of what has data, the reporting and the deadline."""

import timeit
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.plans.lights import Light, Verdict, measure_light

YEAR_END = Deadline(DeadlineKind.YEAR_END)
ONGOING = Deadline(DeadlineKind.ONGOING)
NOVEMBER = Deadline(DeadlineKind.DATE, 11, 15)
GREY, BLUE, GREEN, AMBER, RED = (Verdict(light, (light.word,)) for light in (Light.GREY, Light.BLUE, Light.GREEN, Light.AMBER, Light.RED))
MIDYEAR = date(2020, 7, 1)


@pytest.mark.parametrize(
    ("commitments", "report", "light"),
    [
        pytest.param((), GREY, Light.GREY, id="nothing known is grey"),
        pytest.param((GREY, GREY), GREY, Light.GREY, id="commitments without data alone are grey"),
        pytest.param((GREEN, RED, AMBER), GREEN, Light.RED, id="the worst commitment decides"),
        pytest.param((GREEN, AMBER), GREEN, Light.AMBER, id="amber is worse than green"),
        pytest.param((BLUE, GREEN), BLUE, Light.GREEN, id="green is worse than blue"),
        pytest.param((GREEN,), RED, Light.RED, id="a missing report counts like a commitment"),
        pytest.param((GREY, GREEN), GREY, Light.GREEN, id="grey does not count"),
        pytest.param((BLUE, BLUE, GREY), BLUE, Light.BLUE, id="done accepted and everything with data blue is blue"),
        pytest.param((), BLUE, Light.BLUE, id="done accepted is enough without commitments"),
        pytest.param((BLUE, BLUE), GREEN, Light.GREEN, id="without an accepted done it is not blue"),
        pytest.param((BLUE,), GREY, Light.GREEN, id="commitments alone never make it blue"),
    ],
)
def test_the_worst_that_has_data_is_the_light(commitments, report, light):
    assert measure_light(ONGOING, 2020, commitments, report, MIDYEAR).light is light


@pytest.mark.parametrize(
    ("deadline", "on", "light"),
    [
        (NOVEMBER, date(2020, 10, 15), Light.GREEN),
        (NOVEMBER, date(2020, 10, 16), Light.AMBER),
        (NOVEMBER, date(2020, 11, 15), Light.AMBER),
        (NOVEMBER, date(2020, 11, 16), Light.RED),
        (YEAR_END, date(2020, 11, 30), Light.GREEN),
        (YEAR_END, date(2020, 12, 1), Light.AMBER),
        (YEAR_END, date(2021, 1, 1), Light.RED),
        (ONGOING, date(2021, 6, 1), Light.GREEN),
    ],
)
def test_a_measure_not_done_is_at_risk_in_its_last_30_days_and_red_after(deadline, on, light):
    assert measure_light(deadline, 2020, (GREEN,), GREEN, on).light is light
    assert measure_light(deadline, 2020, (BLUE,), BLUE, on).light is Light.BLUE


def test_the_deadline_speaks_even_where_there_is_no_data():
    verdict = measure_light(NOVEMBER, 2020, (GREY,), GREY, date(2020, 11, 20))
    assert verdict == (Light.RED, ("已过完成时限11月15日5天，尚未确认完成",), 1, 1)
    assert measure_light(NOVEMBER, 2020, (), GREY, date(2020, 11, 15)).reasons == ("今天是完成时限11月15日，尚未确认完成",)


def test_the_reasons_are_those_of_the_verdicts_that_gave_the_light_the_deadline_first():
    verdict = measure_light(
        NOVEMBER, 2020, (Verdict(Light.AMBER, ("略有差距",)), GREEN, GREY), Verdict(Light.AMBER, ("有风险",)), date(2020, 11, 5)
    )
    assert verdict.reasons == ("距完成时限11月15日还有10天，尚未确认完成", "有风险", "略有差距")
    assert (verdict.without_data, verdict.of) == (1, 3)


VERDICTS = st.sampled_from([GREY, BLUE, GREEN, AMBER, RED])
DEADLINES = st.sampled_from([YEAR_END, ONGOING, NOVEMBER])
DAYS = st.dates(date(2020, 1, 1), date(2021, 2, 1))


@given(DEADLINES, st.lists(VERDICTS), VERDICTS, DAYS, st.integers(0, 5))
def test_grey_facts_never_change_the_light_but_are_counted(deadline, commitments, report, on, greys):
    plain = measure_light(deadline, 2020, commitments, report, on)
    padded = measure_light(deadline, 2020, [*commitments, *[GREY] * greys], report, on)
    assert (padded.light, padded.without_data, padded.of) == (plain.light, plain.without_data + greys, plain.of + greys)
    if padded.light is not Light.GREY:
        assert padded.reasons == plain.reasons


WITH_DATA = st.sampled_from([BLUE, GREEN, AMBER, RED])
RANKED = st.tuples(WITH_DATA, WITH_DATA).map(lambda pair: sorted(pair, key=lambda verdict: verdict.light.severity))


@given(DEADLINES, st.lists(VERDICTS), VERDICTS, DAYS, RANKED)
def test_a_worse_fact_never_makes_the_light_better(deadline, commitments, report, on, ranked):
    better, worse = ranked
    first = measure_light(deadline, 2020, [*commitments, better], report, on).light
    assert measure_light(deadline, 2020, [*commitments, worse], report, on).light.severity >= first.severity
    told = measure_light(deadline, 2020, commitments, better, on).light
    assert measure_light(deadline, 2020, commitments, worse, on).light.severity >= told.severity


@given(DEADLINES, st.lists(VERDICTS), VERDICTS, DAYS)
def test_a_light_that_is_not_grey_has_a_reason(deadline, commitments, report, on):
    verdict = measure_light(deadline, 2020, commitments, report, on)
    assert verdict.reasons or verdict.light is Light.GREY


def test_every_light_has_its_own_word_shape_and_severity():
    assert [(light.value, light.word, light.shape) for light in sorted(Light, key=lambda light: light.severity)] == [
        ("grey", "无数据", "○"),
        ("blue", "完成", "✓"),
        ("green", "正常", "●"),
        ("amber", "预警", "▲"),
        ("red", "滞后", "■"),
    ]
    assert Light("amber") is Light.AMBER


def test_a_whole_wall_of_lights_is_cheap():
    """10,000 measures of two commitments stay far under a second; the bound is loose so that a slow machine does not fail it."""
    seconds = min(timeit.repeat(lambda: measure_light(YEAR_END, 2020, (GREY, GREEN), GREEN, MIDYEAR), number=10_000, repeat=3))
    assert seconds < 0.5
