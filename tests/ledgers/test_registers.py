"""Derived registers: worked out by their rule, saying why each member is in and since when, keeping who left."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stage import at

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions import entries, registers
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.ledgers.models import Membership, Touch
from gongjian.ledgers.queries.registers import former, memberships, of_entry, state
from gongjian.ledgers.registers import DerivedRegister, Member, derived_called, find_derived, forget_derived, register_derived
from gongjian.people.models import Department
from gongjian.people.permissions import Forbidden
from gongjian.standards.identifiers.credit_codes import with_check
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
CODES = tuple(with_check(f"9111000010000{n:03}") for n in range(3))


class Rule:
    """Who belongs, as the test says."""

    def __init__(self):
        self.now = {}

    def __call__(self, _on):
        return {entry: Member(f"超标{share}%", {"share": share}) for entry, share in self.now.items()}


@pytest.fixture
def rule():
    return Rule()


@pytest.fixture
def listed(rule):
    found = DerivedRegister(
        slug="sample-listed",
        title="重点名单",
        about="样例",
        ledger="enterprises",
        rule="超标车辆占比超过10%的企业",
        members=rule,
        names=("重点监管对象",),
    )
    register_derived(found)
    yield found
    forget_derived(found.slug)


@pytest.fixture
def firms(town):
    transport = Department.objects.get(name="交通局")
    return [
        entries.enter(ENTERPRISES, {"code": code, "name": f"{n}厂", "department": transport}, by=None, at=at(1, 5)).pk
        for n, code in enumerate(CODES)
    ]


def test_a_member_is_in_since_the_day_it_was_first_worked_out_with_its_reason(listed, rule, firms):
    rule.now = {firms[0]: 12}
    assert registers.refresh(listed, date(2020, 3, 31), at=at(4, 1)) == (1, 0)
    rule.now = {firms[0]: 15, firms[1]: 20}
    assert registers.refresh(listed, date(2020, 4, 30), at=at(5, 1)) == (1, 0)
    found = {row.entry_id: (row.since, row.why) for row in memberships(listed, date(2020, 5, 2))}
    assert found == {firms[0]: (date(2020, 3, 31), "超标15%"), firms[1]: (date(2020, 4, 30), "超标20%")}
    assert Event.objects.filter(verb="register.joined").count() == 2


def test_who_left_is_kept_with_the_day_and_the_reason(listed, rule, firms):
    rule.now = {firms[0]: 12}
    registers.refresh(listed, date(2020, 3, 31), at=at(4, 1))
    rule.now = {}
    assert registers.refresh(listed, date(2020, 4, 30), at=at(5, 1)) == (0, 1)
    assert not memberships(listed, date(2020, 5, 2))
    (gone,) = former(listed, date(2020, 5, 2))
    assert (gone.until, gone.why, gone.why_left) == (date(2020, 4, 30), "超标12%", "不再符合列入条件")


def test_a_past_day_shows_who_was_known_to_be_in_then(listed, rule, firms):
    rule.now = {firms[0]: 12}
    registers.refresh(listed, date(2020, 3, 31), at=at(3, 31, 23))
    rule.now = {firms[1]: 30}
    registers.refresh(listed, date(2020, 4, 30), at=at(4, 30, 23))
    assert [row.entry_id for row in memberships(listed, date(2020, 4, 10))] == [firms[0]]
    assert [row.entry_id for row in memberships(listed, date(2020, 4, 30))] == [firms[1]]
    assert of_entry(firms[0], date(2020, 5, 1)) == []


def test_an_earlier_day_is_never_worked_out_anew(listed, rule, firms):
    registers.refresh(listed, date(2020, 4, 30), at=at(5, 1))
    rule.now = {firms[0]: 12}
    assert registers.refresh(listed, date(2020, 3, 31), at=at(5, 2)) == (0, 0)
    assert not Membership.objects.exists()


@given(days=st.lists(st.sets(st.integers(0, 2)), min_size=1, max_size=6))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_came_and_went_who_is_in_is_who_belongs(listed, rule, firms, days):
    """Twice on the same day included: the second working out stands."""
    Membership.objects.all().delete()
    Touch.objects.filter(table=listed.slug).delete()
    for number, belong in enumerate(days):
        rule.now = {firms[which]: 11 + number for which in belong}
        on = date(2020, 6, 1 + number // 2)
        for _ in range(2):
            registers.refresh(listed, on, at=at(6, 1 + number // 2, 10 + number))
        assert {row.entry_id for row in memberships(listed, on)} == set(rule.now)
        open_ones = Membership.objects.filter(register=listed.slug, until=None, replaced_at=None)
        assert {row.entry_id for row in open_ones} == set(rule.now)


def test_what_a_list_asks_of_its_members_is_counted(listed, rule, firms):
    rule.now = {firms[0]: 12, firms[1]: 13}
    registers.refresh(listed, date(2020, 3, 31), at=at(3, 31))
    assert state(listed, date(2020, 4, 1)).keeping is None
    doing = [firms[0], firms[2]]  # the third does it without being asked
    asking = replace(listed, kept=lambda days: [doing for _ in days])
    found = state(asking, date(2020, 4, 1))
    assert (found.members, found.keeping, found.worked_out_on) == (2, 1, date(2020, 3, 31))


def test_a_register_is_found_by_what_a_plan_calls_it(listed):
    assert derived_called("重点监管对象") is listed
    assert derived_called("无") is None
    with pytest.raises(Refusal, match="没有“x”这个名单"):
        find_derived("x")


def test_looking_a_ledger_through_makes_it_fresh_and_leaves_an_event(town, firms):
    transport = Department.objects.get(name="交通局")
    registers.confirm(ENTERPRISES, transport, "逐条核对", by=town.user("jiaotong"), at=at(6, 1))
    kept = Touch.objects.get(table="enterprises", day=date(2020, 6, 1))
    assert (kept.confirmed_by, kept.note) == (town.user("jiaotong"), "逐条核对")
    with pytest.raises(Forbidden):
        registers.confirm(ENTERPRISES, transport, "", by=town.user("shuiwu"), at=at(6, 1))
    with pytest.raises(Refusal, match="没有水务局主管的条目"):
        registers.confirm(ENTERPRISES, Department.objects.get(name="水务局"), "", by=town.user("shuiwu"), at=at(6, 1))
