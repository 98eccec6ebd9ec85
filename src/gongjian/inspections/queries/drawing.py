"""Plans of inspection by lot: the frozen lists as the draw takes them, the draw computed again, the plan as it is published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from gongjian.inspections.draws.lists import Candidate, Inspector, pool_digest, universe_digest
from gongjian.inspections.draws.lot import ALGORITHM, Rule, draw
from gongjian.inspections.models import DrawObject, DrawPlan, DrawState, Recusal, SeedWay
from gongjian.inspections.weighing import weigher
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.registry import find_ledger
from gongjian.people.models import User
from gongjian.people.permissions import Reach, held_posts
from gongjian.people.queries import holders
from gongjian.people.roles import POSTED, Permission

STRATA = {"": "不分层", "street": "按街道（镇）", "department": "按主管部门"}


def rule_of(plan: DrawPlan) -> Rule:
    """The rule as the draw takes it."""
    return Rule(plan.number, plan.share, plan.each, plan.apart)


def candidates_of(plan: DrawPlan) -> list[Candidate]:
    """The frozen objects; one query."""
    rows = DrawObject.objects.filter(plan=plan).order_by("code")
    return [Candidate(row.code, row.name, row.party, row.keeper, row.stratum, row.weight) for row in rows]


def pool_of(plan: DrawPlan) -> list[Inspector]:
    """The frozen inspectors."""
    return [Inspector(row["key"], row["name"], tuple(row["departments"]), tuple(row["barred"])) for row in plan.pool]


def rule_words(plan: DrawPlan) -> list[str]:
    """The rule as it is published, a sentence each."""
    ledger = find_ledger(plan.ledger)
    how_many = f"抽取 {plan.number} {ledger.unit}" if plan.number else f"抽取 {plan.share:.4g}%（不足一{ledger.unit}的按一{ledger.unit}计）"
    layers = "" if not plan.stratum else f"，{STRATA[plan.stratum]}分层、按各层数量分配"
    chances = weigher(plan.weigher).rule if plan.weigher else "每个对象抽中的机会相同"
    seed = (
        f"种子用公开号码：{plan.seed_source}，名单冻结之后公布"
        if plan.seed_way == SeedWay.PUBLIC
        else f"种子用封存口令：{plan.seed_source}，名单冻结之前已公布其指纹 {plan.seal}"
    )
    recusing = "检查人员不查有回避登记的企业" + ("，也不查本部门主管的对象" if plan.apart else "")
    return [
        f"从“{ledger.title}”中{how_many}{layers}",
        chances,
        f"每个对象随机选派 {plan.each} 名检查人员，{recusing}，任务数尽量均衡",
        seed,
    ]


def verify(plan: DrawPlan) -> list[str]:
    """Everything in which the stored plan differs from what lists, rule and seed give; empty where it is equal. Refusal before the draw."""
    if plan.state not in (DrawState.DRAWN, DrawState.ASSIGNED) and not plan.drawn_at:
        msg = f"抽查计划“{plan.title}”是“{plan.words_of_state}”，还没有抽取，无从核验。"
        raise Refusal(msg)
    candidates, pool = candidates_of(plan), pool_of(plan)
    wrong = []
    if plan.algorithm != ALGORITHM:
        return [f"算法是 {plan.algorithm or '（空）'}，本程序只能核验 {ALGORITHM}"]
    if universe_digest(candidates) != plan.universe_digest:
        wrong.append("对象名单与冻结时的指纹不符")
    if pool_digest(pool) != plan.pool_digest:
        wrong.append("检查人员名单与冻结时的指纹不符")
    try:
        fresh = {one.code: (one.order, list(one.inspectors)) for one in draw(candidates, pool, rule_of(plan), plan.seed)}
    except Refusal as refusal:
        return [*wrong, f"无法重新抽取：{refusal}"]
    stored = {row.code: (row.order, row.inspectors) for row in DrawObject.objects.filter(plan=plan, order__isnull=False)}
    return wrong + _differences(stored, fresh)


def plans(found: Reach) -> QuerySet[DrawPlan]:
    """The plans somebody may see, the latest first."""
    every = DrawPlan.objects.select_related("department")
    return every if found.everywhere else every.filter(department__in=found.departments)


def drawn_objects(plan: DrawPlan) -> list[DrawObject]:
    """The objects drawn, in their order, each with its tasks; two queries."""
    return list(DrawObject.objects.filter(plan=plan, order__isnull=False).order_by("order").prefetch_related("tasks"))


def possible_inspectors(on: date) -> list[User]:
    """Everybody who may do tasks on a day, with their posts; two queries."""
    roles = [role for role in POSTED if Permission.TASK_DO in role.card.grants]
    return list(holders(roles, on=on).prefetch_related("posts__department").order_by("display_name", "username"))


def departments_of(user: User, on: date) -> list[str]:
    """The names of the departments somebody is in on a day."""
    return sorted({post.department.name for post in held_posts(user, on) if post.department})


def recusals_on(day: date, users: Sequence[User] | None = None) -> QuerySet[Recusal]:
    """The recusals in force on a day, of some people or of all."""
    standing = Recusal.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day).select_related("user", "enterprise")
    return standing if users is None else standing.filter(user__in=users)


def _differences(stored: dict[str, tuple[int | None, list[str]]], fresh: dict[str, tuple[int, list[str]]]) -> list[str]:
    wrong = [f"{code}：记录为抽中，重算没有抽中" for code in sorted(stored.keys() - fresh.keys())]
    wrong += [f"{code}：重算抽中，记录中没有" for code in sorted(fresh.keys() - stored.keys())]
    for code in sorted(stored.keys() & fresh.keys()):
        (order, who), (right, whom) = stored[code], fresh[code]
        if order != right:
            wrong.append(f"{code}：记录的次序是 {order}，重算是 {right}")
        if who != whom:
            wrong.append(f"{code}：记录的检查人员是{'、'.join(who)}，重算是{'、'.join(whom)}")
    return wrong
