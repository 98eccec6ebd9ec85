"""Reading inboxes, habits, and what did not arrive."""

from __future__ import annotations

from collections.abc import Collection

from django.apps import apps
from django.db.models import BooleanField, ExpressionWrapper, Max, Q, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from gongjian.notices.channels import CHOSEN, Channel
from gongjian.notices.models import TROUBLED, Delivery, Dispatch, Preference
from gongjian.notices.planning import Habit
from gongjian.people.models import User


def habits_of(users: Collection[User]) -> dict[int, dict[Channel, Habit]]:
    """By user id, a habit for each channel a person has a say in: the chosen one, or the usual; one query."""
    found = {user.pk: dict.fromkeys(CHOSEN, Habit()) for user in users}
    for preference in Preference.objects.filter(user__in=found):
        found[preference.user_id][Channel(preference.channel)] = preference.habit()
    return found


def sent_keys(keys: Collection[str]) -> set[str]:
    """Which of the keys have been told."""
    return set(Dispatch.objects.filter(key__in=keys).values_list("key", flat=True))


def unread(user: User) -> int:
    """How many entries of somebody's inbox are unread."""
    return Delivery.objects.filter(user=user, channel=Channel.INBOX, read_at=None).count()


def inbox(user: User, *, subject: str = "", unread_only: bool = False) -> QuerySet[Delivery]:
    """Somebody's inbox: unread first, newest first; of one kind of subject (``plans.report``) where that is asked for."""
    entries = Delivery.objects.filter(user=user, channel=Channel.INBOX).select_related("dispatch")
    if subject:
        entries = entries.filter(dispatch__about__startswith=f"{subject}:")
    if unread_only:
        entries = entries.filter(read_at=None)
    is_unread = ExpressionWrapper(Q(read_at=None), output_field=BooleanField())
    return entries.annotate(is_unread=is_unread).order_by("-is_unread", "-pk")


def newest(user: User) -> int:
    """The latest entry of somebody's inbox; 0 where there is none."""
    return Delivery.objects.filter(user=user, channel=Channel.INBOX).aggregate(newest=Max("pk"))["newest"] or 0


def subjects_of(user: User) -> dict[str, str]:
    """The kinds of subject in somebody's inbox (``plans.report``), with their Chinese names."""
    told = Delivery.objects.filter(user=user, channel=Channel.INBOX, dispatch__about__contains=":").order_by()
    kind = Substr("dispatch__about", 1, StrIndex("dispatch__about", Value(":")) - 1)
    return {one: title for one in sorted(told.values_list(kind, flat=True).distinct()) if (title := subject_title(one))}


def subject_title(about: str) -> str:
    """The Chinese name of what a notice is about (``plans.report:17`` gives 月度进展); empty for what no room knows.

    A notice outlives the code that sent it.
    """
    kind = about.partition(":")[0]
    try:
        return str(apps.get_model(kind)._meta.verbose_name)  # noqa: SLF001 - Django's public name
    except (LookupError, ValueError):
        return ""


def troubled(user: User, limit: int = 10) -> list[Delivery]:
    """The latest of somebody's deliveries that did not arrive, or may not have."""
    return list(Delivery.objects.filter(user=user, state__in=TROUBLED).select_related("dispatch")[:limit])
