"""Milestones: marked done with evidence by the lead department, taken back with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.plans.actions.fitting import refuse_misfit
from gongjian.plans.models import Achievement, Commitment
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.plans.queries.reports import lead_departments
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

if TYPE_CHECKING:
    from gongjian.people.models import User


@transaction.atomic
def mark_done(commitment: Commitment, done_on: date, evidence: str, document: str, *, by: User, at: datetime) -> Achievement:
    """Mark a milestone done on ``done_on``; both the account and the name or number of the proving document are required."""
    root = _locked_root(commitment)
    require(by, Permission.COMMITMENT_FULFIL, departments=lead_departments(root.measure, at), on=local_day(at))
    _refuse_unfit(root, done_on, evidence, document, at)
    row = Achievement.objects.create(
        commitment=root, done_on=done_on, evidence=evidence.strip(), document=document.strip(), entered_at=at, entered_by=str(by)
    )
    after = {"milestone": commitment.what, "done_on": done_on.isoformat(), "document": row.document, "evidence": row.evidence}
    record("milestone.done", root.measure, by=by, at=at, after=after)
    return row


@transaction.atomic
def take_back(achievement: Achievement, reason: str, *, by: User, at: datetime) -> Achievement:
    """The milestone was not done after all; what was said stays in the history."""
    row = Achievement.objects.select_for_update().select_related("commitment__measure").get(pk=achievement.pk)
    require(by, Permission.COMMITMENT_FULFIL, departments=lead_departments(row.commitment.measure, at), on=local_day(at))
    if row.replaced_at:
        msg = "这条完成记录已经撤回过了，请刷新页面查看最新情况。"
        raise Refusal(msg)
    if not reason.strip():
        msg = "撤回节点完成须写明理由。"
        raise Refusal(msg)
    refuse_misfit(Achievement, "replaced_why", reason.strip())
    row.replaced_at, row.replaced_why = at, reason.strip()
    row.save(update_fields=["replaced_at", "replaced_why"])
    before = {"milestone": row.commitment.what, "done_on": row.done_on.isoformat()}
    record("milestone.taken_back", row.commitment.measure, by=by, at=at, before=before, note=row.replaced_why)
    return row


def _locked_root(commitment: Commitment) -> Commitment:
    return Commitment.objects.select_for_update(of=("self",)).select_related("measure__programme").get(pk=commitment.root_id_or_own)


def _refuse_unfit(root: Commitment, done_on: date, evidence: str, document: str, at: datetime) -> None:
    if root.kind != CommitmentKind.MILESTONE:
        msg = "只有“节点”类考核点可以直接标记完成，其他考核点由数据计算得出。"
        raise Refusal(msg)
    if not evidence.strip() or not document.strip():
        msg = "标记节点完成须同时填写佐证说明和佐证文件（文号或名称）。"
        raise Refusal(msg)
    refuse_misfit(Achievement, "document", document.strip())
    if done_on > local_day(at):
        msg = f"完成日期 {done_on} 晚于今天 {local_day(at)}，请填写实际完成的日期。"
        raise Refusal(msg)
    if Achievement.objects.filter(commitment=root, replaced_at=None).exists():
        msg = "这个节点已经标记完成；如需更正，请先撤回原记录并写明理由。"
        raise Refusal(msg)
