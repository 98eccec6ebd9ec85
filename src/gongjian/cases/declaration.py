"""The declaration a field of work writes for a kind of case. All kinds go the same way; what differs between them is said here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gongjian.cases.flow import CLOCKED, EVIDENCED, LOOP
from gongjian.cases.models import EvidenceKind
from gongjian.kernel.worktime import Span
from gongjian.people.roles import Permission

_SLUG = re.compile(r"[a-z][a-z0-9-]*")


class Sanction(StrEnum):
    """What may follow for whoever caused the problem."""

    NOTICE = "notice"
    INTERVIEW = "interview"
    POINTS = "points"
    STOP_WORK = "stop_work"
    BARRED = "barred"
    FINE = "fine"

    @property
    def label(self) -> str:
        """Its Chinese name."""
        return _SANCTIONS[self][0]

    @property
    def unit(self) -> str:
        """In what its size is told; empty where it has none."""
        return _SANCTIONS[self][1]


_SANCTIONS = {
    Sanction.NOTICE: ("通报", ""),
    Sanction.INTERVIEW: ("约谈", ""),
    Sanction.POINTS: ("扣分", "分"),
    Sanction.STOP_WORK: ("停工整改", ""),
    Sanction.BARRED: ("限制评优评标", ""),
    Sanction.FINE: ("罚款", "元"),
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives a case found in one of these streets, on an entry of one of these ledgers; an empty tuple is any.

    ``department`` is a name or alias of the directory.
    """

    department: str
    streets: tuple[str, ...] = ()
    ledgers: tuple[str, ...] = ()

    def takes(self, street: str, ledger: str) -> bool:
        """Whether a case of this place and subject is theirs."""
        return (not self.streets or street in self.streets) and (not self.ledgers or ledger in self.ledgers)


@dataclass(frozen=True, slots=True)
class Level:
    """How serious a case is, and within what time each step must be taken from when the case waits for it."""

    slug: str
    title: str
    clocks: Mapping[str, Span] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """Evidence without which a step is not taken: ``step`` is one of ``EVIDENCED`` or the slug of an extra step.

    ``dated`` asks of a photo that the camera wrote time and place into it: one without is taken, and pointed out.
    """

    step: str
    kind: EvidenceKind
    title: str
    least: int = 1
    dated: bool = False
    unit: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """A step of this kind beside the common ones, to be done before the step ``before``.

    ``permission`` is who may (that of handling: the department that deals with it). ``tells``: it is told to another department, by name.
    """

    slug: str
    title: str
    about: str
    before: str
    permission: Permission = Permission.CASE_HANDLE
    tells: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """Whether and when a closed case is made public: ``after`` closing, and the rule in words with its source."""

    after: Span
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKind:
    """One kind of case. ``recipients`` are tried in order, the first that takes it receives it; ``names`` are what plans call the kind.

    ``levels`` are from the mildest. ``ledgers`` are those whose entries it may be about; empty: any, or a place alone.
    """

    slug: str
    title: str
    about: str
    levels: tuple[Level, ...]
    recipients: tuple[Recipient, ...] = ()
    needed: tuple[Needed, ...] = ()
    extras: tuple[Extra, ...] = ()
    sanctions: tuple[Sanction, ...] = ()
    publication: Publication | None = None
    ledgers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    group: str = ""

    def __post_init__(self) -> None:
        """Refuse a kind that the flow could not carry; ValueError names the first fault."""
        if fault := next(self._faults(), ""):
            msg = f"case kind {self.slug}: {fault}"
            raise ValueError(msg)

    def _faults(self) -> Iterator[str]:
        steps, extras = {step.name for step in LOOP.steps}, [extra.slug for extra in self.extras]
        if not _SLUG.fullmatch(self.slug):
            yield "not a slug"
        if not self.levels or len({level.slug for level in self.levels}) < len(self.levels):
            yield "levels must be named, each once"
        yield from (f"no clock runs for {step}" for level in self.levels for step in level.clocks if step not in CLOCKED)
        yield from (f"evidence for {need.step}, which is no step" for need in self.needed if need.step not in (*EVIDENCED, *extras))
        yield from (f"an extra step before {extra.before}" for extra in self.extras if extra.before not in steps)
        yield from (f"extra {slug} is a common step or named twice" for slug in extras if slug in steps or extras.count(slug) > 1)

    def level(self, slug: str) -> Level | None:
        """The level of that slug; None when the kind has none such."""
        return next((level for level in self.levels if level.slug == slug), None)

    def extra_step(self, slug: str) -> Extra | None:
        """The extra step of that slug; None when the kind has none such."""
        return next((extra for extra in self.extras if extra.slug == slug), None)

    def needs(self, step: str) -> tuple[Needed, ...]:
        """The evidence a step of this kind must carry."""
        return tuple(need for need in self.needed if need.step == step)
