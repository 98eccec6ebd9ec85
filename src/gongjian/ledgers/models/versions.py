"""The table of versions of a kind of entry, made from its model: every column once more, and from when until when it stood."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models.entry import Entry

LEFT_OUT = frozenset({"id", "entry_ptr", "sought"})


def versions_of(model: type[Entry]) -> type[models.Model]:
    """The model ``<Kind>Version``: one row for each state an entry of the kind was ever in.

    A row stood from ``entered_at`` until ``replaced_at`` (NULL: it stands), so how the ledger was known by the end of a past day is one
    WHERE clause. The rows are written by ``ledgers.actions`` only. To be called beside the kind's model, and kept under the name it has.
    """
    fields = {field.name: _copied(field) for field in model._meta.concrete_fields if field.name not in LEFT_OUT}  # noqa: SLF001 - Django's public name
    name = f"{model.__name__}Version"
    words = f"{model._meta.verbose_name}版本"  # noqa: SLF001 - same
    label = model._meta.model_name  # noqa: SLF001 - same
    meta = type(
        "Meta",
        (),
        {
            "app_label": model._meta.app_label,  # noqa: SLF001 - same
            "verbose_name": words,
            "verbose_name_plural": words,
            "constraints": [models.UniqueConstraint(fields=["entry"], condition=Q(replaced_at=None), name=f"{label}_one_version_stands")],
        },
    )
    own = {
        "__module__": model.__module__,
        "__doc__": f"The versions of {model.__name__}.",
        "Meta": meta,
        "entry": models.ForeignKey(model, models.PROTECT, related_name="versions", verbose_name=_("条目")),
        "replaced_at": models.DateTimeField(_("被更新时间"), null=True),
    }
    return type(name, (models.Model,), own | fields)


def _copied(field: Any) -> Any:
    """The field as a version keeps it: the same column without uniqueness, and without a way back from what it points at."""
    if isinstance(field, models.ForeignKey):
        pointed = field.remote_field
        return models.ForeignKey(
            pointed.model, models.PROTECT, null=field.null, related_name="+", db_index=False, verbose_name=field.verbose_name
        )
    twin = copy(field)
    twin._unique = False  # noqa: SLF001 - the one way to say so of a copy
    return twin
