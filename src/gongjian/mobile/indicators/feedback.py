"""I/M: the share of failed first tests that were fed back in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from gongjian.indicators.formulas import Computed, Rows
from gongjian.indicators.grammar import Better, Indicator
from gongjian.indicators.periods import Period
from gongjian.mobile.indicators.knowing import known
from gongjian.mobile.indicators.words import GROUP, share
from gongjian.mobile.matching.feedback import WINDOW, WINDOW_DAYS, Feedback, Happened, What, feedbacks
from gongjian.mobile.models import PeriodicTest, Repair, Retirement
from gongjian.standards.statistic import Statistic

METHOD = f"首检超标后{WINDOW_DAYS}日内有维修并复检、或有处置信息"
Events = list[Happened]


def reach(period: Period) -> tuple[date, date]:
    """From the first test whose window ends within the period."""
    return period.first - WINDOW, period.last


def load(first: date, last: date, as_of: Sequence[date | None]) -> list[Events]:
    """Failed first tests and all that may answer one; three queries.

    Answers are taken whole, of vehicles that failed none too: they are few, and finding out whose they are would cost more.
    """
    within = Q(on__range=(first, last))
    tested = Q(turn=PeriodicTest.Turn.FIRST, passed=False) | Q(turn=PeriodicTest.Turn.REPEAT)
    tables = (
        known(PeriodicTest.objects.filter(within, tested), as_of, "label", "on", "turn"),
        known(Repair.objects.filter(within), as_of, "label", "on"),
        known(Retirement.objects.filter(within), as_of, "label", "on"),
    )
    return [
        [
            *(Happened(plate, on, What.FAILED if turn == PeriodicTest.Turn.FIRST else What.RETESTED) for plate, on, turn in tests),
            *(Happened(plate, on, What.REPAIRED) for plate, on in repairs),
            *(Happened(plate, on, What.DISPOSED) for plate, on in gone),
        ]
        for tests, repairs, gone in zip(*tables, strict=True)
    ]


def compute(events: Events, period: Period) -> Statistic:
    """The share fed back, of those whose window ended in the period."""
    found = feedbacks(events, period.first, period.last)
    return share(sum(one.counts for one in found), len(found), "期内没有反馈期限已到的首检超标车", METHOD)


def evidence(first: date, last: date, as_of: date | None) -> Rows:
    """Each failed first test, and why it counts or not."""
    (events,) = load(first, last, [as_of])
    titles = ("号牌号码", "首检超标日期", "反馈期限", "维修日期", "复检日期", "处置日期", "计入已反馈", "依据")
    return Rows(titles, [_told(one) for one in feedbacks(events, first + WINDOW, last)])


def _told(one: Feedback) -> tuple[object, ...]:
    days = (one.failed_on, one.due, one.repaired_on, one.retested_on, one.disposed_on)
    return (one.plate, *days, "是" if one.counts else "否", one.why)


FEEDBACK = Indicator(
    code="mobile.im.feedback_rate",
    title="首检超标车维修处置信息反馈率",
    unit="%",
    better=Better.UP,
    formula=Computed(compute, load, reach=reach, evidence=evidence, reads=("mobile.PeriodicTest", "mobile.Repair", "mobile.Retirement")),
    about=f"首检超标后{WINDOW_DAYS}日内收到维修并复检信息或处置信息的比例，按反馈期限到期的日期归入统计期，每次首检超标只计一次",
    group=GROUP,
)
