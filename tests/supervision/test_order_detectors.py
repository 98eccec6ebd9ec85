"""Detectors, each and all: what every kind of fact keeps to, and what each of them finds. No database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes import ON, late_case, measure, scene, scenes, series, silent

from gongjian.kernel.refusal import Refusal
from gongjian.plans.lights import Light
from gongjian.supervision.detecting.choosing import fired
from gongjian.supervision.detecting.duties import late_cases, late_reports
from gongjian.supervision.detecting.kinds import KINDS
from gongjian.supervision.detecting.lights import figures_behind, figures_falling, red_lights
from gongjian.supervision.detecting.registry import Detector, detectors, find_detector, forget, register
from gongjian.supervision.models import OrderRule

BAD = [Light.RED, Light.AMBER, Light.RED]


def rule(kind, after, colour="blue"):
    return OrderRule(kind=kind, title=f"规则{after}", after=after, colour=colour, answer_within=3, demand="整改")


def test_every_kind_is_registered_under_a_slug_and_a_title_of_its_own():
    assert detectors() == list(KINDS)
    assert len({one.slug for one in KINDS}) == len({one.title for one in KINDS}) == len(KINDS)
    assert all(find_detector(one.slug) is one and str(7) in one.words(7) for one in KINDS)


def test_a_kind_nobody_detects_is_refused_with_those_there_are():
    with pytest.raises(Refusal, match="没有“weather”这一事实类别，请在red_light（措施亮红灯）"):
        find_detector("weather")


def test_two_detectors_of_one_slug_and_one_that_says_no_length_are_faults():
    mine = Detector("mine", "甲", "天", "满{n}天", lambda _: ())
    register(mine)
    try:
        register(mine)
        with pytest.raises(ValueError, match="two detectors"):
            register(Detector("mine", "乙", "天", "满{n}天", lambda _: ()))
        with pytest.raises(ValueError, match="how long"):
            register(Detector("other", "丙", "天", "很久", lambda _: ()))
    finally:
        forget("mine")


@pytest.mark.parametrize("detector", KINDS, ids=lambda one: one.slug)
@given(drawn=scenes())
def test_whatever_the_scene_a_detector_keeps_its_contract(detector, drawn):
    """One fact at most for a cause, to a department, begun by the day shown, told in words, the same when asked again."""
    facts = list(detector.detect(drawn))
    assert facts == list(detector.detect(drawn))
    assert len({fact.cause for fact in facts}) == len(facts)
    for fact in facts:
        assert fact.department is not None
        assert fact.since <= drawn.on
        assert fact.amount >= 0
        assert fact.words
        assert 0 < len(fact.title) <= 120
        assert len(fact.cause) <= 60
        assert fact.link.startswith("/")
        assert all(isinstance(value, int | float | str) for value in fact.values.values())


@pytest.mark.parametrize("detector", KINDS, ids=lambda one: one.slug)
def test_nothing_is_found_in_an_empty_scene(detector):
    assert list(detector.detect(scene())) == []


def test_a_red_light_counts_its_days_and_says_when_it_is_older_than_was_looked():
    exact = measure(1, red_since=date(2020, 10, 20), reasons=("差距较大",))
    longer = measure(2, red_since=date(2020, 9, 30), red_longer=True, reasons=("差距较大",))
    one, other = red_lights(scene(exact, longer, measure(3), measure(4, department=None, red_since=ON)))
    assert (one.cause, one.amount, one.measure) == ("measure:1", 11, 1)
    assert one.words == "措施A1.1自10月20日起亮红灯，已11天：差距较大"
    assert other.words == "措施A2.1在9月30日以前已亮红灯，至今31天以上：差距较大"


def test_reports_of_one_department_are_one_fact_as_old_as_the_oldest():
    first = measure(1, silent=(silent(9, 14),))
    second = measure(2, silent=(silent(8, 30), silent(9, 14)))
    due_today = measure(3, department=8, silent=(silent(9, 0),))
    (fact,) = late_reports(scene(first, second, due_today))
    assert (fact.cause, fact.amount, fact.since, fact.measure) == ("reports:7", 30, date(2020, 9, 5), None)
    assert fact.title == "3份进展报告逾期未报"
    assert fact.words == "8月进展报告应于9月5日报送，已逾期30个工作日；逾期未报的共3份：A2.1（8月）、A1.1（9月）、A2.1（9月）"
    (single,) = late_reports(scene(first))
    assert (single.measure, single.link) == (1, "/measure/1/#reports")


def test_cases_of_one_department_are_one_fact_however_many():
    facts = {fact.cause: fact for fact in late_cases(scene(cases=[late_case(pk, pk) for pk in range(1, 31)] + [late_case(99, 4, 8)]))}
    assert facts.keys() == {"cases:7", "cases:8"}
    assert (facts["cases:7"].amount, facts["cases:7"].case) == (30, None)
    assert facts["cases:7"].title == "30件问题办理超时"
    assert facts["cases:7"].words.endswith("等")
    assert (facts["cases:8"].case, facts["cases:8"].link) == (99, "/cases/99/")


def test_a_figure_behind_counts_the_months_at_the_end_only():
    kept = series(90, 80, 70, lights=[Light.RED, Light.RED, Light.GREEN])
    assert not list(figures_behind(scene(measure(series=(kept,)))))
    (fact,) = figures_behind(
        scene(measure(series=(series(90, 80, 70, lights=[Light.GREEN, *BAD[:2]]), series(9, 9, 9, lights=BAD, title="覆盖率"))))
    )
    assert (fact.amount, fact.since) == (3, date(2020, 8, 31))
    assert "合格率连续2个月末落后于目标或时间进度（9月末80%，10月末70%）" in fact.words
    assert fact.values == {"合格率": 70, "覆盖率": 9}


def test_a_month_without_data_ends_a_run():
    gap = series(9, None, 9, lights=[Light.RED, Light.GREY, Light.RED])
    (fact,) = figures_behind(scene(measure(series=(gap,))))
    assert fact.amount == 1


@pytest.mark.parametrize(
    ("values", "better", "amount"),
    [
        ((90, 80, 70), "up", 2),
        ((90, 80, 80), "up", 0),
        ((70, 80, 90), "up", 0),
        ((70, 80, 90), "down", 2),
        ((90, 70, 80, 79), "up", 1),
        ((100, 99.5, 99.1), "up", 0),
        ((90, None, 70), "up", 0),
        ((90, 80), "", 0),
    ],
    ids=str,
)
def test_a_figure_falls_as_often_as_it_got_worse_in_a_row_by_more_than_noise(values, better, amount):
    facts = list(figures_falling(scene(measure(series=(series(*values, better=better),)))))
    assert [fact.amount for fact in facts] == ([amount] if amount else [])


def test_a_count_that_only_grows_never_falls():
    assert not list(figures_falling(scene(measure(series=(series(10, 20, 30, better="down", cumulative=True),)))))


def test_of_each_kind_the_rule_that_asks_for_most_fires_and_the_gravest_comes_first():
    rules = [rule("red_light", 7), rule("red_light", 21, "red"), rule("red_light", 14, "yellow"), rule("figure_behind", 2)]
    seen = measure(1, red_since=ON - timedelta(15), reasons=("差距较大",), series=(series(9, 9, lights=BAD[:2]),))
    found = fired(rules, scene(seen, measure(2, red_since=ON - timedelta(6))))
    assert {cause: [(one.rule.kind, one.rule.after) for one in many] for cause, many in found.items()} == {
        "measure:1": [("red_light", 14), ("figure_behind", 2)]
    }
    assert found["measure:1"][0].rule_words == "规则14（措施亮红灯满14天）"


RULES = st.lists(
    st.builds(rule, st.sampled_from([one.slug for one in KINDS]), st.integers(1, 40), st.sampled_from(["blue", "yellow", "red"])),
    max_size=8,
)


@given(drawn=scenes(), rules=RULES)
def test_a_rule_fires_exactly_where_its_fact_lasts_long_enough(drawn, rules):
    found = fired(rules, drawn)
    for many in found.values():
        assert len({one.rule.kind for one in many}) == len(many)
        assert [one.severity for one in many] == sorted((one.severity for one in many), reverse=True)
        assert all(one.rule.after <= one.fact.amount for one in many)
    met = {
        fact.cause
        for one in KINDS
        for fact in one.detect(drawn)
        if any(rule.kind == one.slug and rule.after <= fact.amount for rule in rules)
    }
    assert found.keys() == met


@given(drawn=scenes(), rules=RULES)
def test_the_order_of_the_rules_does_not_matter_to_where_and_how_gravely_they_fire(drawn, rules):
    def told(found):
        return {cause: {(one.rule.kind, one.rule.after, one.severity) for one in many} for cause, many in found.items()}

    assert told(fired(rules, drawn)) == told(fired(rules[::-1], drawn))
