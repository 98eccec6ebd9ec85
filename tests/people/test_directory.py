"""Departments, the names they go by, and the collective names."""

from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.refusal import Refusal
from gongjian.people.actions import ensure_directory, remove_alias, save_alias, save_department, save_group
from gongjian.people.models import Department, DepartmentAlias, DepartmentGroup
from gongjian.people.names import folded
from gongjian.people.permissions import Forbidden
from gongjian.people.queries import departments, group_departments, name_index, resolve
from gongjian.people.roles import Role
from gongjian.trail.models import Event


@dataclass
class Entry:
    """As a document's directory lists a department."""

    name: str
    kind: str = "bureau"
    aliases: tuple = ()


ENTRIES = [
    Entry("综合执法局", aliases=("综合行政执法局",)),
    Entry("公安分局交通大队", "police", ("交通大队", "交警大队")),
    Entry("亦庄镇", "town"),
]
GROUPS = ["生态文明委各相关单位"]


def verbs():
    return list(Event.objects.values_list("verb", flat=True))


def test_a_directory_is_made_once_and_the_second_time_changes_nothing(db, at):
    made = ensure_directory(ENTRIES, GROUPS, by=None, at=at)
    assert ([d.name for d in made.departments], len(made.aliases), len(made.groups)) == (["综合执法局", "公安分局交通大队", "亦庄镇"], 3, 1)
    assert verbs() == [
        *["department.created", "departmentalias.created"],
        *["department.created", "departmentalias.created", "departmentalias.created"],
        *["department.created", "departmentgroup.created"],
    ]
    again = ensure_directory(ENTRIES, GROUPS, by=None, at=at)
    assert (again.departments, again.aliases, again.groups, again.conflicts) == ([], [], [], [])
    assert len(verbs()) == 7


def test_departments_keep_the_documents_order(db, at):
    ensure_directory(ENTRIES, by=None, at=at)
    assert [department.name for department in departments()] == [entry.name for entry in ENTRIES]


def test_a_directory_never_changes_what_stands(db, at):
    ensure_directory(ENTRIES, by=None, at=at)
    town = Department.objects.get(name="亦庄镇")
    town.kind, town.active = "office", False
    save_department(town, by=None, at=at)
    later = ensure_directory([Entry("亦庄镇", "town"), Entry("别的局", aliases=("交通大队",))], ["综合执法局"], by=None, at=at)
    town.refresh_from_db()
    assert (town.kind, town.active) == ("office", False)
    assert later.conflicts == [
        "“交通大队”在名录中已指“公安分局交通大队”，没有改作“别的局”的别名。",
        "“综合执法局”在名录中是部门“综合执法局”，没有另建部门统称。",
    ]


def test_an_entry_of_kind_group_becomes_a_group(db, at):
    ensure_directory([Entry("各相关部门", "group")], by=None, at=at)
    assert isinstance(resolve("各相关部门"), DepartmentGroup)


def test_a_directory_with_a_kind_nobody_knows_is_refused_whole(db, at):
    with pytest.raises(Refusal, match="类别"):
        ensure_directory([*ENTRIES, Entry("某所", "planet")], by=None, at=at)
    assert not Department.objects.exists()


@pytest.mark.parametrize("name", ["综合执法局", "综合行政执法局", " 综合 执法局\n", "综合行政　执法局"])
def test_a_department_is_found_by_any_of_its_names_however_spaced(db, at, name):
    ensure_directory(ENTRIES, by=None, at=at)
    assert str(resolve(name)) == "综合执法局"


def test_a_name_nobody_bears_resolves_to_nothing(db, at):
    ensure_directory(ENTRIES, GROUPS, by=None, at=at)
    assert resolve("执法局") is None
    assert str(resolve("生态文明委各相关单位")) == "生态文明委各相关单位"


def test_the_index_of_names_agrees_with_resolving_each_and_costs_three_queries(db, at, django_assert_num_queries):
    ensure_directory(ENTRIES, GROUPS, by=None, at=at)
    with django_assert_num_queries(3):
        index = name_index()
    assert len(index) == 7
    assert all(resolve(name) == bearer for name, bearer in index.items())


def test_one_name_means_one_thing(db, at):
    ensure_directory(ENTRIES, GROUPS, by=None, at=at)
    traffic = Department.objects.get(name="公安分局交通大队")
    with pytest.raises(Refusal, match="已经是“公安分局交通大队”的别名"):
        save_department(Department(name="交通大队"), by=None, at=at)
    with pytest.raises(Refusal, match="已经是一个部门统称的名称"):
        save_department(Department(name=GROUPS[0]), by=None, at=at)
    with pytest.raises(Refusal, match="已经是一个部门的名称"):
        save_alias(DepartmentAlias(alias="综合执法局", department=traffic), by=None, at=at)
    with pytest.raises(Refusal, match="已经是一个部门的名称"):
        save_group(DepartmentGroup(name="亦庄镇"), by=None, at=at)


def test_a_renamed_department_is_still_found_by_its_old_name_and_may_be_named_back(bureau, at):
    bureau.name = "城市管理局"
    save_department(bureau, by=None, at=at)
    assert resolve("城市运行局") == resolve("城市管理局") == bureau
    bureau.name = "城市运行局"
    save_department(bureau, by=None, at=at)
    assert resolve("城市运行局") == resolve("城市管理局") == bureau
    assert not DepartmentAlias.objects.filter(alias="城市运行局").exists()


def test_an_event_tells_what_changed_and_only_that(bureau, at):
    bureau.short = "城运局"
    save_department(bureau, by=None, at=at)
    event = Event.objects.last()
    assert (event.verb, event.before, event.after) == ("department.changed", {"short": "运行局"}, {"short": "城运局"})


def test_saving_without_a_change_leaves_no_event(bureau, at):
    before = verbs()
    save_department(bureau, by=None, at=at)
    assert verbs() == before


def test_an_alias_can_be_taken_back(bureau, at):
    alias = save_alias(DepartmentAlias(alias="运管局", department=bureau), by=None, at=at)
    remove_alias(alias, by=None, at=at)
    assert resolve("运管局") is None
    assert Event.objects.last().before == {"alias": "运管局", "department": bureau.pk}


def test_a_group_stands_for_its_members_in_use_or_for_every_department_in_use(bureau, other_bureau, at):
    group = save_group(DepartmentGroup(name="各相关部门"), members=[other_bureau], by=None, at=at)
    assert group_departments(group) == [other_bureau]
    other_bureau.active = False
    save_department(other_bureau, by=None, at=at)
    assert group_departments(group) == []
    group.everyone = True
    save_group(group, by=None, at=at)
    assert group_departments(group) == [bureau]


def test_who_joins_and_leaves_a_group_is_recorded(bureau, other_bureau, at):
    group = save_group(DepartmentGroup(name="各相关部门"), members=[bureau], by=None, at=at)
    save_group(group, members=[other_bureau], by=None, at=at)
    event = Event.objects.last()
    assert (event.before, event.after) == ({"members": ["城市运行局"]}, {"members": ["综合执法局"]})
    count = len(verbs())
    save_group(group, members=[other_bureau], by=None, at=at)
    assert len(verbs()) == count


def test_a_department_with_people_in_it_cannot_be_deleted(person, bureau):
    person(Role.OFFICER)
    with pytest.raises(IntegrityError), transaction.atomic():
        bureau.delete()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.INSPECTOR, Role.LEADER])
def test_only_who_manages_people_or_loads_plans_may_touch_the_directory(role, person, bureau, at):
    user = person(role)
    changed = Department.objects.get(pk=bureau.pk)
    changed.short = "改"
    for door in (
        lambda: save_department(changed, by=user, at=at),
        lambda: save_alias(DepartmentAlias(alias="别名", department=bureau), by=user, at=at),
        lambda: save_group(DepartmentGroup(name="各部门"), by=user, at=at),
        lambda: ensure_directory(ENTRIES, by=user, at=at),
    ):
        with pytest.raises(Forbidden):
            door()
    assert Department.objects.get().short == "运行局"


def test_whoever_loads_a_plan_may_add_the_departments_it_names(person, at):
    user = person(Role.COORDINATOR)
    assert len(ensure_directory(ENTRIES, by=user, at=at).departments) == 3
    assert Event.objects.last().actor_label == str(user)
    with pytest.raises(Forbidden):
        save_department(Department(name="某局"), by=user, at=at)


@given(st.text())
def test_folding_a_name_twice_is_folding_it_once(name):
    assert folded(folded(name)) == folded(name)


def test_folding_keeps_words_in_other_scripts_apart_and_widens_brackets():
    assert folded(" 第２ 中心 (北区) ") == "第2中心（北区）"
    assert folded("BDA  Water Co") == "BDA Water Co"
