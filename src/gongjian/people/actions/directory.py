"""Departments, their aliases and the collective names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.db.models import Max

from gongjian.people.models import Department, DepartmentAlias, DepartmentGroup, User
from gongjian.people.names import folded
from gongjian.people.permissions import may, require
from gongjian.people.queries import Answerable, name_index
from gongjian.people.roles import Permission
from gongjian.people.saving import remove_with_event, save_with_event
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

GROUP = "group"  # an entry of this kind is a collective name
STEP = 10  # between two departments' order, so that one can be put between


class Entry(Protocol):
    """A department as a document's directory lists it."""

    @property
    def name(self) -> str:
        """Its canonical name."""

    @property
    def kind(self) -> str:
        """One of ``models.Kind``, or ``group``."""

    @property
    def aliases(self) -> Collection[str]:
        """Its other names."""


@dataclass(slots=True)
class Ensured:
    """What ``ensure_directory`` added, and in Chinese sentences what it left as it stands because the directory says otherwise."""

    departments: list[Department] = field(default_factory=list)
    aliases: list[DepartmentAlias] = field(default_factory=list)
    groups: list[DepartmentGroup] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


@transaction.atomic
def save_department(department: Department, *, by: User | None, at: datetime) -> Department:
    """Save a new or changed department. A renamed one keeps its old name as an alias, since documents go on printing it."""
    require(by, Permission.PEOPLE_MANAGE, on=local_day(at))
    old = None if department.pk is None else Department.objects.get(pk=department.pk).name
    save_with_event(department, ("name", "short", "kind", "order", "active"), by=by, at=at)
    for alias in DepartmentAlias.objects.filter(department=department, alias=department.name):
        remove_with_event(alias, ("alias", "department"), by=by, at=at)  # renamed to what was its alias
    if old and old != department.name:
        _add_alias(old, department, by, at)
    return department


def save_alias(alias: DepartmentAlias, *, by: User | None, at: datetime) -> DepartmentAlias:
    """Save a new or changed alias."""
    require(by, Permission.PEOPLE_MANAGE, on=local_day(at))
    save_with_event(alias, ("alias", "department"), by=by, at=at)
    return alias


def remove_alias(alias: DepartmentAlias, *, by: User | None, at: datetime) -> None:
    """Take an alias back; what was read under it stays with the department."""
    require(by, Permission.PEOPLE_MANAGE, on=local_day(at))
    remove_with_event(alias, ("alias", "department"), by=by, at=at)


@transaction.atomic
def save_group(group: DepartmentGroup, *, members: Collection[Department] | None = None, by: User | None, at: datetime) -> DepartmentGroup:
    """Save a new or changed group; ``members`` None leaves them as they are."""
    require(by, Permission.PEOPLE_MANAGE, on=local_day(at))
    save_with_event(group, ("name", "everyone"), by=by, at=at)
    if members is None:
        return group
    before = {department.name for department in group.members.all()}
    after = {department.name for department in members}
    if before != after:
        group.members.set(members)
        record("departmentgroup.changed", group, by=by, at=at, before={"members": sorted(before)}, after={"members": sorted(after)})
    return group


@transaction.atomic
def ensure_directory(entries: Iterable[Entry], groups: Iterable[str] = (), *, by: User | None, at: datetime) -> Ensured:
    """Add the departments, aliases and groups that are not there yet. What stands is never changed: it knows better than a document.

    Whoever may load a plan may do this, since a plan names departments. A new group stands for every department in use until an
    administrator names its members.
    """
    day = local_day(at)
    if not may(by, Permission.PLAN_LOAD, on=day):
        require(by, Permission.PEOPLE_MANAGE, on=day)
    ensured, index = Ensured(), name_index()
    for entry in entries:
        if entry.kind == GROUP:
            _ensure_group(entry.name, index, ensured, by, at)
        else:
            _ensure_department(entry, index, ensured, by, at)
    for name in groups:
        _ensure_group(name, index, ensured, by, at)
    return ensured


def _ensure_department(entry: Entry, index: dict[str, Answerable], ensured: Ensured, by: User | None, at: datetime) -> None:
    department = index.get(folded(entry.name))
    if isinstance(department, DepartmentGroup):
        ensured.conflicts.append(f"“{entry.name}”在名录中是部门统称，没有另建部门。")
        return
    if department is None:
        last = Department.objects.aggregate(last=Max("order"))["last"] or 0
        department = Department(name=entry.name, kind=entry.kind, order=last + STEP)
        save_with_event(department, ("name", "short", "kind", "order", "active"), by=by, at=at)
        ensured.departments.append(department)
        index[department.name] = department
    for name in map(folded, entry.aliases):
        standing = index.get(name)
        if standing is None:
            ensured.aliases.append(_add_alias(name, department, by, at))
            index[name] = department
        elif standing != department:
            ensured.conflicts.append(f"“{name}”在名录中已指“{standing}”，没有改作“{department}”的别名。")


def _ensure_group(name: str, index: dict[str, Answerable], ensured: Ensured, by: User | None, at: datetime) -> None:
    standing = index.get(folded(name))
    if isinstance(standing, Department):
        ensured.conflicts.append(f"“{name}”在名录中是部门“{standing}”，没有另建部门统称。")
    elif standing is None:
        group = DepartmentGroup(name=name, everyone=True)
        save_with_event(group, ("name", "everyone"), by=by, at=at)
        ensured.groups.append(group)
        index[group.name] = group


def _add_alias(name: str, department: Department, by: User | None, at: datetime) -> DepartmentAlias:
    alias = DepartmentAlias(alias=name, department=department)
    save_with_event(alias, ("alias", "department"), by=by, at=at)
    return alias
