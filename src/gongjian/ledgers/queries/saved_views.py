"""The ways to look at a list that a person has kept, and those that others share."""

from __future__ import annotations

from django.db.models import Q

from gongjian.ledgers.declaration import Table
from gongjian.ledgers.models import SavedView
from gongjian.people.permissions import Asker


def saved_views(table: Table, user: Asker) -> list[SavedView]:
    """One's own first, then what others share; one query."""
    mine = Q(user=user.pk) if user is not None else Q()
    found = SavedView.objects.filter(mine | Q(shared=True), table=table.slug).select_related("user")
    return sorted(found, key=lambda view: (user is None or view.user_id != user.pk, view.pk))
