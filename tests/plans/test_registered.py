"""A ledger that a plan asks for, a derived register, a duty measured by an indicator: each lights its measure by what is in the books."""

from datetime import date

import pytest
import stage
from stage import at

from gongjian.indicators import registry
from gongjian.indicators.bookkeeping import of_register
from gongjian.ledgers.actions import entries, registers
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.ledgers.registers import DerivedRegister, Member, forget_derived, register_derived
from gongjian.people.models import Department
from gongjian.plans.lights import Light
from gongjian.plans.planfile import model
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.plans.queries.board import board
from gongjian.standards.identifiers.credit_codes import with_check

pytestmark = pytest.mark.django_db
ON = date(2020, 6, 30)
WHOLE = {"street": "荣华街道", "industry": "C36", "lon": 116.5, "lat": 39.8}


@pytest.fixture
def county():
    """The county, whose measure A2.1 asks for the list of enterprises and for a derived register."""
    town = stage.build()
    promised = (
        model.Commitment(CommitmentKind.REGISTER, ledger="企业名录"),
        model.Commitment(CommitmentKind.REGISTER, ledger="重点名单"),
        model.Commitment(CommitmentKind.REGISTER, ledger="没有人建的台账"),
    )
    stage.load(stage.changed(stage.plan(), "A2.1", commitments=promised), moment=at(3, 3), slug=stage.SLUG)
    return town


def verdicts(town, on=ON):
    row = next(row for row in board(town.programme, on).rows if row.key == "A2.1")
    return {promised.promise.ledger: verdict for promised, verdict in row.judged.commitments}


def firm(number, moment, **said):
    transport = Department.objects.get(name="交通局")
    values = {"code": with_check(f"9111000010000{number:03}"), "name": f"{number}厂", "department": transport}
    return entries.enter(ENTERPRISES, values | said, by=None, at=moment)


def test_a_ledger_nobody_has_begun_is_red_and_one_nobody_declared_is_grey(county):
    found = verdicts(county)
    assert (found["企业名录"].light, found["企业名录"].reasons) == (Light.RED, ("台账“企业名录”尚未建立",))
    assert found["没有人建的台账"].light is Light.GREY


def test_a_whole_and_fresh_ledger_is_green(county):
    for number in range(3):
        firm(number, at(6, 1), **WHOLE)
    told = verdicts(county)["企业名录"]
    assert (told.light, told.reasons) == (Light.GREEN, ("台账“企业名录”3条，完整率100%，29天前更新",))


def test_a_ledger_full_of_gaps_is_red(county):
    for number in range(4):
        firm(number, at(6, 1), **(WHOLE if number == 0 else {}))
    assert verdicts(county)["企业名录"].reasons == ("台账“企业名录”4条，完整率25%，29天前更新",)


def test_a_past_day_knows_only_what_stood_then(county):
    gap = firm(0, at(4, 1))
    entries.amend(ENTERPRISES, gap, WHOLE, version=1, by=None, at=at(5, 1))
    assert verdicts(county, date(2020, 4, 30))["企业名录"].light is Light.RED
    assert verdicts(county, date(2020, 5, 1))["企业名录"].light is Light.GREEN


@pytest.fixture
def listed():
    """A register of everybody, of whom the first does as asked."""
    inside, doing = [], []
    found = DerivedRegister(
        slug="sample-every",
        title="重点名单",
        about="",
        ledger="enterprises",
        rule="全部",
        members=lambda _: {one: Member("在册") for one in inside},
        kept=lambda days: [doing for _ in days],
        asks="建立台账",
    )
    register_derived(found)
    registry.register(*of_register(found))
    yield found, inside, doing
    forget_derived(found.slug)
    registry.forget(*(one.code for one in of_register(found)))


def test_a_derived_register_is_judged_by_who_does_what_it_asks(county, listed):
    register, inside, doing = listed
    assert verdicts(county)["重点名单"].light is Light.RED
    inside += [firm(number, at(6, 1)).pk for number in range(4)]
    doing += inside[:2]
    registers.refresh(register, ON, at=at(6, 30))
    told = verdicts(county)["重点名单"]
    assert (told.light, told.reasons) == (Light.RED, ("台账“重点名单”4条，完整率50%，0天前更新",))
    doing += inside[2:]
    registers.refresh(register, ON, at=at(6, 30, 20))
    assert verdicts(county)["重点名单"].light is Light.GREEN


def test_books_cost_the_map_a_fixed_number_of_questions(county, listed, django_assert_max_num_queries):
    firm(0, at(6, 1))
    registers.refresh(listed[0], ON, at=at(6, 30))
    with django_assert_max_num_queries(18):
        board(county.programme, ON)
