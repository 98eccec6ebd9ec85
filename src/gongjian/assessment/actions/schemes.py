"""Keeping schemes: seeded for the built-in plan, edited in the back room."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from importlib import resources
from typing import Any

from django.db import transaction

from gongjian.assessment.models import Scheme, SchemeGroup, SchemeItem
from gongjian.assessment.registry import kind_called, kinds
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.people.saving import check, save_with_event, values_of
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

FIELDS = ("title", "basis", "active_from", "active_to", "helping", "least_rows", "objection_days", "praise_from", "blame_below")
ITEM_FIELDS = ("kind", "weight", "partly", "order")
GROUP_FIELDS = ("title", "kinds", "order")


@transaction.atomic
def save_scheme(scheme: Scheme, items: Sequence[SchemeItem], groups: Sequence[SchemeGroup], *, by: User | None, at: datetime) -> Scheme:
    """Save a scheme with exactly these items and groups. Assessments already drafted keep what it said then.

    Refusal for a kind nobody answers for and for what does not fit together.
    """
    require(by, Permission.ASSESSMENT_SCHEME, on=local_day(at))
    for item in items:
        kind_called(item.kind)
    before = _parts(scheme) if scheme.pk else {}
    save_with_event(scheme, FIELDS, by=by, at=at)
    scheme.items.all().delete()
    scheme.groups.all().delete()
    for item in items:
        _write_anew(item, scheme)
    for group in groups:
        _write_anew(group, scheme)
    after = _parts(scheme)
    if before != after:
        record("scheme.weighed", scheme, by=by, at=at, before=before, after=after)
    return scheme


def seed_scheme(*, by: User | None, at: datetime) -> Scheme | None:
    """The scheme shipped with the built-in plan; None, and nothing written, where there is one already.

    Items nobody answers for in this house are left out: their weight falls to the others.
    """
    if Scheme.objects.exists():
        return None
    said: dict[str, Any] = tomllib.loads((resources.files("gongjian.assessment") / "data" / "scheme.toml").read_text(encoding="utf-8"))
    known = {kind.slug for kind in kinds()}
    items = [SchemeItem(order=number, **item) for number, item in enumerate(said.pop("item")) if item["kind"] in known]
    groups = [SchemeGroup(order=number, **group) for number, group in enumerate(said.pop("group"))]
    active_from: date = said.pop("active_from")
    return save_scheme(Scheme(active_from=active_from, **said), items, groups, by=by, at=at)


def _write_anew(part: SchemeItem | SchemeGroup, scheme: Scheme) -> None:
    part.pk, part.scheme = None, scheme
    part._state.adding = True  # noqa: SLF001 - Django's documented way to write a row as a new one
    check(part)
    part.save()


def _parts(scheme: Scheme) -> dict[str, Any]:
    return {
        "items": [values_of(item, ITEM_FIELDS) for item in scheme.items.all()],
        "groups": [values_of(group, GROUP_FIELDS) for group in scheme.groups.all()],
    }
