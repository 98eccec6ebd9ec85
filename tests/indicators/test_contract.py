"""Every indicator of the catalogue keeps the same promises; the sample's stand in while rooms have none."""

from datetime import date

import pytest
from declared import EVERY, declared
from django.core.exceptions import ImproperlyConfigured
from held import COVERAGES, HELD, STOCKS, VISITS

from gongjian.indicators import registry
from gongjian.indicators.formulas import Computed
from gongjian.indicators.grammar import Count, Coverage, Distinct, Field, Indicator, Latest, Mean, Ratio, RatioOf, Records, Split, Sum
from gongjian.indicators.periods import PeriodKind, month, parse_period, period_of
from gongjian.indicators.queries.evidence import Which, computed_rows, rows_behind, table
from gongjian.indicators.queries.telling import told
from gongjian.indicators.queries.values import by_split, series, value
from gongjian.indicators.recalling import standings
from gongjian.indicators.standing import Wish
from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.plans.titles import indicator_title
from gongjian.trail.clock import now

DECLARED = [*registry.catalogue(), *EVERY, *STOCKS, *COVERAGES]
ON = date(2020, 10, 31)
each = pytest.mark.parametrize("indicator", DECLARED, ids=lambda one: one.code)


def kinds(indicator):
    return indicator.formula.periods if isinstance(indicator.formula, Computed) else frozenset(PeriodKind)


@each
def test_it_says_in_chinese_what_it_is_and_counts(indicator):
    assert indicator.title
    assert indicator.about
    assert indicator.unit
    assert not (indicator.title + indicator.about).isascii()
    assert indicator.period in kinds(indicator)
    if not indicator.code.startswith("sample."):
        assert indicator_title(indicator.code) == indicator.title or indicator_title(indicator.code).startswith("“")


@each
@pytest.mark.django_db
def test_without_data_every_period_has_a_reading_that_says_why_it_has_no_value(indicator):
    for kind in kinds(indicator):
        found = value(indicator, period_of(kind, ON), ON)
        assert found.unit == indicator.unit
        assert found.valid == (found.value is not None and not found.reasons)
        assert found.reasons or indicator.silence_is_zero


@each
@pytest.mark.django_db
def test_it_has_series_parts_standing_evidence_and_json(indicator):
    period = period_of(indicator.period, ON)
    if PeriodKind.MONTH in kinds(indicator):
        assert len(series(indicator, Month(2020, 1), Month(2020, 12), ON)) == 12
    for split in indicator.splits:
        by_split(indicator, period, split.name, ON)
    assert standings([Wish(indicator)], [ON])[indicator.code, "", ON].day == ON
    if isinstance(indicator.formula, Computed):
        computed_rows(indicator.formula, period, ON)
    else:
        for which in Which:
            titles, rows = table(indicator, rows_behind(indicator, period, which, ON))
            assert all(len(row) == len(titles) for row in rows)
    found = told(indicator, period, ON, now())
    assert {"value", "unit", "valid", "reasons", "expected", "present", "series", "provenance"} <= found.keys()


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (Count(Field("nothing") == 1), {}),
        (Sum("fuel"), {}),
        (Mean("nothing"), {}),
        (Latest("nox", per="nobody"), {}),
        (Distinct(""), {}),
        (Ratio(Field("entry__nothing") == 1), {}),
        (Count(Field("on__year") == 2020), {}),
        (Count(), {"records": Records("indicator_sample.Check", "entered_at")}),
        (Count(), {"records": Records("indicator_sample.Check", "on", entered="on")}),
        (RatioOf("nox", "fuel"), {}),
        (RatioOf("nothing", "nox"), {}),
        (Count(), {"records": Records("indicator_sample.Holding", "valid_from", until="entered_at")}),
        (Latest("power"), {"records": HELD, "splits": ()}),
        (Coverage(VISITS), {}),
        (Coverage(HELD), {"records": HELD, "splits": ()}),
        (Coverage(VISITS, where=Field("nothing") == 1), {"records": HELD, "splits": ()}),
        (Coverage(VISITS, by="nothing"), {"records": HELD, "splits": ()}),
        (Coverage(VISITS, thing="power"), {"records": HELD, "splits": ()}),
        (Coverage(VISITS, among=Field("passed") == 1), {"records": HELD, "splits": ()}),
        (Count(), {"splits": (Split("x", "某", "nothing"),)}),
    ],
    ids=str,
)
def test_a_declaration_that_does_not_fit_its_table_is_refused_at_start(formula, said):
    with pytest.raises(ImproperlyConfigured):
        registry.register(declared("misfit", formula, **said))
    assert "sample.misfit" not in {one.code for one in registry.catalogue()}


def test_two_indicators_never_share_a_code():
    one = declared("twin", Count())
    registry.register(one, one)
    with pytest.raises(ImproperlyConfigured, match=r"two indicators are called sample\.twin"):
        registry.register(declared("twin", Count(), "辆"))
    registry.forget("sample.twin")


@pytest.mark.parametrize("code", ["", "nodots", "Sample.x", "sample..x", "sample.x y"])
def test_a_code_reads_like_a_path(code):
    with pytest.raises(ValueError, match="is not a code"):
        Indicator(code=code, title="某", unit="个", better="", formula=Count(), about="某", records=Records("indicator_sample.Check", "on"))


def test_an_unknown_code_is_refused_in_one_sentence():
    with pytest.raises(Refusal, match=r"没有代码为“no\.such”的指标"):
        registry.find("no.such")


@pytest.mark.django_db
def test_a_computed_figure_refuses_a_kind_of_period_it_is_not_defined_for():
    from declared import load, mean_nox

    yearly = declared(
        "yearly", Computed(mean_nox, load, periods=frozenset({PeriodKind.YEAR})), records=None, splits=(), period=PeriodKind.YEAR
    )
    with pytest.raises(Refusal, match="没有按月的定义，可用的是按年统计"):
        value(yearly, month(Month(2020, 1)))
    assert series(yearly, Month(2020, 1), Month(2020, 12)) == []
    assert value(yearly, parse_period("2020")).value is None
