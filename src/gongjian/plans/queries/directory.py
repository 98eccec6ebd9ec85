"""The department directory as a reader of documents knows it."""

from collections.abc import Collection
from dataclasses import replace

from django.db.models import Q

from gongjian.people.models import Department, DepartmentGroup
from gongjian.people.names import folded
from gongjian.people.queries import name_index
from gongjian.plans.planfile.model import DepartmentEntry, Directory, Party, PlanDocument


def known_directory() -> Directory:
    """Every department in use with its aliases, and every collective name; two queries."""
    departments = Department.objects.filter(active=True).prefetch_related("aliases")
    return Directory(
        tuple(DepartmentEntry(d.name, d.kind, tuple(alias.alias for alias in d.aliases.all())) for d in departments),
        tuple(DepartmentGroup.objects.values_list("name", flat=True)),
    )


def collective_names(departments: Collection[int]) -> set[str]:
    """The collective names that stand for any of the departments (ids)."""
    stands = Q(everyone=True) | Q(members__in=departments)
    return set(DepartmentGroup.objects.filter(stands).values_list("name", flat=True)) if departments else set()


def canonical(document: PlanDocument) -> PlanDocument:
    """The document with every department under the name the directory keeps, else the document's own directory; printed forms stay."""
    own = {folded(name): folded(entry.name) for entry in document.directory.departments for name in (entry.name, *entry.aliases)}
    known = {name: str(found) for name, found in name_index().items()}

    def named(parties: tuple[Party, ...]) -> tuple[Party, ...]:
        written = ((folded(party.name), party) for party in parties)
        meant = ((known.get(name) or own.get(name, name), party) for name, party in written)
        return tuple(replace(party, name=known.get(name, name)) for name, party in meant)

    return replace(document, measures=tuple(replace(m, lead=named(m.lead), support=named(m.support)) for m in document.measures))
