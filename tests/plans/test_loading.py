"""A document becomes the plan: whole or not at all, once, and by whoever may."""

from dataclasses import replace
from datetime import date

import pytest
import stage
from django.db import DatabaseError
from stage import at, changed, load, plan

from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department, DepartmentAlias, DepartmentGroup
from gongjian.plans.actions import wordings
from gongjian.plans.models import Commitment, Edition, Measure, Plan, Programme, Responsibility, Wording
from gongjian.plans.planfile import model
from gongjian.plans.planfile.diff import diff_documents
from gongjian.plans.planfile.toml_format import parse_plan_file, write_plan_file
from gongjian.plans.queries.programmes import programme, standing_for
from gongjian.plans.queries.stored import stored_document
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
TABLES = (Programme, Plan, Edition, Measure, Wording, Responsibility, Commitment, Department, DepartmentAlias, DepartmentGroup, Event)


def rows():
    return {table.__name__: table.objects.count() for table in TABLES}


def test_a_first_load_writes_the_whole_document_and_is_in_force_from_the_day_of_issue():
    """Loaded in April, the plan of 2 March was in force on 2 March."""
    loaded = load(plan(), moment=at(4, 20))
    assert (loaded.number, loaded.year, loaded.issued_on, loaded.slug) == ("滨政发〔2020〕7号", 2020, stage.ISSUED, "2020-7")
    assert [row.letter for row in loaded.plans.all()] == ["A", "W"]
    assert loaded.measures.count() == 6
    assert set(Wording.objects.values_list("effective_at", flat=True)) == {at(3, 2, 0)}
    assert set(Commitment.objects.values_list("effective_at", flat=True)) == {at(3, 2, 0)}
    assert Event.objects.filter(verb="measure.added", at=at(4, 20)).count() == 6
    assert set(Department.objects.values_list("name", flat=True)) == {entry.name for entry in stage.DEPARTMENTS}


def test_a_failure_half_way_leaves_nothing(monkeypatch):
    """The fifth measure cannot be written: neither are the four before it, nor departments, nor events."""
    add, told = wordings.add_measure, []

    def stumble(desk, said, order):
        told.append(said.key)
        if len(told) == 5:
            raise DatabaseError
        add(desk, said, order)

    monkeypatch.setattr("gongjian.plans.actions.loading.add_measure", stumble)
    before = rows()
    with pytest.raises(DatabaseError):
        load(plan(), moment=at(3, 2))
    assert rows() == before
    assert told == ["A1.1", "A1.2", "A2.1", "A2.2", "W1.1"]


@pytest.mark.parametrize("printed", [False, True])
def test_the_same_document_twice_changes_nothing_not_even_an_edition_or_an_event(printed):
    load(plan(printed=printed), moment=at(3, 2))
    before = rows()
    load(plan(printed=printed), moment=at(3, 5))
    assert rows() == before


def test_what_is_exported_loads_as_equal():
    """A stored plan, written out and read back, is the same document; loading it changes nothing."""
    first = load(plan(), moment=at(3, 2))
    load(plan(printed=True), moment=at(3, 3))
    stored = stored_document(first)
    read_back = parse_plan_file(write_plan_file(stored))
    assert read_back == stored
    before = rows()
    load(read_back, moment=at(3, 5))
    assert rows() == before


def test_exact_words_are_attached_to_the_same_measures_and_keep_their_commitments():
    loaded = load(plan(), moment=at(3, 2))
    promised = list(Commitment.objects.order_by("id").values())
    load(plan(printed=True), moment=at(3, 9))
    found = Wording.objects.get(measure__key="W1.1")
    assert (found.digest, found.text) == stage.WORDS["W1.1"]
    assert found.source["row"] == 1
    assert list(Commitment.objects.order_by("id").values()) == promised
    assert Measure.objects.count() == Wording.objects.count() == 6
    assert Event.objects.filter(verb="measure.attached").count() == 6
    assert not Event.objects.filter(verb="measure.changed").exists()
    assert diff_documents(stored_document(loaded), plan(printed=True)).is_empty


def test_a_place_that_was_missing_is_attached_once():
    """Words were known without their place in a file; a reading that brings the place is loaded, and loading it again changes nothing."""
    placeless = replace(plan(printed=True), measures=tuple(replace(m, source=None) for m in plan(printed=True).measures))
    load(placeless, moment=at(3, 2))
    load(plan(printed=True), moment=at(3, 3))
    assert all(source for source in Wording.objects.values_list("source", flat=True))
    before = rows()
    load(plan(printed=True), moment=at(3, 4))
    assert rows() == before


def test_a_programme_is_recognised_by_its_number_or_else_by_its_title():
    loaded = load(plan(), moment=at(3, 2))
    assert standing_for(replace(stage.HEAD, title="另一个标题")) == loaded
    assert standing_for(replace(stage.HEAD, number="")) == loaded
    assert standing_for(replace(stage.HEAD, number="滨政发〔2020〕8号", title="又一份")) is None
    assert standing_for(model.PlanHead()) is None


def test_a_document_of_another_number_makes_another_programme():
    load(plan(), moment=at(3, 2))
    other = replace(plan(), head=replace(stage.HEAD, number="滨政发〔2021〕7号", title="滨县2021年行动计划", date=date(2021, 3, 1)))
    second = load(other, moment=at(3, 2, year=2021))
    assert (second.year, second.slug) == (2021, "2021-7")
    assert [p.slug for p in Programme.objects.all()] == ["2021-7", "2020-7"]
    assert programme() == second  # the latest year first
    assert programme("2020-7").year == 2020


def test_an_unknown_code_is_refused_in_one_sentence():
    with pytest.raises(Refusal, match="没有代码为“x-1”的行动计划"):
        programme("x-1")
    with pytest.raises(Refusal, match="还没有载入任何行动计划"):
        programme()


def test_departments_the_directory_did_not_know_appear_in_it():
    told = changed(plan(), "W1.2", lead=(stage.party("清水河管理处"),))
    load(told, moment=at(3, 2))
    made = Department.objects.get(name="清水河管理处")
    assert made.kind == "bureau"
    assert Responsibility.objects.get(wording__measure__key="W1.2", role="lead").department == made
    assert Event.objects.filter(verb="department.created", subject_id=str(made.pk)).exists()


@pytest.mark.parametrize("printed", ["清水河 管理处", "清水河管理处(筹)", "住建局"])
def test_a_name_written_with_spaces_brackets_or_as_an_alias_finds_its_department(printed):
    """The directory keeps names in one form; a document need not."""
    told = changed(plan(), "W1.2", lead=(model.Party(printed, printed),))
    load(told, moment=at(3, 2))
    row = Responsibility.objects.get(wording__measure__key="W1.2", role="lead")
    assert row.department.name in {"清水河管理处", "清水河管理处（筹）", "城建局"}
    before = rows()
    load(told, moment=at(3, 3))
    assert rows() == before


def test_a_document_without_measures_is_refused():
    with pytest.raises(Refusal, match="没有读到任何工作措施"):
        load(replace(plan(), measures=()), moment=at(3, 2))


def test_a_measure_without_a_lead_department_is_refused_by_its_key():
    before = rows()
    with pytest.raises(Refusal, match=r"措施 A1\.2 没有牵头部门"):
        load(changed(plan(), "A1.2", lead=()), moment=at(3, 2))
    assert rows() == before


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("A1.1", {"task": "长" * 201}),
        ("A1.1", {"section": "长" * 201}),
        ("A1.1", {"deadline": Deadline(DeadlineKind.YEAR_END, text="年底" * 40)}),
        ("A1.1", {"key": "A" * 30}),
        ("A1.1", {"lead": (model.Party("交通局", "长" * 90),)}),
        ("A1.1", {"lead": (model.Party("长" * 70, "长" * 70),)}),
        ("A1.2", {"commitments": (model.Commitment(stage.M.MILESTONE, what="长" * 201),)}),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_words_too_long_to_be_kept_are_refused_in_one_sentence_on_every_database(key, fields):
    before = rows()
    with pytest.raises(Refusal, match="字"):
        load(changed(plan(), key, **fields), moment=at(3, 2))
    assert rows() == before


@pytest.mark.parametrize("name", ["number", "issuer", "signer", "title"])
def test_a_head_too_long_to_be_kept_is_refused_in_one_sentence(name):
    before = rows()
    with pytest.raises(Refusal, match="字"):
        load(replace(plan(), head=replace(stage.HEAD, **{name: "长" * 201})), moment=at(3, 2))
    assert rows() == before


def test_two_plans_of_one_letter_are_refused_in_one_sentence():
    same = replace(plan(), measures=tuple(replace(m, key=f"A9.{n}") if m.plan == stage.WATER else m for n, m in enumerate(plan().measures)))
    with pytest.raises(Refusal, match="字头"):
        load(same, moment=at(3, 2))
