"""Whose alarms somebody may see."""

from __future__ import annotations

from django.db.models import Q

from gongjian.people.permissions import Reach


def within(reach: Reach) -> Q:
    """The alarms and findings of outlets a person's permission reaches."""
    return Q() if reach.everywhere else Q(outlet__department__in=reach.departments)
