"""The law of the search: found is what has the words, however it was written down and whatever else is there."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_sample.declarations import YARDS
from sampled import company, department, yard
from stage import at

from gongjian.ledgers.actions import entries
from gongjian.ledgers.actions.finding import keep_all_findable
from gongjian.ledgers.grams import pairs, tokens
from gongjian.ledgers.models import Entry
from gongjian.ledgers.queries import searching
from gongjian.ledgers.queries.searching import search
from gongjian.ledgers.searching import folded

pytestmark = pytest.mark.django_db
WORDS = st.text(st.sampled_from("甲乙丙厂重型车京津Aa1２-（(·%_'\" 　\\*NOT"), max_size=6)


def codes(found):
    return sorted(found.values_list("code", flat=True))


def brute(text):
    wanted = folded(text)
    return sorted(
        entry.code
        for entry in Entry.objects.filter(kind=YARDS.slug).select_related("enterprise")
        if wanted in entry.sought or (entry.enterprise and wanted in entry.enterprise.sought)
    )


@pytest.fixture
def filled(town):
    plant = company(name="津乙重型机械厂")
    for number, name in enumerate(
        ["甲厂（东）", "乙车１号", "重型车场", "京A1-2", "100%_厂", "型重", "O'T NOT", "a\\*b", "京津丙", "Ａ1２"]
    ):
        yard(f"Y{number}", name=name, keeper="甲乙"[number % 2], enterprise=plant if number == 5 else None)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=WORDS)
def test_found_is_exactly_what_has_the_words(filled, text):
    assert codes(search(YARDS, text)) == brute(text)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=WORDS)
def test_frequent_words_find_the_same(filled, monkeypatch, text):
    monkeypatch.setattr(searching, "FREQUENT", 1)
    assert codes(search(YARDS, text)) == brute(text)


@given(text=st.text(), other=st.text())
def test_every_pair_of_a_part_is_a_pair_of_the_whole(text, other):
    whole = folded(other) + folded(text) + folded(other)
    assert set(pairs(folded(text))) <= set(pairs(whole))
    assert set(tokens(folded(text)).split()) <= set(tokens(whole).split())
    assert len(set(tokens(whole).split())) == len(pairs(whole))


def test_two_characters_of_chinese_are_found_anywhere(filled):
    assert codes(search(YARDS, "型车")) == ["Y2"]
    assert codes(search(YARDS, "重型")) == ["Y2", "Y5"]  # the second through its company
    assert codes(search(YARDS, "露天")) == [f"Y{n}" for n in range(10)]  # a choice by its word


def test_an_entry_is_found_by_what_it_says_now(filled):
    entry = Entry.objects.get(code="Y2").as_yard
    for version, name in enumerate(("轻型棚", "重型车场", "轻型棚"), start=1):
        entries.amend(YARDS, entry, {"name": name}, version=version, by=None, at=at(4, version))
        assert codes(search(YARDS, name)) == ["Y2"]
    assert codes(search(YARDS, "型车")) == []
    keep_all_findable()
    assert codes(search(YARDS, "轻型棚")) == ["Y2"]


def test_no_ledger_named_searches_all(filled):
    assert search(None, "津乙重型").count() == 2
    assert {entry.kind for entry in search(None, "津乙重型")} == {"enterprises", "sample-yards"}


def test_what_is_written_and_undone_is_not_found(filled, django_db_blocker):
    from django.db import transaction

    with transaction.atomic():
        yard("Z", name="鑫鑫鑫")
        assert search(YARDS, "鑫鑫").count() == 1
        transaction.set_rollback(True)
    assert search(YARDS, "鑫鑫").count() == 0
    yard("Z2", name="森森", department=department())
    assert codes(search(YARDS, "鑫鑫")) == []
    assert codes(search(YARDS, "森森")) == ["Z2"]
