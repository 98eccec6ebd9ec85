"""What stands behind a share of things: every thing with when and how often, what is left to do, and how a page says it."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from held import COVERED, DAYS, PASSED, SEEN, STOCKS, THINGS, VISITS, declare, hold, known_by, read_by_hand, refill, visit
from hypothesis import given
from hypothesis import strategies as st
from indicator_sample.models import Visit
from test_stocks import AS_OF
from test_values import LAW

from gongjian.indicators import registry, targets
from gongjian.indicators.actions.freezing import freeze
from gongjian.indicators.actions.remembering import remember
from gongjian.indicators.covering import FIRST, TIMES
from gongjian.indicators.grammar import Coverage, PeriodKind
from gongjian.indicators.outlook import Target, census_outlook, outlook
from gongjian.indicators.periods import parse_period, period_of, ytd
from gongjian.indicators.queries.evidence import Sieve, Which, choices, late, rows_behind, table
from gongjian.indicators.queries.rechecking import recheck
from gongjian.indicators.queries.values import value
from gongjian.indicators.reading import Reading
from gongjian.indicators.recalling import standings
from gongjian.indicators.standing import Wish
from gongjian.plans.planfile.model import Commitment, CommitmentKind
from gongjian.plans.queries.measured import _reading
from gongjian.trail.clock import now

pytestmark = pytest.mark.django_db
ON = date(2020, 10, 31)
Q3 = parse_period("2020Q3")
COUNT, CLEAN = STOCKS[0], STOCKS[4]
QUARTERLY = declare("quarterly_covered", Coverage(VISITS, where=PASSED), "%", period=PeriodKind.QUARTER, group="存量")


def town():
    for name in "ABCD":
        hold(name, date(2020, 1, 1), use="dig" if name in "AB" else "haul", street="" if name == "D" else "荣华")
    hold("E", date(2020, 1, 1), date(2020, 9, 30), use="dig")
    visit("A", date(2020, 7, 9))
    visit("A", date(2020, 7, 5))
    visit("A", date(2020, 10, 5))
    visit("B", date(2020, 8, 1), passed=False)
    visit("C", date(2020, 9, 30), entered=date(2020, 10, 9))
    visit("D", date(2020, 9, 2), replaced=date(2020, 9, 3))
    visit("E", date(2020, 9, 2))


@LAW
@given(things=THINGS, visits=SEEN, kind=st.sampled_from(PeriodKind), on=DAYS, as_of=AS_OF)
def test_the_rows_behind_a_coverage_are_its_things_with_every_visit_counted(things, visits, kind, on, as_of):
    refill(things, visits)
    period = period_of(kind, on)
    by_hand = read_by_hand(COVERED, period, as_of)
    everything = list(rows_behind(COVERED, period, Which.DENOMINATOR, as_of))
    done, open_ones = (list(rows_behind(COVERED, period, which, as_of)) for which in (Which.NUMERATOR, Which.MISSING))
    assert len(everything) == by_hand.expected
    assert sorted(row.pk for row in (*done, *open_ones)) == sorted(row.pk for row in everything)
    assert len(done) == round((by_hand.value or 0) * by_hand.expected / 100)
    for row in everything:
        seen = [one for one in Visit.objects.filter(entry=row.entry) if one.on in period and known_by(one, as_of)]
        assert getattr(row, TIMES) == (len(seen) or None)
        assert getattr(row, FIRST) == min((one.on for one in seen), default=None)
        assert (row in done) == bool(seen)


def test_a_quarter_tells_what_is_covered_what_is_not_and_what_came_late():
    town()
    named = {which: [row.entry.name for row in rows_behind(QUARTERLY, Q3, which, ON)] for which in Which}
    assert named == {Which.NUMERATOR: ["A", "C"], Which.DENOMINATOR: ["A", "B", "C", "D"], Which.MISSING: ["B", "D"], Which.LATE: ["C"]}
    found = value(QUARTERLY, Q3, ON)
    assert (found.value, found.numerator, found.denominator, found.valid) == (50.0, 2.0, 4.0, True)
    assert value(QUARTERLY, Q3, date(2020, 10, 8)).value == 25.0
    assert late(QUARTERLY, Q3) == 1
    assert [one.words(QUARTERLY) for one in Which] != [one.words(COUNT) for one in Which]


def test_rows_show_what_a_reader_knows_and_no_keys_links_or_digests():
    town()
    titles, rows = table(QUARTERLY, rows_behind(QUARTERLY, Q3, Which.DENOMINATOR, ON))
    assert titles == (
        *("车辆", "起始日", "终止日", "新能源", "功率", "应在线天数", "录入时间", "更正时间"),
        *("用途", "街道", "首次记录日期", "记录次数"),
    )
    found = list(rows)
    assert [(row[0], row[8], row[9], row[10], row[11]) for row in found] == [
        ("A", "挖掘", "荣华", date(2020, 7, 5), 2),
        ("B", "挖掘", "荣华", None, None),
        ("C", "运输", "荣华", date(2020, 9, 30), 1),
        ("D", "运输", "未填写", None, None),
    ]
    of_visits = declare("visits", COUNT.formula, records=VISITS, splits=())
    titles, rows = table(of_visits, rows_behind(of_visits, Q3, Which.DENOMINATOR, ON))
    assert titles == ("检查日", "录入时间", "更正时间", "对象", "合格")
    assert len(list(rows)) == 5


def test_showing_rows_of_inherited_tables_asks_once(django_assert_num_queries):
    town()
    with django_assert_num_queries(1):
        assert len(list(table(COVERED, rows_behind(COVERED, Q3, Which.DENOMINATOR, ON))[1])) == 4


def test_stocks_have_rows_late_versions_and_parts_to_choose_from():
    town()
    hold("F", date(2020, 9, 1), entered=date(2020, 10, 5), clean=None)
    assert rows_behind(COUNT, Q3, Which.DENOMINATOR, date(2020, 9, 30)).count() == 4
    assert [row.entry.name for row in rows_behind(COUNT, Q3, Which.LATE)] == ["F"]
    assert choices(COUNT, Q3, "street") == [("未填写", "未填写"), ("荣华", "荣华")]
    assert choices(COUNT, Q3, "clean") == [("True", "是"), ("未填写", "未填写")]
    narrowed = rows_behind(COUNT, Q3, Which.DENOMINATOR, ON).filter(Sieve((("clean", "未填写"),)).q(COUNT))
    assert [row.entry.name for row in narrowed] == ["F"]
    assert rows_behind(COUNT, Q3, Which.DENOMINATOR, ON).filter(Sieve((("clean", "True"),)).q(COUNT)).count() == 4


def share(top, bottom):
    return Reading(COVERED.code, ytd(ON), "%", 100 * top / bottom, numerator=float(top), denominator=float(bottom))


@given(st.integers(1, 400), st.data())
def test_what_is_left_is_the_least_that_reaches_the_goal(among, data):
    done = data.draw(st.integers(0, among))
    goal = data.draw(st.integers(1, 100))
    seen = census_outlook(share(done, among), Target(">=", goal), 100.0)
    assert 100 * (seen.complying + seen.needed) >= goal * among
    assert seen.needed == 0 or 100 * (seen.complying + seen.needed - 1) < goal * among


def test_a_share_of_things_has_no_chance_and_no_pace_and_a_share_of_sums_nothing_ahead():
    floor = Target(">=", 90.0, "%")
    assert outlook(COVERED, share(17, 20), floor, ON).words("%") == ("共20个，已达到要求17个，再有1个达到要求即实现目标",)
    assert outlook(CLEAN, share(18, 20), floor, ON).words("%") == ("共20个，已达到要求18个，目标已实现",)
    assert outlook(COVERED, share(18, 20), Target(">", 90.0), ON).needed == 1
    assert outlook(COVERED, share(18, 20), Target("<=", 90.0), ON) is None
    assert outlook(COVERED, share(18, 20), Target(">", 100.0), ON) is None
    assert outlook(STOCKS[6], share(30, 20), floor, ON) is None
    assert outlook(COUNT, Reading(COUNT.code, ytd(ON), "辆", 5.0), Target(">=", 10), ON) is None


@pytest.fixture
def _catalogue(settings, _bare_catalogue):
    settings.GONGJIAN_DEMONSTRATION_DAY = ON
    settings.GONGJIAN_OPEN_TO_VISITORS = True
    registry.register(COUNT, QUARTERLY, COVERED)
    source = lambda code, on: [Target(">=", 100, "%", "A6.1")] if code == QUARTERLY.code else []  # noqa: E731, ARG005
    targets.provide(source)
    yield
    targets._SOURCES.remove(source)


@pytest.mark.usefixtures("_catalogue")
def test_pages_say_the_day_of_a_stock_the_quarter_of_a_coverage_and_what_is_left(client):
    town()
    words = client.get(reverse("indicators:catalogue")).content.decode()
    assert "2020年10月31日" in words
    assert "存量计数" in words
    page = client.get(reverse("indicators:indicator", args=[COUNT.code])).content.decode()
    assert "2020年10月31日存量count 4.0 辆" in page
    assert "本季末" in page
    assert "1月1日至" not in page
    page = client.get(reverse("indicators:indicator", args=[QUARTERLY.code])).content.decode()
    assert "2020年第四季度" in page
    assert "共4个，已达到要求1个，再有3个达到要求即实现目标" in page


@pytest.mark.usefixtures("_catalogue")
def test_the_rows_of_a_coverage_are_shown_sieved_and_exported(client):
    town()
    here = reverse("indicators:rows", args=[QUARTERLY.code])
    page = client.get(f"{here}?period=2020Q3&which=missing").content.decode()
    assert "未覆盖的对象" in page
    assert "共 2 条" in page
    export = client.get(reverse("indicators:export", args=[QUARTERLY.code, "csv"]) + "?period=2020Q3&use=dig")
    lines = list(csv.reader(io.StringIO(b"".join(export.streaming_content).decode("utf-8-sig"))))
    assert [(line[0], line[-2], line[-1]) for line in lines[1:]] == [("A", "2020-07-05", "2"), ("B", "", "")]


@pytest.mark.usefixtures("_catalogue")
def test_stocks_and_coverages_are_frozen_rechecked_and_remembered():
    town()
    moment = now().replace(year=2020, month=10, day=11)
    assert freeze(Q3, now=moment) > 0
    assert recheck(moment + timedelta(1)) == []
    visit("B", date(2020, 8, 3), entered=date(2020, 11, 2))
    assert {one.frozen.code for one in recheck(moment + timedelta(60))} == {QUARTERLY.code}
    before = standings([Wish(QUARTERLY, "use"), Wish(COUNT)], [ON])
    remember([ON], now=moment + timedelta(60))
    assert standings([Wish(QUARTERLY, "use"), Wish(COUNT)], [ON]) == before


def test_a_light_says_the_day_and_holds_a_stock_against_no_pace():
    town()
    promise = Commitment(CommitmentKind.TARGET, indicator=COUNT.code, op=">=", value=10, unit="辆")
    fact = _reading(COUNT, promise, standings([Wish(COUNT)], [ON])[COUNT.code, "", ON])
    assert (fact.value, fact.cumulative, fact.period) == (4.0, False, "2020年10月31日")
