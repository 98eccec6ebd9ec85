"""Records (记录): something that happened to an entry on a day."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Department, User


class ListIndex(models.Index):
    """An index that may be named after whatever class has it: a name too long for a database is cut, and told apart by a digest."""

    @property
    def name(self) -> str:
        """What the database calls it."""
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        too_long = len(name) > self.max_name_length and "%(" not in name
        cut = f"{name[: self.max_name_length - 5]}_{blake2b(name.encode(), digest_size=2).hexdigest()}"
        self._name = cut if too_long else name

    def deconstruct(self) -> Any:
        """As a migration writes it: a plain index."""
        _, expressions, kwargs = super().deconstruct()
        return "django.db.models.Index", expressions, kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, models.Index) and self.deconstruct() == other.deconstruct()

    __hash__ = None  # type: ignore[assignment] # as of any index


class Record(models.Model):
    """One thing that happened: an inspection, a test, a sample, a repair. Each kind is a plain table of its own with an ``entry``.

    A row is one version, in force from ``entered_at`` until ``replaced_at``; a correction is a further row with the same ``number``, and a
    record that should not be there is replaced by nothing. What a figure depends on (fuel, stage, …) the record says itself, as it was
    found on the spot: a later change of the ledger does not change what happened. ``label`` is the thing as it was called there, and
    ``entry`` may be empty only for kinds that meet things which are in no ledger of ours.
    """

    number = models.CharField(_("记录编号"), max_length=96)
    on = models.DateField(_("日期"))
    label = models.CharField(_("对象"), max_length=64, db_index=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("实施部门"))
    street = models.CharField(_("街道（镇）"), max_length=32, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    source = models.CharField(_("来源"), max_length=120, blank=True, editable=False)
    entered_at = models.DateTimeField(_("录入时间"), editable=False)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("录入人"))
    replaced_at = models.DateTimeField(_("更正时间"), null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["number"], condition=Q(replaced_at=None), name="%(class)s_number_stands_once")]
        indexes = [ListIndex(fields=["-on", "-id", "replaced_at"], name="%(class)s_latest")]

    def __str__(self) -> str:
        return f"{self.on} {self.label}"


def found_by(*fields: str) -> list[models.Index]:
    """The indexes by which a page of records is found at once whatever it is filtered by: to be added to ``Meta.indexes`` of a kind.

    One for each field a list is filtered by, ending as the list is sorted, so that a rare value is found at once; and one with all of them,
    so that any combination is decided within the index, a period at a time. Both end with what says whether a row still stands. A test of
    every kind watches that none is missing.
    """
    each = [ListIndex(fields=[field, "-on", "-id", "replaced_at"], name=f"%(class)s_{field}") for field in fields]
    return [*each, ListIndex(fields=["-on", "-id", *fields, "replaced_at"], name="%(class)s_listed")]
