"""Rules by which a record becomes a case by itself: declarations a field of work writes, and their registry.

A rule names fields of one kind of record and what they must say; it holds no code. Whether and since when it is used is decided by people
(``RuleUse``): a district that enters each problem by hand must not find every one of them twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from gongjian.cases.registry import find_kind
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.declaration import RecordKind
from gongjian.ledgers.registry import find

_SLUG = re.compile(r"[a-z][a-z0-9-]{0,39}")
_RULES: dict[str, FindingRule] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRule:
    """A standing record of ``records`` (a slug) whose fields are as ``where`` says makes a case of ``kind`` at ``level``.

    ``where`` maps a field to a value or to a tuple of values, any of which will do. ``title`` says what was found; the thing's name goes
    before it. ``about`` is the rule in words. The case is handed over at once where its kind says to whom. ``place`` is the field that
    tells where it was, for things that are in no ledger.
    """

    slug: str
    title: str
    about: str
    kind: str
    level: str
    records: str
    where: Mapping[str, Any] = field(hash=False)
    place: str = ""

    @property
    def lookups(self) -> dict[str, Any]:
        """``where`` as the database is asked."""
        return {f"{name}__in" if isinstance(value, tuple) else name: value for name, value in self.where.items()}

    @property
    def table(self) -> RecordKind:
        """The kind of record it reads."""
        found = find(self.records)
        assert isinstance(found, RecordKind)  # noqa: S101 - held when it is registered  # nosec B101
        return found


def register_rules(*rules: FindingRule) -> None:
    """Take rules in, after the kinds of case and of record they name; ImproperlyConfigured on one that could not work."""
    for rule in rules:
        if fault := _fault(rule):
            msg = f"finding rule {rule.slug}: {fault}"
            raise ImproperlyConfigured(msg)
        _RULES[rule.slug] = rule


def forget_rules(*slugs: str) -> None:
    """Take rules out again; for tests."""
    for slug in slugs:
        _RULES.pop(slug, None)


def finding_rules() -> list[FindingRule]:
    """Every rule, in the order they were named."""
    return list(_RULES.values())


def find_rule(slug: str) -> FindingRule:
    """The rule of that slug; Refusal when there is none."""
    if found := _RULES.get(slug):
        return found
    msg = f"没有“{slug[:40]}”这条立案规则，请从“立案规则”页的列表中选择。"
    raise Refusal(msg)


def _fault(rule: FindingRule) -> str:
    return next(_faults(rule), "")


def _faults(rule: FindingRule) -> Iterator[str]:
    table, kind = find(rule.records), find_kind(rule.kind)
    if not _SLUG.fullmatch(rule.slug):
        yield "not a slug"
    if _RULES.get(rule.slug, rule) is not rule:
        yield "another rule is called so"
    if not isinstance(table, RecordKind):
        yield f"{rule.records} is no kind of record"
        return
    if kind.level(rule.level) is None:
        yield f"{rule.kind} has no level {rule.level}"
    if kind.ledgers and table.ledger not in kind.ledgers:
        yield f"{rule.kind} is not about {table.ledger}"
    if not rule.where:
        yield "every record would be a case"
    fields = {field.name for field in table.model._meta.get_fields()}  # noqa: SLF001 - Django's public name
    yield from (f"{rule.records} has no field {name}" for name in (*rule.where, rule.place) if name and name not in fields)
