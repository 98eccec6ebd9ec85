"""Keeping what looks like work done for show: each finding once, with the rule it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from gongjian.cases import tokenwork
from gongjian.cases.models import Case, CaseStep, Evidence, Remark
from gongjian.cases.queries.likeness import seen_before
from gongjian.people.models import User

LOOKED_BACK = 20  # reports of the same person a new one is compared with
CLOSING = ("verify", "close")


def notice_step(case: Case, step: str, text: str, *, by: User | None, at: datetime) -> None:
    """What a step just taken gives to notice."""
    if step == "feed_back":
        _keep(case, tokenwork.copied(text, _earlier_texts(case, by)), f"step:{case.version}", at)
    if step in CLOSING and by is not None:
        _notice_haste(by, at)


def notice_evidence(case: Case, piece: Evidence, *, dated: bool, at: datetime) -> None:
    """What a photo just given gives to notice."""
    if not piece.is_photo:
        return
    found = [
        tokenwork.same_photo([(other.case.number, other.title) for other in seen_before(piece)]),
        tokenwork.undated(piece, asked=dated),
        tokenwork.too_old(piece, case),
        tokenwork.too_far(piece, case),
    ]
    for noticed in found:
        _keep(case, noticed, f"evidence:{piece.pk}", at)


def _earlier_texts(case: Case, by: User | None) -> Iterable[tuple[str, str]]:
    steps = CaseStep.objects.filter(by=by, step="feed_back").exclude(case=case).select_related("case").order_by("-at", "-id")
    return [(step.case.number, step.text) for step in steps[:LOOKED_BACK]]


def _notice_haste(by: User, at: datetime) -> None:
    """Many in one minute by one person: every one of them is pointed out."""
    window = CaseStep.objects.filter(by=by, step__in=CLOSING, at__gt=at - timedelta(minutes=1), at__lte=at)
    cases = dict(window.values_list("case", "id"))
    if noticed := tokenwork.hasty(len(cases), str(by)):
        Remark.objects.bulk_create(
            [Remark(case_id=case, code=noticed.code, about=f"minute:{at:%Y%m%d%H%M}", words=noticed.words, at=at) for case in cases],
            ignore_conflicts=True,
        )


def _keep(case: Case, noticed: tokenwork.Noticed | None, about: str, at: datetime) -> None:
    if noticed:
        Remark.objects.get_or_create(case=case, code=noticed.code, about=about, defaults={"words": noticed.words, "at": at})
