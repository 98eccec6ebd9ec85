"""Kinds are data: what a declaration may say, who receives a case by it, and how a plan finds it."""

from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured
from made_kinds import PLAIN, TRUCK

from gongjian.cases import registry
from gongjian.cases.declaration import Extra, Level, Needed
from gongjian.cases.models import EvidenceKind
from gongjian.cases.queries.routing import recipient
from gongjian.kernel.worktime import days


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"slug": "Kein Slug"}, "not a slug"),
        ({"levels": ()}, "levels must be named"),
        ({"levels": (PLAIN.levels[0], PLAIN.levels[0])}, "each once"),
        ({"levels": (Level("x", "x", {"reroute": days(1)}),)}, "no clock runs for reroute"),
        ({"needed": (Needed(step="sign", kind=EvidenceKind.PHOTO, title="x"),)}, "evidence for sign, which is no step"),
        ({"extras": (Extra(slug="retest", title="x", about="x", before="flying"),)}, "an extra step before flying"),
        ({"extras": (Extra(slug="close", title="x", about="x", before="verify"),)}, "extra close is a common step"),
    ],
)
def test_a_kind_the_flow_could_not_carry_is_refused_when_it_is_declared(wrong, words):
    with pytest.raises(ValueError, match=words):
        replace(PLAIN, **wrong)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("street", "ledger", "who"),
    [("滨河街道", "", "公安分局"), ("荣华街道", "enterprises", "水务局"), ("荣华街道", "", "城建局"), ("", "vehicles", "城建局")],
)
def test_the_first_rule_that_fits_place_and_subject_says_who_receives_it(desk, street, ledger, who):
    """住建局 is an alias of 城建局."""
    assert recipient(TRUCK, street, ledger).name == who


@pytest.mark.django_db
def test_a_kind_without_a_rule_leaves_it_to_a_person_and_so_does_a_department_out_of_use(desk):
    assert recipient(PLAIN, "滨河街道", "") is None
    gone = desk.department("公安分局")
    gone.active = False
    gone.save()
    assert recipient(TRUCK, "滨河街道", "").name == "城建局"


def test_a_plan_finds_a_kind_by_its_title_and_by_what_plans_call_it(desk):
    assert registry.kind_called("超标车辆") is TRUCK
    assert registry.kind_called("检测超标-维修-复检（测试）") is TRUCK
    assert registry.kind_called("没有这种") is None


def test_a_slug_or_a_name_belongs_to_one_kind_only(desk):
    registry.register(PLAIN)
    with pytest.raises(ImproperlyConfigured, match="two kinds of case are called plain"):
        registry.register(replace(PLAIN, title="另一种"))
    with pytest.raises(ImproperlyConfigured, match="are both called 一般性问题"):
        registry.register(replace(PLAIN, slug="other-plain", title="另一种"))


def test_the_general_kind_is_always_there():
    assert registry.find_kind("other").title == "其他问题"
    assert registry.kinds()[0].slug == "other"
