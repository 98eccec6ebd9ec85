"""The department directory as a reader of documents knows it."""

from gongjian.people.models import Department, DepartmentGroup
from gongjian.plans.planfile.model import DepartmentEntry, Directory


def known_directory() -> Directory:
    """Every department in use with its aliases, and every collective name; two queries."""
    departments = Department.objects.filter(active=True).prefetch_related("aliases")
    return Directory(
        tuple(DepartmentEntry(d.name, d.kind, tuple(alias.alias for alias in d.aliases.all())) for d in departments),
        tuple(DepartmentGroup.objects.values_list("name", flat=True)),
    )
