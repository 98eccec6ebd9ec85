"""A duty that an indicator measures: its turns of the year, done or not, late entries counted when they come."""

from dataclasses import replace
from datetime import date

import pytest
import stage
from declared import COUNT, enter

from gongjian.indicators import registry
from gongjian.indicators.periods import PeriodKind
from gongjian.plans.lights import Light
from gongjian.plans.planfile import model
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.plans.queries.board import board

pytestmark = pytest.mark.django_db


def test_a_duty_that_an_indicator_measures_counts_its_turns(monkeypatch):
    """Of three quarters begun the first kept its goal, the second did not, the third runs."""
    visits = replace(COUNT, code="sample.visits", period=PeriodKind.QUARTER)
    monkeypatch.setattr(registry, "_CATALOGUE", {visits.code: visits})
    town = stage.build()
    duty = model.Commitment(CommitmentKind.DUTY, every="quarter", what="检查", indicator=visits.code, op=">=", value=2, unit="辆次")
    stage.load(stage.changed(stage.plan(), "A2.1", commitments=(duty,)), moment=stage.at(3, 3), slug=stage.SLUG)
    for day in (date(2020, 1, 5), date(2020, 2, 5), date(2020, 4, 5), date(2020, 8, 1)):
        enter(day)
    row = next(row for row in board(town.programme, date(2020, 8, 31)).rows if row.key == "A2.1")
    ((_, told),) = row.judged.commitments
    assert told.light is Light.RED
    assert told.reasons[0] == "“检查”应履行3次，已履行1次，其中1次到期未履行"
    enter(date(2020, 6, 30), entered=date(2020, 7, 20))
    row = next(row for row in board(town.programme, date(2020, 8, 31)).rows if row.key == "A2.1")
    assert row.judged.commitments[0][1].reasons[0] == "“检查”应履行3次，已履行2次"
    assert row.judged.commitments[0][1].light is Light.GREEN
