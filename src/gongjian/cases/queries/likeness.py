"""Photos that look like one just given."""

from __future__ import annotations

from django.db.models import Q

from gongjian.cases.models import Evidence
from gongjian.files.pictures import apart

NEAR = 3  # bits: with four quarters of the hash, two that differ in no more share at least one quarter
MOST = 500  # candidates looked at; a quarter that more pictures share says nothing


def seen_before(piece: Evidence) -> list[Evidence]:
    """Other photos, of any case, that look the same; the latest first. One query by the quarters of the hash."""
    if not piece.looks:
        return []
    share = Q(look_1=piece.look_1) | Q(look_2=piece.look_2) | Q(look_3=piece.look_3) | Q(look_4=piece.look_4)
    candidates = Evidence.objects.filter(share, struck_at=None).exclude(pk=piece.pk).exclude(looks="").select_related("case")
    return [other for other in candidates.order_by("-id")[:MOST] if apart(piece.looks, other.looks) <= NEAR]
