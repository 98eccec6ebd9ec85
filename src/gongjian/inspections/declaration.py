"""The declaration of a checklist (检查清单): what is looked at on the spot, what answers are possible, which of them are a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_SLUG = re.compile(r"[a-z][a-z0-9-]*")


class ItemKind(StrEnum):
    """How an item is answered."""

    YES_NO = "yes_no"  # yes, no or (where allowed) na
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    PHOTO = "photo"  # by evidence given for the item, not by an answer

    @property
    def label(self) -> str:
        """What people call it."""
        return {"yes_no": "是否", "number": "数值", "choice": "单选", "text": "文字", "photo": "照片"}[self.value]


YES, NO, NOT_APPLICABLE = "yes", "no", "na"
ANSWERS = {YES: "是", NO: "否", NOT_APPLICABLE: "不适用"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Makes:
    """The problem a finding may become: a kind of case, one of its levels, and what it is called."""

    kind: str
    level: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a checklist.

    ``bad`` are the answers that are a finding (of yes-or-no ones: no, where nothing is said). A number is in ``unit``; between ``least``
    and ``most`` it is possible at all, between ``low`` and ``high`` it is as it must be. ``basis`` is the standard or clause behind it.
    ``makes`` is the problem a finding becomes; a finding without it only stands in the record.
    """

    slug: str
    text: str
    kind: ItemKind = ItemKind.YES_NO
    required: bool = True
    help: str = ""
    basis: str = ""
    unit: str = ""
    least: float | None = None
    most: float | None = None
    low: float | None = None
    high: float | None = None
    choices: tuple[tuple[str, str], ...] = ()
    bad: tuple[str, ...] | None = None
    may_not_apply: bool = True
    makes: Makes | None = None

    @property
    def findings(self) -> tuple[str, ...]:
        """The answers that are a finding."""
        return self.bad if self.bad is not None else ((NO,) if self.kind is ItemKind.YES_NO else ())

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The answers one may choose among, with their words."""
        if self.kind is ItemKind.YES_NO:
            return tuple((key, words) for key, words in ANSWERS.items() if self.may_not_apply or key != NOT_APPLICABLE)
        return self.choices

    def faults(self) -> Iterator[str]:
        """What could not mean anything."""
        if not _SLUG.fullmatch(self.slug):
            yield f"item {self.slug!r} is not a slug"
        if (self.kind is ItemKind.CHOICE) != bool(self.choices):
            yield f"item {self.slug}: choices belong to a choice, and only there"
        if self.kind in (ItemKind.YES_NO, ItemKind.CHOICE) and (odd := set(self.findings) - {key for key, _ in self.options}):
            yield f"item {self.slug}: {sorted(odd)} can never be answered"
        if self.kind is not ItemKind.NUMBER and (self.unit or not self.least is self.most is self.low is self.high is None):
            yield f"item {self.slug}: only a number has a unit and bounds"
        if self.kind in (ItemKind.TEXT, ItemKind.PHOTO) and (self.makes or self.findings):
            yield f"item {self.slug}: nobody can tell a finding from a text or a photo"
        if self.least is not None and self.most is not None and self.least > self.most:
            yield f"item {self.slug}: no number is possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A checklist; ``version`` goes up whenever an item changes. ``ledgers`` are those whose entries it is for; empty: anything."""

    slug: str
    title: str
    about: str
    version: int
    items: tuple[Item, ...]
    ledgers: tuple[str, ...] = ()
    group: str = ""

    def __post_init__(self) -> None:
        """Refuse one that could not be answered; ValueError names the first fault."""
        if fault := next(self._faults(), ""):
            msg = f"checklist {self.slug}: {fault}"
            raise ValueError(msg)

    def _faults(self) -> Iterator[str]:
        if not _SLUG.fullmatch(self.slug):
            yield "not a slug"
        if not self.items or len({item.slug for item in self.items}) < len(self.items):
            yield "items must be named, each once"
        if self.version < 1:
            yield "versions count from one"
        for item in self.items:
            yield from item.faults()

    def item(self, slug: str) -> Item | None:
        """The item of that slug; None when it has none such."""
        return next((item for item in self.items if item.slug == slug), None)

    def takes(self, ledger: str) -> bool:
        """Whether it is for things of that ledger (empty: a place that is in none)."""
        return not self.ledgers or ledger in self.ledgers
