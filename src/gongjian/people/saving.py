"""Saving a row together with the event that tells of it, so that neither is without the other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.trail.actions import record


def values_of(row: Model, fields: tuple[str, ...]) -> dict[str, Any]:
    """The fields as they stand in memory, foreign keys by id: what an event keeps as before and after."""
    return {name: row.serializable_value(name) for name in fields}


@transaction.atomic
def save_with_event(row: Model, fields: tuple[str, ...], *, by: User | None, at: datetime) -> bool:
    """Check and save ``row`` and record what changed of ``fields``. False, and nothing written, when nothing did.

    Refusal if the row is not valid.
    """
    kind = type(row)
    noun = kind._meta.model_name  # noqa: SLF001 - Django's public name
    check(row)
    after = values_of(row, fields)
    if row._state.adding:  # noqa: SLF001 - Django's public name
        row.save()
        record(f"{noun}.created", row, by=by, at=at, after=after)
        return True
    before = values_of(kind._default_manager.get(pk=row.pk), fields)  # noqa: SLF001 - Django's public name
    changed = [name for name in fields if before[name] != after[name]]
    if changed:
        row.save()
        record(f"{noun}.changed", row, by=by, at=at, before={n: before[n] for n in changed}, after={n: after[n] for n in changed})
    return bool(changed)


@transaction.atomic
def remove_with_event(row: Model, fields: tuple[str, ...], *, by: User | None, at: datetime) -> None:
    """Delete ``row`` and record what it said."""
    record(f"{row._meta.model_name}.removed", row, by=by, at=at, before=values_of(row, fields))  # noqa: SLF001 - Django's public name
    row.delete()


def check(row: Model) -> None:
    """Raise a Refusal with every complaint of the row's own validation."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refusal("；".join(_complaints(row, error))) from error


def _complaints(row: Model, error: ValidationError) -> list[str]:
    titles = {field.name: str(getattr(field, "verbose_name", field.name)) for field in row._meta.get_fields()}  # noqa: SLF001
    return [
        message if name not in titles else f"{titles[name]}：{message}"
        for name, messages in error.message_dict.items()
        for message in messages
    ]
