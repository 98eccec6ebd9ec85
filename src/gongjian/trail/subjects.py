"""What an event is about and who did it, reduced to plain words: the log must outlive the rows it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model

SYSTEM = "系统"


class Actor(Protocol):
    """Whoever is signed in; ``str()`` is the name that is written down."""

    @property
    def pk(self) -> Any:
        """Primary key, None for somebody without an account."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing by type (``plans.measure``), id and the name it had at the time."""

    type: str
    id: str
    label: str = ""


def subject_of(thing: Model | Subject) -> Subject:
    """The words for a saved row; a ``Subject`` is taken as it is. ValueError for a row without an id."""
    if isinstance(thing, Subject):
        return thing
    if thing.pk is None:
        msg = f"an unsaved {thing._meta.label} cannot be the subject of an event"  # noqa: SLF001 - Django's public name
        raise ValueError(msg)
    return Subject(thing._meta.label_lower, str(thing.pk), str(thing))  # noqa: SLF001 - Django's public name


def words_for(actor: Actor | None) -> tuple[int | None, str]:
    """Id and name of an actor; None is the system itself."""
    return (None, SYSTEM) if actor is None else (actor.pk, str(actor))
