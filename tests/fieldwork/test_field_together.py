"""One draft from two tabs at the same moment: one case, and both are told the same. On either database."""

import sqlite3
import threading
from dataclasses import replace
from random import Random

import pytest
import stage
from django.db import connection, connections
from field_phone import DUSTY, MEASURED, Phone
from stage import at

from gongjian.cases import registry
from gongjian.cases.models import Case, Evidence
from gongjian.fieldwork.actions.receiving import receive
from gongjian.fieldwork.models import Sending

pytestmark = pytest.mark.django_db(transaction=True)
NOON = at(10, 31, 12)


@pytest.fixture
def phone(transactional_db, settings, tmp_path):
    """A phone before a database as an office runs it: SQLite in a file, where a second writer waits, and not in memory, where it fails."""
    settings.GONGJIAN_UPLOADS = tmp_path / "uploads"
    registry.register(DUSTY, MEASURED)
    made = Phone(stage.build())
    told = connections.settings["default"]
    before = told["NAME"]
    if connection.vendor == "sqlite":
        told["NAME"] = str(tmp_path / "office.sqlite3")
        with sqlite3.connect(told["NAME"]) as office:
            connection.connection.backup(office)
    yield made
    told["NAME"] = before
    registry.forget(DUSTY.slug, MEASURED.slug)


def at_once(*acts):
    """Run the acts at once, each on its own connection; what each came to, or the error."""
    ready, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        ready.wait()
        try:
            outcomes[number] = act()
        except Exception as error:  # noqa: BLE001 - what it was is what is asserted
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def tab(phone, number, **said):
    """The same draft as another tab sends it: its files get other random names."""
    parcel = phone.parcel("jiancha", **said)
    names = Random(number)  # noqa: S311 - names of files in a test
    object.__setattr__(parcel, "pieces", [_renamed(piece, f"{names.getrandbits(128):032x}") for piece in parcel.pieces])
    user = phone.town.user("jiancha")
    return lambda: receive(parcel, by=user, at=NOON)


def _renamed(piece, key):
    return replace(piece, key=key)


def counted():
    """How many cases, photos and sendings there are by now."""
    (found,) = at_once(lambda: (Case.objects.count(), Evidence.objects.count(), Sending.objects.count()))
    return found


def test_a_draft_from_three_tabs_at_once_is_one_case(phone, settings):
    outcomes = at_once(*(tab(phone, number) for number in range(3)))
    assert [type(one).__name__ for one in outcomes] == ["Receipt"] * 3, outcomes
    assert sorted(one.repeated for one in outcomes) == [False, True, True]
    assert len({one.sending.label for one in outcomes}) == 1
    assert counted() == (1, 1, 1)
    assert len([path for path in settings.GONGJIAN_UPLOADS.rglob("*") if path.is_file()]) == 2


def test_of_two_different_drafts_under_one_key_one_arrives_and_the_other_is_told(phone):
    outcomes = at_once(tab(phone, 1), tab(phone, 2, words="别的话。"))
    assert sorted(type(one).__name__ for one in outcomes) == ["Arrived", "Receipt"], outcomes
    assert counted() == (1, 1, 1)


def test_two_refused_at_once_leave_nothing_and_hold_nobody_up(phone):
    outcomes = at_once(tab(phone, 1, files=[]), tab(phone, 2, files=[]))
    assert [type(one).__name__ for one in outcomes] == ["Refusal", "Refusal"]
    assert counted() == (0, 0, 0)
    (after,) = at_once(tab(phone, 3))
    assert after.repeated is False
