"""Putting finding rules into use, and going through the records: what fits a rule becomes a case, each record once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from gongjian.cases.actions.adding import comment
from gongjian.cases.actions.finding import Finding, find_problem
from gongjian.cases.actions.stepping import take
from gongjian.cases.finding_rules import FindingRule, find_rule, finding_rules
from gongjian.cases.models import OPEN, Arisen, Case, Finder, RuleUse
from gongjian.cases.queries.arising import words_of
from gongjian.cases.queries.routing import recipient
from gongjian.cases.registry import find_kind
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.models import Record
from gongjian.ledgers.queries.gauges import writes
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day
from gongjian.trail.office_day import end_of
from gongjian.trail.subjects import Subject

MOST = 200  # cases of one rule at one going through: a large import comes in portions
FARTHEST = timedelta(days=366)  # a record older than this is history, not a problem to be handed over
CHANGED = "本问题依据的记录（{number}）已被更正或作废，不再符合立案规则“{title}”。请核对；确无问题的，可“不予立案”或在办理结果中说明。"


@transaction.atomic
def use_rule(slug: str, since: date, *, by: User | None, at: datetime) -> RuleUse:
    """From now on records from ``since`` on that fit the rule become cases; Refusal when it is in use already or since too long ago."""
    rule = find_rule(slug)
    require(by, Permission.CASE_RULES, on=local_day(at))
    if since < local_day(at) - FARTHEST:
        msg = f"“自何日的记录起”最早可填{local_day(at) - FARTHEST:%Y-%m-%d}：更早的记录不再自动立案。"
        raise Refusal(msg)
    if since > local_day(at) + FARTHEST:
        msg = "“自何日的记录起”不能晚于一年之后，请核对。"
        raise Refusal(msg)
    try:
        with transaction.atomic():
            use = RuleUse.objects.create(rule=slug, since=since, started_at=at, started_by=str(by) if by else "系统")
    except IntegrityError as error:
        msg = f"立案规则“{rule.title}”已经启用，请刷新页面。"
        raise Refusal(msg) from error
    record("case.rule_used", _subject(rule), by=by, at=at, after={"since": since.isoformat()})
    return use


@transaction.atomic
def stop_rule(slug: str, *, by: User | None, at: datetime) -> None:
    """Records become cases by it no more; the cases that arose remain."""
    rule = find_rule(slug)
    require(by, Permission.CASE_RULES, on=local_day(at))
    stopped = RuleUse.objects.filter(rule=slug, stopped_at=None).update(stopped_at=at, stopped_by=str(by) if by else "系统")
    if not stopped:
        msg = f"立案规则“{rule.title}”没有启用，请刷新页面。"
        raise Refusal(msg)
    record("case.rule_stopped", _subject(rule), by=by, at=at)


def sweep(*, at: datetime) -> int:
    """Go through what was written since the last time by every rule in use; how many cases arose. Harmless when done again.

    Each case is a transaction of its own, so that one that cannot be written does not hold up the others.
    """
    used = {use.rule: use for use in RuleUse.objects.filter(stopped_at=None)}
    if not used:
        return 0
    counted = writes()  # before the rows are read: what is written meanwhile is met the next time
    return sum(_go_through(rule, used[rule.slug], counted, at) for rule in finding_rules() if rule.slug in used)


def _go_through(rule: FindingRule, use: RuleUse, counted: Any, at: datetime) -> int:
    model = rule.table.model
    now_written = counted[f"{model._meta.app_label}.{model.__name__}"]  # noqa: SLF001 - Django's public name
    if (use.seen, use.seen_on) == (now_written, local_day(at)):
        return 0
    found = list(_fitting(rule, use, at))
    made = sum(_arise(rule, row, at) for row in found)
    _doubt(rule, at)
    if len(found) < MOST:
        RuleUse.objects.filter(pk=use.pk).update(seen=now_written, seen_on=local_day(at))
    return made


def _fitting(rule: FindingRule, use: RuleUse, at: datetime) -> Iterable[Record]:
    """The records that fit and are not cases yet, the oldest first; never more than ``MOST``."""
    since = max(use.since, local_day(at) - FARTHEST)
    known = Arisen.objects.filter(rule=rule.slug).values("number")
    rows = rule.table.model._default_manager.filter(replaced_at=None, on__gte=since, on__lte=local_day(at), **rule.lookups)  # noqa: SLF001
    return rows.exclude(number__in=known).select_related("department").order_by("on", "id")[:MOST]


@transaction.atomic
def _arise(rule: FindingRule, row: Any, at: datetime) -> bool:
    case = find_problem(_finding(rule, row, at), by=None, at=at)
    try:
        with transaction.atomic():
            Arisen.objects.create(rule=rule.slug, records=rule.records, number=row.number, case=case)
    except IntegrityError:  # somebody else goes through at the same moment, and was first
        transaction.set_rollback(True)
        return False
    _hand_over(case, at)
    return True


def _hand_over(case: Case, at: datetime) -> None:
    """To whom its kind says; where it does not, a person must choose."""
    entry = case.entry
    if department := recipient(find_kind(case.kind), case.street, entry.kind if entry else ""):
        take(case, "hand_over", {"department": department, "note": "按类型规则自动移交"}, by=None, at=at)


def _finding(rule: FindingRule, row: Any, at: datetime) -> Finding:
    entry = row.entry
    place = str(getattr(row, rule.place) or "") if rule.place else ""
    return Finding(
        kind=rule.kind,
        level=rule.level,
        title=f"{row.label} {rule.title}"[:80],
        description=words_of(rule, row),
        found_at=min(row.entered_at, end_of(row.on) - timedelta(minutes=1), at),
        finder=Finder.RULE,
        found_by=f"规则：{rule.title}"[:80],
        origin=row.department,
        entry=entry,
        label=row.label,
        street=row.street or (entry.street if entry else ""),
        address=place or row.street or row.department.name,
    )


def _doubt(rule: FindingRule, at: datetime) -> None:
    """Say once, on every open case, that its record was corrected or struck and fits the rule no more. Nobody's case ends by itself."""
    mine = {row.number: row for row in Arisen.objects.filter(rule=rule.slug, doubted_at=None, case__state__in=OPEN).select_related("case")}
    standing = rule.table.model._default_manager.filter(number__in=list(mine), replaced_at=None, **rule.lookups)  # noqa: SLF001
    for number in sorted(mine.keys() - set(standing.values_list("number", flat=True))):
        _say(mine[number], mine[number].case, CHANGED.format(number=number, title=rule.title), at)


@transaction.atomic
def _say(row: Arisen, case: Case, text: str, at: datetime) -> None:
    comment(case, text, by=None, at=at)
    row.doubted_at = at
    row.save(update_fields=["doubted_at"])


def _subject(rule: FindingRule) -> Subject:
    return Subject("cases.rule", rule.slug, rule.title)
