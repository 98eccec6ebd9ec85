"""From one commitment and what is known of it to a light: each rule of the seven kinds."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.kernel.months import Month
from gongjian.plans.facts import DutyFact, LoopFact, MilestoneFact, Reading, RegisterFact, ReportFact, ReportState, Standing
from gongjian.plans.judging import commitment_due, commitment_ends, judge
from gongjian.plans.lights import Light
from gongjian.plans.planfile.model import Commitment, CommitmentKind

YEAR_END = date(2020, 12, 31)
HALF = date(2020, 7, 1)  # 183 of 366 days gone by
AFTER = date(2021, 1, 1)
RATE = Commitment(CommitmentKind.TARGET, indicator="mobile.pass_rate", op=">=", value=95, unit="%")
COUNT = Commitment(CommitmentKind.TARGET, indicator="mobile.checks", op=">=", value=10000, unit="辆次")
CAP = Commitment(CommitmentKind.TARGET, indicator="coal.found", op="<=", value=10, unit="起")
DOWN = Commitment(CommitmentKind.TREND, indicator="air.pm25.annual_mean", direction="down", unit="µg/m³")
UP = Commitment(CommitmentKind.TREND, indicator="energy.clean_share", direction="up", unit="%")
STEADY = Commitment(CommitmentKind.TREND, indicator="water.class", direction="steady", unit="类")
MILESTONE = Commitment(CommitmentKind.MILESTONE, what="铁路专用线")
DUTY = Commitment(CommitmentKind.DUTY, every="month", what="网格巡查")
COVERED = Commitment(CommitmentKind.DUTY, every="quarter", what="全覆盖", indicator="fuel.coverage", op=">=", value=100, unit="%")
REGISTER = Commitment(CommitmentKind.REGISTER, ledger="裸地台账")
LOOP = Commitment(CommitmentKind.LOOP, cases="扬尘违法")
NARRATIVE = Commitment(CommitmentKind.NARRATIVE)


def light(commitment, fact, on=HALF, ends=YEAR_END):
    return judge(commitment, fact, on=on, ends=ends).light


@pytest.mark.parametrize(
    ("commitment", "reason"),
    [
        (DOWN, "尚无数据来源：指标细颗粒物年均浓度未接入"),
        (RATE, "尚无数据来源：指标“mobile.pass_rate”未接入"),
        (MILESTONE, "尚无数据来源：节点“铁路专用线”未登记"),
        (DUTY, "尚无数据来源：“网格巡查”的履行记录未接入"),
        (REGISTER, "尚无数据来源：台账“裸地台账”未接入"),
        (LOOP, "尚无数据：“扬尘违法”没有登记过问题，没有登记不等于没有"),
        (NARRATIVE, "尚无审核采用的进展报告"),
    ],
)
def test_without_a_source_it_is_grey_and_says_what_is_missing(commitment, reason):
    assert judge(commitment, None, on=HALF, ends=YEAR_END) == (Light.GREY, (reason,))


def test_a_fact_of_another_kind_is_refused():
    with pytest.raises(TypeError, match="a loop is judged by a LoopFact, not a Reading"):
        judge(LOOP, Reading(1), on=HALF, ends=YEAR_END)


@pytest.mark.parametrize(
    ("value", "on", "expected"),
    [
        (95, HALF, Light.GREEN),
        (94.9, HALF, Light.AMBER),
        (85.5, HALF, Light.AMBER),
        (85.4, HALF, Light.RED),
        (95, AFTER, Light.BLUE),
        (94.9, AFTER, Light.RED),
        (94.9, YEAR_END, Light.AMBER),
    ],
)
def test_a_rate_is_held_against_its_goal_near_it_at_risk_and_settled_after_the_end(value, on, expected):
    assert light(RATE, Reading(value), on) is expected


@pytest.mark.parametrize(
    ("value", "on", "expected"),
    [
        (5000, HALF, Light.GREEN),
        (4999, HALF, Light.AMBER),
        (4500, HALF, Light.AMBER),
        (4499, HALF, Light.RED),
        (10000, HALF, Light.BLUE),
        (9999, YEAR_END, Light.AMBER),
        (9999, AFTER, Light.RED),
    ],
)
def test_a_growing_count_is_held_against_its_pace_and_done_when_it_gets_there(value, on, expected):
    assert light(COUNT, Reading(value, cumulative=True), on) is expected


@pytest.mark.parametrize(
    ("value", "on", "expected"),
    [(5, HALF, Light.GREEN), (6, HALF, Light.AMBER), (11, HALF, Light.RED), (10, AFTER, Light.BLUE), (11, AFTER, Light.RED)],
)
def test_a_cap_on_a_count_is_broken_for_good_once_passed(value, on, expected):
    assert light(CAP, Reading(value, cumulative=True), on) is expected


def test_the_words_of_a_target_name_value_goal_and_pace():
    verdict = judge(COUNT, Reading(4321, "2020年1—6月", cumulative=True), on=HALF, ends=YEAR_END)
    assert verdict.reasons == ("2020年1—6月指标“mobile.checks”为4321辆次，目标不低于10000辆次，按时间进度应为5000",)


def test_a_goal_nothing_can_miss_is_grey_until_its_number_is_filled_in():
    unset = Commitment(CommitmentKind.TARGET, indicator="machinery.checks", op=">=", value=0, unit="台次")
    assert judge(unset, Reading(12, cumulative=True), on=HALF, ends=YEAR_END) == (Light.GREY, ("指标非道路移动机械检查数的目标值尚未填入",))


@pytest.mark.parametrize("commitment", [RATE, DOWN])
@pytest.mark.parametrize("reading", [Reading(97, valid=False, reason="2月仅18天有效", past=99), Reading(None, reason="没有站点", past=1)])
def test_too_little_data_is_grey_never_green(commitment, reading):
    verdict = judge(commitment, reading, on=HALF, ends=YEAR_END)
    assert verdict.light is Light.GREY
    assert reading.reason in verdict.reasons[0]


@pytest.mark.parametrize(
    ("commitment", "value", "past", "better", "expected"),
    [
        (DOWN, 37.8, 43.5, "", Light.GREEN),
        (DOWN, 43.5, 43.5, "", Light.AMBER),
        (DOWN, 45, 43.5, "", Light.AMBER),
        (DOWN, 46, 43.5, "", Light.RED),
        (DOWN, 0, 0, "", Light.GREEN),
        (DOWN, 1, 0, "", Light.RED),
        (UP, 11, 10, "", Light.GREEN),
        (UP, 9, 10, "", Light.RED),
        (STEADY, 4, 4, "", Light.GREEN),
        (STEADY, 4.1, 4, "", Light.GREEN),
        (STEADY, 4.3, 4, "", Light.AMBER),
        (STEADY, 5, 4, "down", Light.RED),
        (STEADY, 3, 4, "down", Light.GREEN),
        (STEADY, 3, 4, "", Light.RED),
    ],
)
def test_a_trend_is_held_against_the_past(commitment, value, past, better, expected):
    assert light(commitment, Reading(value, past=past, better=better)) is expected


def test_a_trend_kept_to_the_end_is_done_and_without_a_past_grey():
    assert light(DOWN, Reading(37.8, past=43.5), AFTER) is Light.BLUE
    assert judge(DOWN, Reading(37.8, "2020年"), on=HALF, ends=YEAR_END).reasons == (
        "2020年指标细颗粒物年均浓度为37.8µg/m³，缺上年同期值，无从比较",
    )


@pytest.mark.parametrize(
    ("done_on", "due", "expected"),
    [
        (date(2020, 6, 1), date(2020, 6, 30), Light.BLUE),
        (date(2020, 7, 1), date(2020, 6, 1), Light.BLUE),
        (date(2020, 7, 2), date(2020, 6, 1), Light.RED),
        (None, date(2020, 6, 30), Light.RED),
        (None, date(2020, 7, 1), Light.AMBER),
        (None, date(2020, 7, 31), Light.AMBER),
        (None, date(2020, 8, 1), Light.GREEN),
        (None, None, Light.GREY),
    ],
)
def test_a_milestone_is_done_or_due(done_on, due, expected):
    assert light(MILESTONE, MilestoneFact(done_on, due)) is expected


def test_a_milestone_reached_late_is_done_and_says_so():
    verdict = judge(MILESTONE, MilestoneFact(date(2020, 6, 11), date(2020, 6, 1)), on=HALF, ends=YEAR_END)
    assert verdict == (Light.BLUE, ("节点“铁路专用线”已于6月11日完成，晚于期限10天",))


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (DutyFact(6, 6), Light.GREEN),
        (DutyFact(0, 0), Light.GREEN),
        (DutyFact(7, 6, next_due=date(2020, 7, 31)), Light.GREEN),
        (DutyFact(7, 6, next_due=date(2020, 7, 8)), Light.AMBER),
        (DutyFact(7, 5, overdue=1, next_due=date(2020, 7, 31)), Light.RED),
        (DutyFact(12, 12, total=12), Light.BLUE),
    ],
)
def test_a_duty_is_red_when_a_turn_was_left_undone_and_amber_in_the_last_week_of_one(fact, expected):
    assert light(DUTY, fact) is expected


def test_a_duty_with_an_indicator_is_also_held_against_it():
    assert light(COVERED, DutyFact(2, 2, reading=Reading(100))) is Light.GREEN
    assert light(COVERED, DutyFact(2, 2, reading=Reading(70))) is Light.RED
    assert light(COVERED, DutyFact(2, 1, overdue=1, reading=Reading(100))) is Light.RED
    assert light(COVERED, DutyFact(2, 2)) is Light.GREEN


@pytest.mark.parametrize(
    ("fact", "expected"), [(LoopFact(0, 0, 0), Light.GREEN), (LoopFact(3, 0, 9), Light.GREEN), (LoopFact(3, 1, 9), Light.RED)]
)
def test_a_loop_is_red_when_an_open_case_is_overdue(fact, expected):
    assert light(LOOP, fact) is expected


@pytest.mark.parametrize(
    ("entries", "share", "updated", "expected"),
    [
        (0, 0, None, Light.RED),
        (0, 1, date(2020, 6, 30), Light.AMBER),
        (40, 1, date(2020, 6, 30), Light.GREEN),
        (40, 0.94, date(2020, 6, 30), Light.AMBER),
        (40, 0.79, date(2020, 6, 30), Light.RED),
        (40, 1, date(2020, 5, 31), Light.AMBER),
        (40, 1, date(2020, 4, 30), Light.RED),
    ],
)
def test_a_register_is_kept_complete_and_fresh(entries, share, updated, expected):
    assert light(REGISTER, RegisterFact(entries, share, updated, period_days=30)) is expected


@pytest.mark.parametrize(
    ("state", "standing", "expected"),
    [("accepted", "done", Light.BLUE), ("accepted", "at_risk", Light.AMBER), ("submitted", "done", Light.GREY)],
)
def test_a_narrative_follows_the_accepted_report(state, standing, expected):
    report = ReportFact(Month(2020, 6), date(2020, 7, 3), ReportState(state), Standing(standing))
    assert light(NARRATIVE, report) is expected


def test_a_commitment_ends_on_its_own_day_else_the_measures_else_with_the_year():
    own = Commitment(CommitmentKind.LOOP, cases="治理改造", due="06-30")
    november, ongoing = Deadline(DeadlineKind.DATE, 11, 15), Deadline(DeadlineKind.ONGOING)
    assert commitment_due(own, november, 2020) == date(2020, 6, 30)
    assert commitment_due(LOOP, november, 2020) == date(2020, 11, 15)
    assert commitment_due(LOOP, ongoing, 2020) is None
    assert commitment_ends(LOOP, ongoing, 2020) == YEAR_END


VALUES = st.floats(0, 20000)


@given(st.sampled_from([RATE, COUNT, CAP]), VALUES, VALUES, st.dates(date(2020, 1, 1), date(2021, 3, 1)), st.booleans())
def test_a_worse_value_never_makes_a_target_better(commitment, one, other, on, cumulative):
    low, high = sorted((one, other))
    better, worse = (high, low) if commitment.op == ">=" else (low, high)
    verdicts = [judge(commitment, Reading(value, cumulative=cumulative), on=on, ends=YEAR_END).light.severity for value in (better, worse)]
    assert verdicts[0] <= verdicts[1]


@given(st.sampled_from([UP, DOWN]), VALUES, VALUES, VALUES, st.dates(date(2020, 1, 1), date(2021, 3, 1)))
def test_a_worse_value_never_makes_a_trend_better(commitment, one, other, past, on):
    assume(past > 0)
    low, high = sorted((one, other))
    better, worse = (high, low) if commitment is UP else (low, high)
    verdicts = [judge(commitment, Reading(value, past=past), on=on, ends=YEAR_END).light.severity for value in (better, worse)]
    assert verdicts[0] <= verdicts[1]
