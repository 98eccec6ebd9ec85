"""Readings light the map: on the day shown, on past days as they were known then, with a way to the figure."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import stage
from declared import COUNT, LATEST, MEAN, RATIO, enter
from django.urls import reverse
from indicator_sample.models import Check

from gongjian.indicators import registry
from gongjian.indicators.actions.remembering import remember
from gongjian.plans.lights import Light
from gongjian.plans.planfile import model
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.plans.queries.board import board
from gongjian.plans.queries.detail import detail

pytestmark = pytest.mark.django_db
ON = date(2020, 10, 31)
CHECKS = replace(COUNT, code="mobile.checks")
PASSED = replace(RATIO, code="water.pass_rate")
OTHERS = (replace(MEAN, code="sample.mean2"), replace(LATEST, code="sample.latest2"))


@pytest.fixture(autouse=True)
def _catalogue(settings):
    settings.GONGJIAN_DEMONSTRATION_DAY = ON
    registry.register(CHECKS, PASSED, *OTHERS)
    yield
    registry.forget(CHECKS.code, PASSED.code, *(one.code for one in OTHERS))


@pytest.fixture
def town():
    return stage.build()


def checks(number, on=date(2020, 4, 1), **said):
    for step in range(number):
        enter(on + timedelta(step % 28), **said)


def verdict(town, key, on=ON, kind=CommitmentKind.TARGET):
    judged = next(row for row in board(town.programme, on).rows if row.key == key).judged
    return next(verdict for promised, verdict in judged.commitments if promised.promise.kind is kind)


def test_a_ratio_lights_its_measure_and_says_why(town):
    checks(19)
    checks(1, passed=False)
    found = verdict(town, "W1.1")
    assert found.light is Light.GREEN
    assert "为95%，目标不低于95%" in found.reasons[0]


def test_no_record_is_grey_and_says_so(town):
    found = verdict(town, "W1.1")
    assert found.light is Light.GREY
    assert "没有记录不等于零" in found.reasons[0]


def test_a_count_is_held_against_the_part_of_the_year_gone_by(town):
    checks(12)
    found = verdict(town, "A1.1")
    assert found.light is Light.RED
    assert "按时间进度应为" in found.reasons[0]


def test_a_past_day_shows_what_had_been_entered_by_then(town):
    checks(3)
    checks(3, passed=False, entered=date(2020, 9, 1))
    assert verdict(town, "W1.1", date(2020, 8, 31)).light is Light.GREEN
    assert verdict(town, "W1.1", date(2020, 9, 1)).light is Light.RED
    row = next(row for row in board(town.programme, ON).rows if row.key == "W1.1")
    assert row.readings[0].reading.value == 50


def test_days_that_were_remembered_give_the_same_lights_as_the_rows(town):
    checks(20, passed=True)
    checks(5, passed=False, entered=date(2020, 9, 1))
    days = [ON, date(2020, 8, 31), date(2020, 9, 1)]
    before = [[row.light for row in board(town.programme, day).rows] for day in days]
    everything = [date(2020, 3, 1) + timedelta(step) for step in range(245)]
    assert remember(everything, now=stage.at(11, 2)) > 0
    assert remember(everything, now=stage.at(11, 2)) == 0
    Check.objects.all().delete()  # nothing is left to compute from
    assert [[row.light for row in board(town.programme, day).rows] for day in days] == before


def test_a_unit_that_differs_is_never_compared(town):
    registry.forget(PASSED.code)
    registry.register(replace(PASSED, unit="份"))
    checks(20)
    found = verdict(town, "W1.1")
    assert found.light is Light.GREY
    assert "单位是份，考核点写的是%" in found.reasons[0]


def test_where_a_target_holds_for_every_part_the_worst_part_speaks(town):
    whole = stage.changed(
        stage.plan(),
        "W1.1",
        commitments=(model.Commitment(CommitmentKind.TARGET, indicator=PASSED.code, by="use", op=">=", value=95, unit="%"),),
    )
    stage.load(whole, moment=stage.at(3, 3), slug=stage.SLUG)
    checks(40, use="truck")
    checks(4, use="bus")
    checks(1, use="bus", passed=False)
    found = verdict(town, "W1.1")
    assert found.light is Light.RED
    assert "“公交”" in found.reasons[0]


def test_a_figure_without_validity_lights_only_where_its_room_says_so_and_never_without_saying_it(town):
    checks(20, fuel="柴油")
    short = replace(PASSED, least=1000)
    registry.forget(PASSED.code)
    registry.register(short)
    found = verdict(town, "W1.1")
    assert found.light is Light.GREY
    assert "为100%，但不能据以评价" in found.reasons[0]
    registry.forget(PASSED.code)
    registry.register(replace(short, indicative=0.9))
    found = verdict(town, "W1.1")
    assert found.light is Light.GREEN
    assert "仅供研判" in found.reasons[0]


def test_a_trend_is_held_against_the_same_time_last_year(town):
    trend = model.Commitment(CommitmentKind.TREND, indicator="sample.mean2", direction="down", unit="ppm")
    stage.load(stage.changed(stage.plan(), "A2.1", commitments=(trend,)), moment=stage.at(3, 3), slug=stage.SLUG)
    checks(3, date(2019, 4, 1), nox=5.0)
    checks(3, date(2019, 12, 1), nox=0.1)
    checks(3, nox=4.0)
    found = verdict(town, "A2.1", kind=CommitmentKind.TREND)
    assert found.light is Light.GREEN
    assert "上年同期为5" in found.reasons[0]


def test_the_map_asks_as_often_with_four_indicators_as_with_one(town, django_assert_max_num_queries):
    checks(30)
    with django_assert_max_num_queries(14):
        board(town.programme, ON)


def test_the_map_and_the_measure_lead_to_the_figure_behind_the_light(town, client):
    checks(30)
    page = client.get("/").content.decode()
    here = reverse("indicators:indicator", args=[PASSED.code])
    assert f'<p class="opens"><a href="{here}?on=2020-10-31">' in page
    assert "100 / ≥ 95" in page
    assert here in client.get(f"/measure/{town.measure('W1.1').pk}/").content.decode()
    seen = detail(town.measure("W1.1"), ON)
    assert seen.commitments[0].verdict.light is Light.GREEN
    figure = client.get(here).content.decode()
    assert "W1.1 目标" in figure
    assert f"/measure/{town.measure('W1.1').pk}/" in figure
