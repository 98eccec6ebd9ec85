"""Reading finding rules: how they are used, what arose by them, the record behind a case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from gongjian.cases.declaration import CaseKind
from gongjian.cases.finding_rules import FindingRule, find_rule, finding_rules
from gongjian.cases.models import OPEN, Arisen, Case, RuleUse
from gongjian.cases.registry import find_kind
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.fields import Kind, spec
from gongjian.ledgers.queries.cells import words


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """A rule with how it is used (None: not in use) and how many cases it made, in all and still open."""

    rule: FindingRule
    kind: CaseKind
    use: RuleUse | None
    made: int
    still_open: int


@dataclass(frozen=True, slots=True)
class Behind:
    """The record a case arose from: the kind of record, its number, and the standing version (None: struck)."""

    title: str
    slug: str
    number: str
    pk: int | None
    rule: str


def rules_seen() -> list[RuleSeen]:
    """Every rule; two queries."""
    used = {use.rule: use for use in RuleUse.objects.filter(stopped_at=None)}
    rows = Arisen.objects.order_by().values("rule").annotate(made=Count("pk"), still=Count("pk", filter=Q(case__state__in=OPEN)))
    counted = {row["rule"]: (row["made"], row["still"]) for row in rows}
    return [RuleSeen(rule, find_kind(rule.kind), used.get(rule.slug), *counted.get(rule.slug, (0, 0))) for rule in finding_rules()]


def cases_made(records: str, numbers: Collection[str]) -> dict[str, int]:
    """By number of a record of this kind (slug) the case a rule made of it; one query."""
    return dict(Arisen.objects.filter(records=records, number__in=numbers).order_by("pk").values_list("number", "case"))


def behind(case: Case) -> Behind | None:
    """The record a case arose from; None for one that somebody entered. Two queries at most."""
    arisen = Arisen.objects.filter(case=case).first()
    if arisen is None:
        return None
    try:
        rule = find_rule(arisen.rule)
    except Refusal:  # a rule of an earlier version of the program
        return Behind(arisen.records, "", arisen.number, None, arisen.rule)
    standing = rule.table.model._default_manager.filter(number=arisen.number, replaced_at=None).values_list("pk", flat=True).first()  # noqa: SLF001
    return Behind(rule.table.title, rule.records, arisen.number, standing, rule.title)


def words_of(rule: FindingRule, row: Any) -> str:
    """What is told of a record when it becomes a case: the rule, and what the list of its kind shows of it."""
    told = [f"{one.title}：{said}" for one, said in _shown(rule, row) if said]
    return f"按立案规则“{rule.title}”由{rule.table.title}记录（编号 {row.number}）自动登记。\n" + "；".join(told) + "。"


def _shown(rule: FindingRule, row: Any) -> list[tuple[Any, str]]:
    table = rule.table
    named = [spec(table, name) for name in dict.fromkeys((*table.columns, *rule.where))]
    pointing = (Kind.ENTRY, Kind.DEPARTMENT)
    return [(one, str(getattr(row, one.name) or "") if one.kind in pointing else words(one, getattr(row, one.name))) for one in named]
