"""Every checklist of the house can be answered, and what it finds can become the problem it names."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from inspection_desk import SAMPLE

from gongjian.cases.models import EvidenceKind
from gongjian.cases.registry import find_kind
from gongjian.inspections.answering import cleaned, findings, merged, missing
from gongjian.inspections.checklists import checklist, checklists, forget, register
from gongjian.inspections.declaration import Checklist, Item, ItemKind, Makes
from gongjian.inspections.general import PLACE
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.registry import find_ledger

EVERY = [one for one in checklists() if one is not SAMPLE]
MADE = [(one, item) for one in EVERY for item in one.items if item.makes]


def test_there_are_those_of_the_house_and_of_mobile_sources():
    assert {one.slug for one in EVERY} >= {"general", "work-record", "fuel-station", "storage-site", "fleet-premises", "site-machine"}


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.slug)
def test_it_is_for_ledgers_that_exist_and_says_what_it_is(one):
    assert [find_ledger(slug).slug for slug in one.ledgers] == list(one.ledgers)
    assert one.title
    assert one.about
    assert all(item.text for item in one.items)


@pytest.mark.parametrize(("one", "item"), MADE, ids=lambda value: getattr(value, "slug", ""))
def test_a_problem_it_names_exists_with_its_level_and_takes_its_ledgers(one, item):
    kind = find_kind(item.makes.kind)
    assert kind.level(item.makes.level)
    assert not kind.ledgers or (one.ledgers and set(one.ledgers) <= set(kind.ledgers))
    assert len(item.makes.title) <= 60


@pytest.mark.parametrize(("one", "item"), MADE, ids=lambda value: getattr(value, "slug", ""))
def test_evidence_its_problem_needs_is_asked_for_by_the_checklist(one, item):
    needs = find_kind(item.makes.kind).needs("find")
    assert all(need.kind is EvidenceKind.PHOTO for need in needs)
    photos = [other for other in one.items if other.kind is ItemKind.PHOTO and other.required]
    assert len(photos) >= max([need.least for need in needs], default=0)


def answers_of(item):
    if item.kind is ItemKind.NUMBER:
        return st.floats(item.least or 0, item.most if item.most is not None else 1e6)
    return st.text("字a ", max_size=20) if item.kind is ItemKind.TEXT else st.sampled_from([key for key, _ in item.options])


@given(st.data())
def test_any_possible_answers_are_kept_as_they_are_and_cleaning_again_changes_nothing(data):
    one = data.draw(st.sampled_from(EVERY))
    items = [item for item in one.items if item.kind is not ItemKind.PHOTO]
    given_ = {item.slug: data.draw(answers_of(item)) for item in data.draw(st.lists(st.sampled_from(items), unique_by=lambda i: i.slug))}
    kept = cleaned(one, given_)
    assert cleaned(one, kept) == kept
    assert merged({}, kept) == {slug: answer for slug, answer in kept.items() if answer is not None}
    bad = {found.item.slug for found in findings(one, kept)}
    for item in items:
        answer = kept.get(item.slug)
        if item.kind is ItemKind.NUMBER and answer is not None:
            inside = (item.low is None or answer >= item.low) and (item.high is None or answer <= item.high)
            assert (item.slug in bad) is not inside
        elif item.kind is not ItemKind.TEXT:
            assert (item.slug in bad) is (answer in item.findings)
    assert set(missing(one, merged({}, kept), ())) == {item.text for item in one.items if item.required and kept.get(item.slug) is None}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"slug": "Bad Slug"}, "slug"),
        ({"items": ()}, "each once"),
        ({"items": (Item(slug="a", text="a"), Item(slug="a", text="b"))}, "each once"),
        ({"version": 0}, "from one"),
        ({"items": (Item(slug="a", text="a", kind=ItemKind.CHOICE),)}, "choices"),
        ({"items": (Item(slug="a", text="a", bad=("never",)),)}, "never be answered"),
        ({"items": (Item(slug="a", text="a", unit="m"),)}, "only a number"),
        ({"items": (Item(slug="a", text="a", kind=ItemKind.NUMBER, least=2, most=1),)}, "no number"),
        (
            {"items": (Item(slug="a", text="a", kind=ItemKind.TEXT, makes=Makes(kind="other", level="general", title="x")),)},
            "nobody can tell",
        ),
    ],
)
def test_a_checklist_that_could_not_be_answered_is_refused(said, words):
    values = {"slug": "x", "title": "x", "about": "x", "version": 1, "items": (Item(slug="a", text="a"),)}
    with pytest.raises(ValueError, match=words):
        Checklist(**values | said)


def test_two_of_one_slug_are_refused_the_same_again_is_not_and_an_unknown_one_says_so():
    register(PLACE)
    with pytest.raises(ImproperlyConfigured):
        register(Checklist(slug="general", title="x", about="x", version=1, items=(Item(slug="a", text="a"),)))
    forget("nothing")
    with pytest.raises(Refusal, match="没有“nothing”这份检查清单"):
        checklist("nothing")
