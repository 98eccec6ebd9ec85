"""The plan that ships inside the package, stored."""

from dataclasses import replace
from importlib import resources

import pytest
from stage import at, load

from gongjian.plans.models import Commitment, Edition, Measure
from gongjian.plans.planfile.toml_format import parse_plan_file, read_plan_file, write_plan_file
from gongjian.plans.queries.stored import stored_document
from gongjian.plans.reading import read_file
from gongjian.project.cli.saying import built_in_directory
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    with resources.as_file(resources.files("gongjian.plans") / "data" / "bda-2020.toml") as path:
        return read_plan_file(path)


def test_the_built_in_plan_has_88_measures_and_154_commitments(document):
    loaded = load(document, moment=at(3, 29))
    assert (Measure.objects.count(), Commitment.objects.count()) == (88, 154)
    assert [row.letter for row in loaded.plans.all()] == ["A", "W", "S"]
    stored = stored_document(loaded)
    assert stored.measures == document.measures
    assert write_plan_file(stored) == write_plan_file(replace(document, directory=stored.directory))
    assert parse_plan_file(write_plan_file(stored)) == stored


@pytest.mark.shared
def test_the_official_document_lays_its_words_over_the_built_in_plan_and_keeps_every_commitment(document, shared):
    """All 88 measures gain their exact words and place; nothing is added or withdrawn; a second load changes nothing."""
    loaded = load(document, moment=at(3, 29))
    promised = list(Commitment.objects.order_by("id").values())
    official = read_file(shared / "plan" / "official-plan-2020.txt", built_in_directory())
    load(official, moment=at(3, 30), slug=loaded.slug)
    assert (Measure.objects.filter(withdrawn_at=None).count(), Measure.objects.count()) == (88, 88)
    assert list(Commitment.objects.order_by("id").values()) == promised
    assert all(measure.text and measure.source for measure in stored_document(loaded).measures)
    before = Edition.objects.count(), Event.objects.count()
    load(official, moment=at(3, 31), slug=loaded.slug)
    assert (Edition.objects.count(), Event.objects.count()) == before
