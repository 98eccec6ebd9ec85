"""A record that fits a rule in use becomes a case: once, handed over at once, and doubted when the record is corrected."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured
from mobile.made_traffic import bureau, entered, example, moment

from gongjian.cases.actions import arising
from gongjian.cases.actions.finding import Finding, find_problem
from gongjian.cases.finding_rules import FindingRule, finding_rules, register_rules
from gongjian.cases.models import Arisen, Case, Comment, RuleUse
from gongjian.cases.queries.arising import behind, rules_seen
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions import records
from gongjian.ledgers.registry import find_records
from gongjian.people import actions as people
from gongjian.people.models import User
from gongjian.people.permissions import Forbidden
from gongjian.people.roles import Role
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 3)
RULE = "road-check-over-limit"
GOOD = {"passed": True, "opacity": Decimal("0.40"), "nox": Decimal(300), "outcome": "none", "decision": ""}


def noted(on=DAY, slug="road-checks", **said):
    kind = find_records(slug)
    values = example(slug) | {"on": on, "department": bureau(), "number": f"{slug}-{on}-{said.get('label', '')}"} | said
    return records.note(kind, values, by=None, at=moment(max(on, DAY), 11))


def corrected(row, **said):
    return records.correct(find_records("road-checks"), row, said, "仪器校准后复核", by=None, at=moment(DAY, 15))


@pytest.fixture
def truck():
    return entered("vehicles", example("road-checks")["label"])


@pytest.fixture
def in_use():
    arising.use_rule(RULE, DAY, by=None, at=moment(DAY, 9))


def swept(hour=12):
    return arising.sweep(at=moment(DAY, hour))


def test_a_failed_road_check_becomes_a_case_about_the_vehicle_handed_over_to_whom_its_kind_says(truck, in_use):
    row = noted()
    assert swept() == 1
    case = Case.objects.get()
    assert (case.entry_id, case.kind, case.state) == (truck.pk, "over-limit-penalty", "handed_over")
    assert case.department == bureau()
    assert "路检路查尾气超标" in case.title
    assert row.number in case.description
    assert "京津高速马驹桥出口" in case.address
    assert case.found_at == row.entered_at
    assert (behind(case).pk, behind(case).title) == (row.pk, "路检路查")


def test_going_through_again_finds_nothing_new_and_reads_nothing(truck, in_use, django_assert_max_num_queries):
    noted()
    swept()
    with django_assert_max_num_queries(2):
        assert swept(13) == 0
    noted(on=DAY, label=example("road-checks")["label"], number="another")
    assert swept(14) == 1


def test_a_record_that_passed_or_is_of_an_earlier_day_becomes_nothing(truck, in_use):
    noted(number="good", **GOOD)
    noted(on=DAY - timedelta(1), number="earlier")
    assert swept() == 0


def test_no_rule_is_used_until_somebody_says_so(truck):
    noted()
    assert swept() == 0
    assert all(seen.use is None for seen in rules_seen())


def test_a_vehicle_in_no_ledger_of_ours_becomes_a_case_too(in_use):
    noted(label="冀J12345", registered_here=False)
    assert swept() == 1
    assert Case.objects.get().label == "冀J12345"


def test_a_correction_that_still_fails_is_the_same_case(truck, in_use):
    row = noted()
    swept()
    corrected(row, place="京津高速收费站")
    assert swept(16) == 0
    assert not Comment.objects.exists()


def test_a_record_corrected_to_a_pass_is_told_on_the_case_once_and_the_case_goes_on(truck, in_use):
    row = noted()
    swept()
    corrected(row, **GOOD)
    swept(16)
    noted(number="another", **GOOD)
    swept(17)
    assert [said.text.startswith("本问题依据的记录") for said in Comment.objects.all()] == [True]
    assert Case.objects.get().state == "handed_over"
    assert Arisen.objects.get().doubted_at == moment(DAY, 16)


def test_a_struck_record_leaves_its_case_without_a_record_to_open(truck, in_use):
    row = noted()
    swept()
    records.strike(find_records("road-checks"), row, "重复登记", by=None, at=moment(DAY, 15))
    swept(16)
    assert behind(Case.objects.get()).pk is None


def test_what_is_too_much_for_one_going_through_is_met_by_the_next(truck, in_use, monkeypatch):
    monkeypatch.setattr(arising, "MOST", 2)
    for number in range(3):
        noted(number=f"n{number}")
    assert [swept(), swept(13), swept(14)] == [2, 1, 0]


def test_a_rule_is_used_once_and_stopped_once_and_the_log_says_by_whom(truck):
    arising.use_rule(RULE, DAY, by=None, at=moment(DAY))
    with pytest.raises(Refusal, match="已经启用"):
        arising.use_rule(RULE, DAY, by=None, at=moment(DAY))
    arising.stop_rule(RULE, by=None, at=moment(DAY, 11))
    with pytest.raises(Refusal, match="没有启用"):
        arising.stop_rule(RULE, by=None, at=moment(DAY, 12))
    noted()
    assert swept() == 0
    assert [event.verb for event in Event.objects.filter(subject_type="cases.rule")] == ["case.rule_used", "case.rule_stopped"]


@pytest.mark.parametrize("since", [date(2019, 6, 1), date(2021, 6, 10)])
def test_a_rule_is_not_used_from_a_day_far_away(since):
    with pytest.raises(Refusal, match=r"自何日|一年之后"):
        arising.use_rule(RULE, since, by=None, at=moment(DAY))
    assert not RuleUse.objects.exists()


@pytest.mark.parametrize(("role", "allowed"), [(role, role is Role.COORDINATOR) for role in Role if role is not Role.VISITOR])
def test_only_the_coordinating_office_decides_which_rules_are_used(role, allowed):
    user = User.objects.create(username="somebody", first_name="某人")
    people.give_post(user, role, bureau() if role.card.needs_department else None, by=None, at=moment(date(2020, 1, 2)))
    if allowed:
        arising.use_rule(RULE, DAY, by=user, at=moment(DAY))
        return
    with pytest.raises(Forbidden):
        arising.use_rule(RULE, DAY, by=user, at=moment(DAY))


def test_a_person_cannot_enter_a_problem_as_if_a_rule_had_found_it():
    user = User.objects.create(username="somebody", first_name="某人")
    people.give_post(user, Role.INSPECTOR, None, by=None, at=moment(date(2020, 1, 2)))
    finding = Finding(
        kind="over-limit-penalty", level="general", title="甲", description="乙", found_at=moment(DAY), finder="rule", address="丙"
    )
    with pytest.raises(Refusal, match="发现方式"):
        find_problem(finding, by=user, at=moment(DAY))


def test_every_rule_fits_the_example_of_its_records_or_could():
    """Each rule runs against its table: a wrong lookup would be an error of the database."""
    for rule in finding_rules():
        arising.use_rule(rule.slug, DAY, by=None, at=moment(DAY))
    assert len(finding_rules()) == 11
    assert swept() == 0


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"slug": "Bad Slug"}, "not a slug"),
        ({"records": "vehicles"}, "no kind of record"),
        ({"level": "none"}, "no level"),
        ({"kind": "machine-smoke", "level": "serious"}, "not about vehicles"),
        ({"where": {}}, "every record"),
        ({"where": {"colour": "red"}}, "no field colour"),
        ({"slug": RULE}, "another rule"),
    ],
)
def test_a_rule_that_could_not_work_is_refused_when_it_is_declared(changed, why):
    said = {"slug": "new", "title": "新规则", "about": "测试。", "kind": "over-limit-penalty", "level": "general"}
    said |= {"records": "road-checks", "where": {"passed": False}}
    with pytest.raises(ImproperlyConfigured, match=why):
        register_rules(FindingRule(**said | changed))
