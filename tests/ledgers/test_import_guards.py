"""Nothing is lost or half-written: overtaken dry runs, killed workers, other departments, what nobody decides on."""

from datetime import timedelta

import pytest
from ledger_sample.declarations import YARDS
from ledger_sample.models import Yard
from made_sheets import HEADINGS, book, handed_in, imported, yard_row
from sampled import yard
from stage import at

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions import entries
from gongjian.ledgers.importing import actions, background
from gongjian.ledgers.importing.actions import carrying
from gongjian.ledgers.importing.queries import visible
from gongjian.ledgers.importing.storage import Folder
from gongjian.ledgers.models import Import
from gongjian.people.permissions import Forbidden
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path


def test_what_changed_since_the_dry_run_stops_all_or_is_left_out(town):
    first = yard()
    found = handed_in(YARDS, book(yard_row(capacity=30), yard_row("Y-2"), yard_row("Y-3")))
    entries.amend(YARDS, first, {"capacity": 40}, version=1, by=None, at=at(11, 2, 10, 30))
    yard("Y-2", at(11, 2, 10, 31), capacity=77)
    imported(found)
    assert found.state == Import.State.CHECKED
    assert "核对以后台账又有变动" in found.problem
    assert not Yard.objects.filter(code="Y-3").exists()
    imported(found, Import.Mode.GOOD)
    assert sorted(Yard.objects.values_list("code", "capacity")) == [("Y-1", 40), ("Y-2", 77), ("Y-3", 20)]
    assert found.summary["written"]["left_out"] == 2


def test_what_became_so_by_itself_since_the_dry_run_is_no_conflict(town):
    yard("Y-1")
    found = handed_in(YARDS, book(yard_row(capacity=30), yard_row("Y-2")))
    entries.amend(YARDS, Yard.objects.get(), {"capacity": 30}, version=1, by=None, at=at(11, 2, 10, 30))
    yard("Y-2", at(11, 2, 10, 31))
    imported(found)
    assert found.state == Import.State.DONE
    assert found.summary["written"] == {"added": 0, "changed": 0, "late": [], "left_out": 0}


def test_a_worker_killed_half_way_has_written_nothing_and_it_can_be_done_again(town, monkeypatch):
    found = handed_in(YARDS, book(*(yard_row(f"Y-{number}") for number in range(9))))
    asked = actions.ask_apply(found, Import.Mode.ALL, by=None, at=at(11, 2, 11))
    with monkeypatch.context() as killing:
        killing.setattr(carrying, "_record", lambda *_args, **_kwargs: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            background.begin(asked, at=at(11, 2, 11))
    assert not Yard.objects.exists()
    found.refresh_from_db()
    assert found.state == Import.State.APPLYING
    with pytest.raises(Refusal, match="正在导入"):
        imported(found, moment=at(11, 2, 11, 5))
    imported(found, moment=at(11, 2, 11, 30))
    assert Yard.objects.count() == 9
    actions.carry_out(found.pk, at=at(11, 2, 11, 31))
    assert Yard.objects.count() == 9


def test_a_fault_of_the_program_is_told_and_writes_nothing(town, monkeypatch):
    found = handed_in(YARDS, book(yard_row()))
    monkeypatch.setattr(carrying, "_record", lambda *_args, **_kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imported(found)
    found.refresh_from_db()
    assert found.state == Import.State.FAILED
    assert f"第 {found.pk} 号导入" in found.problem
    assert not Yard.objects.exists()


def test_large_work_is_handed_over_and_small_work_done_at_once(town, monkeypatch, django_capture_on_commit_callbacks):
    handed = []
    background.provide(lambda pk: handed.append(pk) or True)
    try:
        small = handed_in(YARDS, book(yard_row()))
        assert small.state == Import.State.CHECKED
        monkeypatch.setattr(background, "BYTES_AT_ONCE", 10)
        with django_capture_on_commit_callbacks(execute=True):
            large = handed_in(YARDS, book(yard_row("Y-2")))
        assert large.state == Import.State.CHECKING
        assert handed == [large.pk]
        actions.carry_out(large.pk, at=at(11, 2, 12))
        large.refresh_from_db()
        assert large.state == Import.State.CHECKED
    finally:
        background.provide(None)


def test_an_import_is_seen_by_its_department_and_the_coordinating_office_only(town):
    found = handed_in(YARDS, book(yard_row()), by=town.user("jiaotong"))
    seen = {name: list(visible(YARDS, town.user(name))) == [found] for name in ("jiaotong", "tongchou", "chengjian", "lingdao")}
    assert seen == {"jiaotong": True, "tongchou": True, "chengjian": False, "lingdao": False}
    with pytest.raises(Forbidden):
        imported(found, by=town.user("chengjian"))
    with pytest.raises(Forbidden):
        handed_in(YARDS, book(yard_row()), by=town.user("chengjian"), whose="交通局")


def test_nobody_writes_through_another_departments_import_what_they_may_not(town):
    """The office checked rows of two departments; an officer of one of them cannot confirm them."""
    data = book((*yard_row(), "交通局"), (*yard_row("Y-2"), "城建局"), headings=(*HEADINGS, "主管部门"))
    found = handed_in(YARDS, data, by=town.user("tongchou"))
    with pytest.raises(Forbidden):
        imported(found, by=town.user("jiaotong"))
    assert imported(found, by=town.user("tongchou")).state == Import.State.DONE


def test_what_nobody_decided_on_is_dropped_after_thirty_days(town, django_capture_on_commit_callbacks):
    old, done = handed_in(YARDS, book(yard_row("Y-9"))), imported(handed_in(YARDS, book(yard_row())))
    assert actions.expire(at=at(11, 20)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.expire(at=at(11, 2) + timedelta(31)) == 1
    old.refresh_from_db()
    assert old.state == Import.State.DISCARDED
    assert not Folder(old.token).there
    assert Folder(done.token).there
    assert Event.objects.filter(verb="import.expired", subject_id=str(old.pk)).exists()


def test_a_dropped_import_is_over(town, django_capture_on_commit_callbacks):
    found = handed_in(YARDS, book(yard_row()))
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(found, by=None, at=at(11, 2, 12))
    assert not Folder(found.token).there
    with pytest.raises(Refusal, match="已放弃"):
        imported(found)


def test_whoever_writes_the_same_at_this_very_moment_stops_it_without_harm(town, monkeypatch):
    from django.db import IntegrityError

    from gongjian.ledgers.importing.actions import writing

    found = handed_in(YARDS, book(yard_row()))
    with monkeypatch.context() as meeting:
        meeting.setattr(writing, "insert_entries", lambda *_: (_ for _ in ()).throw(IntegrityError))
        imported(found)
    assert found.state == Import.State.CHECKED
    assert "别人正在登记同样的编号，一条也没有写入" in found.problem
    assert imported(found).state == Import.State.DONE
