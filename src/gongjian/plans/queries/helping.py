"""The contributions to one report as one person sees them: what is there, what is missing, what this person may do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gongjian.kernel.months import Month
from gongjian.people.models import Department, User
from gongjian.people.permissions import held_posts, may
from gongjian.people.roles import Permission
from gongjian.plans.models import Contribution, Measure, Responsibility
from gongjian.plans.queries.contributions import contributions_of, split
from gongjian.plans.queries.proofs import may_read


@dataclass(frozen=True, slots=True)
class Helper:
    """One assisting department of a report; ``own``: this person writes for it, ``readable``: its words are for this person."""

    department: Department
    contribution: Contribution | None
    expected: bool
    own: bool
    readable: bool

    @property
    def handed(self) -> bool:
        """Whether the contribution is there."""
        return self.contribution is not None and not self.contribution.is_open


@dataclass(frozen=True, slots=True)
class Help:
    """All of them, this person's own first; ``leads`` says whether this person writes the report itself."""

    helpers: tuple[Helper, ...]
    leads: bool

    @property
    def expected(self) -> int:
        """How many contributions are owed."""
        return sum(one.expected for one in self.helpers)

    @property
    def handed(self) -> int:
        """How many of them are there."""
        return sum(one.expected and one.handed for one in self.helpers)


def help_of(measure: Measure, month: Month, support: Sequence[Responsibility], leads: Collection[int], user: User) -> Help:
    """The contributions to a month's report of a measure, whose assisting responsibilities (with their departments) are ``support``."""
    who = split(support, leads)
    given = {row.department_id: row for row in contributions_of(measure, month)}
    named = {row.department_id: row.department for row in support if row.department_id}
    own = {post.department_id: post.department for post in held_posts(user) if post.department_id in who.welcome}
    known = {**own, **named, **{number: row.department for number, row in given.items()}}
    order = dict.fromkeys([*own, *who.expected, *given])
    return Help(
        tuple(_helper(department, given.get(number), number in who.expected, user) for number in order if (department := known[number])),
        may(user, Permission.REPORT_WRITE, departments=leads),
    )


def _helper(department: Department, contribution: Contribution | None, expected: bool, user: User) -> Helper:  # noqa: FBT001 - of one caller
    own = may(user, Permission.REPORT_WRITE, departments=[department.pk])
    return Helper(department, contribution, expected, own, contribution is not None and may_read(contribution, user))
