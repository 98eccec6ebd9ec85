"""Schemes: data, dated, saved whole, refused whole; what was drafted keeps what they said."""

from datetime import date

import pytest
from assessing import EVERYBODY
from stage import at

from gongjian.assessment.actions.drafting import take_anew
from gongjian.assessment.actions.schemes import save_scheme, seed_scheme
from gongjian.assessment.models import Assessment, Scheme, SchemeGroup, SchemeItem
from gongjian.assessment.queries.schemes import scheme_for
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Forbidden
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [name for name in EVERYBODY if name != "guanli"])
def test_only_the_administrator_keeps_schemes(office, name):
    with pytest.raises(Forbidden):
        save_scheme(scheme_for(date(2020, 9, 1)), [], [], by=office.user(name), at=at(10, 9))


def test_a_scheme_is_saved_whole_and_what_was_drafted_keeps_what_it_said(office):
    drafted = office.drafted()
    scheme = scheme_for(date(2020, 9, 1))
    said = drafted.scheme
    items, groups = [SchemeItem(kind="reports", weight=1)], [SchemeGroup(title="全体", kinds=["bureau", "police", "street"])]
    save_scheme(scheme, items, groups, by=office.user("guanli"), at=at(10, 9))
    assert Assessment.objects.get().scheme == said
    fresh = take_anew(drafted, by=office.user("tongchou"), at=at(10, 10))
    assert [item["kind"] for item in fresh.scheme["items"]] == ["reports"]
    assert {one.group for one in fresh.scores.all()} == {"全体"}
    assert Event.objects.filter(verb="scheme.weighed").count() == 2


@pytest.mark.parametrize(
    ("fields", "items", "groups", "said"),
    [
        ({}, [("no-such", 1)], [], "没有数据来源"),
        ({}, [("reports", 0)], [], "权重"),
        ({"helping": 101}, [("reports", 1)], [], "协办折算"),
        ({"blame_below": 99, "praise_from": 90}, [("reports", 1)], [], "批评线不能高于表扬线"),
        ({}, [("reports", 1), ("reports", 2)], [], "考核项"),
        ({}, [("reports", 1)], ["planet"], "部门类别代码"),
    ],
)
def test_a_scheme_that_cannot_be_scored_by_is_refused_whole(office, fields, items, groups, said):
    scheme = Scheme.objects.get()
    for name, value in fields.items():
        setattr(scheme, name, value)
    parts = [SchemeItem(kind=kind, weight=weight) for kind, weight in items], [SchemeGroup(title="组", kinds=groups)] if groups else []
    with pytest.raises(Refusal, match=said):
        save_scheme(scheme, *parts, by=None, at=at(10, 9))
    assert Scheme.objects.get().items.count() == 11


def test_the_scheme_that_came_into_force_last_counts_from_the_period_it_begins_in(office):
    later = Scheme(title="下半年办法", active_from=date(2020, 7, 1), active_to=date(2020, 10, 1))
    save_scheme(later, [SchemeItem(kind="reports", weight=1)], [], by=None, at=at(6, 1))
    assert scheme_for(date(2020, 6, 1)).title.startswith("2020年")
    assert scheme_for(date(2020, 7, 1)) == scheme_for(date(2020, 9, 1)) == later
    assert scheme_for(date(2020, 10, 1)).title.startswith("2020年")
    assert seed_scheme(by=None, at=at(10, 1)) is None
    assert office.drafted().scheme["title"] == "下半年办法"


def test_a_scheme_without_items_scores_nobody(office):
    save_scheme(Scheme(title="空办法", active_from=date(2020, 9, 1)), [], [], by=None, at=at(6, 1))
    with pytest.raises(Refusal, match="没有考核项"):
        office.drafted()
