"""The rules and the ladder as they hold on a day, and how far back they must look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from gongjian.supervision.detecting.kinds import BEHIND, FALLING, RED_LIGHT
from gongjian.supervision.models import LadderRung, OrderRule
from gongjian.supervision.queries.gathering import Back


def rules_in_force(on: date) -> list[OrderRule]:
    """The rules that hold on a day."""
    return list(OrderRule.objects.filter(_holding(on)))


def ladder_in_force(on: date) -> list[LadderRung]:
    """The rungs that hold on a day, lowest first."""
    return list(LadderRung.objects.filter(_holding(on)))


def far_back(rules: Sequence[OrderRule]) -> Back:
    """As far as the rule that asks for most; a direction needs one month more, to begin at."""
    most = {kind: max((rule.after for rule in rules if rule.kind == kind), default=0) for kind in (RED_LIGHT, BEHIND, FALLING)}
    return Back(most[RED_LIGHT], max(most[BEHIND], most[FALLING] and most[FALLING] + 1))


def _holding(on: date) -> Q:
    return Q(active_from__lte=on) & (Q(active_to=None) | Q(active_to__gt=on))
