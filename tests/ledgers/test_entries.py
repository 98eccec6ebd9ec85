"""Entries are entered, amended, withdrawn and restored; every state they were in stays."""

from datetime import date

import pytest
from stage import at

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions import entries
from gongjian.ledgers.checking import Invalid
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.ledgers.models import Enterprise, EnterpriseVersion, Status
from gongjian.people.models import Department
from gongjian.people.permissions import Forbidden
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def values(town):
    return {"code": "91350100M000100Y43", "name": "甲厂", "department": Department.objects.get(name="交通局"), "street": "荣华街道"}


def entered(values, by=None, moment=None):
    return entries.enter(ENTERPRISES, values, by=by, at=moment or at(3, 10))


def test_an_entry_leaves_a_version_and_an_event(town, values):
    entry = entered(values, town.user("jiaotong"))
    version = EnterpriseVersion.objects.get(entry=entry)
    assert (version.code, version.name, version.replaced_at, version.version) == (entry.code, "甲厂", None, 1)
    assert entry.valid_from == date(2020, 3, 10)
    assert Event.objects.filter(verb="entry.entered", subject_id=str(entry.pk)).count() == 1


def test_an_amendment_keeps_what_stood_before_and_counts_on(town, values):
    entry = entered(values)
    entries.amend(ENTERPRISES, entry, {"name": "乙厂"}, version=1, by=None, at=at(4, 1))
    old, new = EnterpriseVersion.objects.filter(entry=entry).order_by("entered_at")
    assert (old.name, old.replaced_at, new.name, new.replaced_at, new.version) == ("甲厂", at(4, 1), "乙厂", None, 2)
    assert Enterprise.objects.get().name == "乙厂"
    assert Enterprise.objects.get().sought.startswith("91350100m000100y43\n乙厂")


def test_an_amendment_that_says_nothing_new_leaves_nothing(values):
    entry = entered(values)
    entries.amend(ENTERPRISES, entry, {"name": "甲厂"}, version=1, by=None, at=at(4, 1))
    assert EnterpriseVersion.objects.count() == 1
    assert not Event.objects.filter(verb="entry.amended").exists()


def test_the_second_of_two_people_is_told_who_was_quicker(town, values):
    entry = entered(values)
    entries.amend(ENTERPRISES, entry, {"name": "乙厂"}, version=1, by=town.user("jiaotong"), at=at(4, 1))
    with pytest.raises(Refusal, match="更新过"):
        entries.amend(ENTERPRISES, entry, {"name": "丙厂"}, version=1, by=None, at=at(4, 2))
    assert Enterprise.objects.get().name == "乙厂"


def test_a_withdrawn_entry_stays_with_its_history_and_can_come_back(values):
    entry = entered(values)
    entries.withdraw(ENTERPRISES, entry, date(2020, 5, 1), "搬迁", version=1, by=None, at=at(5, 2))
    gone = Enterprise.objects.get()
    assert (gone.status, gone.valid_to) == (Status.WITHDRAWN, date(2020, 5, 1))
    with pytest.raises(Refusal, match="已于2020-05-01退出台账"):
        entries.withdraw(ENTERPRISES, entry, date(2020, 5, 1), "搬迁", version=2, by=None, at=at(5, 3))
    entries.restore(ENTERPRISES, entry, "误登", version=2, by=None, at=at(5, 4))
    assert (Enterprise.objects.get().status, EnterpriseVersion.objects.count()) == (Status.ACTIVE, 3)


def test_a_code_is_in_a_ledger_once(values):
    entered(values)
    with pytest.raises(Refusal, match="统一社会信用代码“91350100M000100Y43”已在企业名录中"):
        entered(values)


def test_what_is_wrong_is_said_field_by_field(town, values):
    with pytest.raises(Invalid) as told:
        entered(values | {"code": "", "lon": 116.5})
    assert told.value.faults == {"code": "统一社会信用代码没有填写", "lat": "经度和纬度要同时填写，或同时留空"}
    with pytest.raises(Invalid, match="不在本区范围内"):
        entered(values | {"lon": 121.5, "lat": 31.2})


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("tongchou", True),
        ("jiaotong", True),
        ("chengjian", False),
        ("jiancha", False),
        ("lingdao", False),
        ("guanli", False),
        (None, False),
    ],
)
def test_only_the_department_that_keeps_an_entry_and_the_coordinators_may_write(town, values, name, may):
    if may:
        assert entered(values, town.user(name)).pk
    else:
        with pytest.raises(Forbidden):
            entered(values, town.user(name))
