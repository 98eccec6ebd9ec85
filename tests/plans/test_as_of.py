"""The as-of law: how a measure stood on a day does not depend on what was entered later."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.kernel.months import Month
from gongjian.plans.facts import ReportState, Standing
from gongjian.plans.history import Frame, MeasureHistory, Promised, Reached, Span, Stepped, Worded
from gongjian.plans.lights import Light
from gongjian.plans.planfile.model import Commitment, CommitmentKind

START, END = date(2020, 3, 2), date(2021, 2, 10)
DAYS = st.dates(START, END)
DUE = {Month(2020, month): Month(2020, month).next().first + timedelta(6) for month in range(4, 13)}
FRAME = Frame(2020, DUE, lambda day: day + timedelta(4))
DEADLINES = st.sampled_from(
    [
        Deadline(DeadlineKind.YEAR_END),
        Deadline(DeadlineKind.ONGOING),
        Deadline(DeadlineKind.DATE, 6, 30),
        Deadline(DeadlineKind.DATE, 11, 15),
        Deadline(DeadlineKind.MILESTONES),
    ]
)
PROMISES = (
    Commitment(CommitmentKind.MILESTONE, what="平台上线", due="05-31"),
    Commitment(CommitmentKind.MILESTONE, what="接入"),
    Commitment(CommitmentKind.NARRATIVE),
    Commitment(CommitmentKind.TARGET, indicator="mobile.checks", op=">=", value=100, unit="次"),
)
STATES = st.sampled_from([state for state in ReportState if state is not ReportState.MISSING])


@st.composite
def entries(draw):
    """Days on which a version was entered, in order, as spans that follow one another; the last may be open or ended."""
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=4)))
    ends = [*days[1:], draw(st.none() | st.dates(days[-1], END))]
    return [Span(since, until) for since, until in zip(days, ends, strict=True)]


@st.composite
def entered(draw):
    """All that was ever entered of one measure."""
    worded = [Worded(span, row, draw(DEADLINES)) for row, span in enumerate(draw(entries()))]
    promised = [
        Promised(span, 10 * root + row, root, promise) for root, promise in enumerate(PROMISES) for row, span in enumerate(draw(entries()))
    ]
    done = [(root, span) for root in (0, 1) if draw(st.booleans()) for span in draw(entries())]
    reached = [Reached(span, root, draw(DAYS)) for root, span in done]
    moments = sorted(draw(st.lists(st.tuples(DAYS, st.sampled_from(list(DUE)), STATES, st.sampled_from(list(Standing))), max_size=12)))
    stepped = [Stepped(on, month, state, standing, "理由") for on, month, state, standing in moments]
    return MeasureHistory(worded, promised, reached, stepped)


def known_by(history, day):
    """What had been entered by the end of ``day``: later entries are not there, later ends not known."""

    def seen(rows):
        return [replace(row, span=_span_by(row.span, day)) for row in rows if row.span.since <= day]

    return MeasureHistory(seen(history.worded), seen(history.promised), seen(history.reached), [s for s in history.stepped if s.on <= day])


def _span_by(span, day):
    return Span(span.since, span.until if span.until and span.until <= day else None)


def told(judged):
    """A judgement without the ends of its versions, which become known later."""
    if judged is None:
        return None
    return judged.verdict, [(promised.row, verdict) for promised, verdict in judged.commitments], judged.report, judged.reports


@given(entered(), DAYS)
def test_the_light_of_a_day_is_the_same_whether_or_not_later_facts_exist(history, day):
    assert told(history.judged_on(day, FRAME)) == told(known_by(history, day).judged_on(day, FRAME))


@given(entered(), st.sets(DAYS, min_size=1, max_size=6))
def test_a_sweep_over_days_tells_of_each_what_asking_for_it_alone_tells(history, days):
    ordered = sorted(days)
    assert [told(judged) for judged in history.over(ordered, FRAME)] == [told(history.judged_on(day, FRAME)) for day in ordered]


@given(entered(), DAYS)
def test_no_milestone_is_done_before_the_day_it_was_done(history, day):
    judged = history.judged_on(day, FRAME)
    for promised, verdict in judged.commitments if judged else ():
        if promised.promise.kind is CommitmentKind.MILESTONE and verdict.light is Light.BLUE:
            assert any(row.root == promised.root and row.done_on <= day and row.span.since <= day for row in history.reached)
