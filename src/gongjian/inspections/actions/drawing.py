"""Inspections by lot, step by step: the rule, then the lists, then the seed, then the draw, then the tasks. None can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from gongjian.inspections.actions.changing import first_outcomes, label
from gongjian.inspections.actions.telling import tell_given
from gongjian.inspections.checklists import checklist
from gongjian.inspections.draws.lists import Candidate, Inspector, pool_digest, seal_of, universe_digest
from gongjian.inspections.draws.lot import ALGORITHM, draw, refuse_impossible
from gongjian.inspections.models import DrawObject, DrawPlan, DrawState, SeedWay, Task, TaskInspector
from gongjian.inspections.queries.drawing import STRATA, candidates_of, departments_of, pool_of, recusals_on, rule_of
from gongjian.inspections.queries.universe import Thing, given_of, things
from gongjian.inspections.weighing import ONCE, weigher
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.registry import find_ledger
from gongjian.people.models import Department, User
from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

CHUNK = 1000
MOST_EACH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A plan as somebody wants it; the fields are those of a ``DrawPlan``. Of a sealed seed (``secret``) only the fingerprint is kept."""

    title: str
    department: Department
    ledger: str
    checklist: str
    opens_on: date
    due_on: date
    seed_way: str
    seed_source: str
    given: str = ""
    number: int | None = None
    share: Decimal | None = None
    stratum: str = ""
    weigher: str = ""
    each: int = 2
    apart: bool = False
    secret: str = ""
    source: str = ""


@transaction.atomic
def plan_draw(wanted: Wanted, *, by: User | None, at: datetime) -> DrawPlan:
    """Write the rule down, and where the seed will come from, before anybody knows list or seed."""
    require(by, Permission.TASK_MANAGE, departments=[wanted.department.pk], on=local_day(at))
    _check(wanted, at)
    plan = DrawPlan.objects.create(
        title=wanted.title.strip(),
        department=wanted.department,
        ledger=wanted.ledger,
        given=wanted.given,
        number=wanted.number,
        share=wanted.share,
        stratum=wanted.stratum,
        weigher=wanted.weigher,
        each=wanted.each,
        apart=wanted.apart,
        checklist=wanted.checklist,
        opens_on=wanted.opens_on,
        due_on=wanted.due_on,
        seed_way=wanted.seed_way,
        seed_source=wanted.seed_source.strip(),
        seal=seal_of(wanted.secret.strip()) if wanted.seed_way == SeedWay.SEALED else "",
        made_at=at,
        made_by=label(by),
        source=wanted.source,
    )
    record("draw.planned", plan, by=by, at=at, after={"rule": rule_of(plan).words(), "seed_source": plan.seed_source, "seal": plan.seal})
    return plan


@transaction.atomic
def freeze(plan: DrawPlan, inspectors: Sequence[User], *, by: User | None, at: datetime) -> DrawPlan:
    """Fix the lists of objects and inspectors as they are now, with their fingerprints. Refusal where no draw could succeed."""
    plan = _held(plan, DrawState.DRAFT, "冻结名单", by, at)
    on = local_day(at)
    found = things(plan.ledger, plan.given, on)
    weights = weigher(plan.weigher).weigh([thing.entry for thing in found], on) if plan.weigher else {}
    rows = [_object(plan, thing, weights) for thing in found]
    pool = _pool(inspectors, on)
    candidates = [Candidate(row.code, row.name, row.party, row.keeper, row.stratum, row.weight) for row in rows]
    refuse_impossible(candidates, pool, rule_of(plan))
    DrawObject.objects.bulk_create(rows, batch_size=CHUNK)
    plan.pool = [{"key": one.key, "name": one.name, "departments": list(one.departments), "barred": list(one.barred)} for one in pool]
    plan.universe_digest, plan.pool_digest = universe_digest(candidates), pool_digest(pool)
    plan.state, plan.frozen_at, plan.frozen_by = DrawState.FROZEN, at, label(by)
    plan.save()
    told = {"objects": len(rows), "inspectors": len(pool), "universe": plan.universe_digest, "pool": plan.pool_digest}
    record("draw.frozen", plan, by=by, at=at, after=told)
    return plan


@transaction.atomic
def draw_lots(plan: DrawPlan, seed: str, *, by: User | None, at: datetime, known_at: datetime | None = None) -> DrawPlan:
    """Draw with the seed; once.

    A public one must have become known (``known_at``) after the lists were frozen, a sealed one fits its fingerprint; else Refusal.
    """
    plan = _held(plan, DrawState.FROZEN, "抽取", by, at)
    seed = seed.strip()
    _check_seed(plan, seed, known_at, at)
    drawn = draw(candidates_of(plan), pool_of(plan), rule_of(plan), seed)
    rows = {row.code: row for row in DrawObject.objects.filter(plan=plan, code__in=[one.code for one in drawn])}
    for one in drawn:
        rows[one.code].order, rows[one.code].inspectors = one.order, list(one.inspectors)
    DrawObject.objects.bulk_update(rows.values(), ["order", "inspectors"], batch_size=CHUNK)
    plan.state, plan.seed, plan.seed_known_at, plan.algorithm = DrawState.DRAWN, seed, known_at, ALGORITHM
    plan.drawn_at, plan.drawn_by = at, label(by)
    plan.save()
    record("draw.drawn", plan, by=by, at=at, after={"seed": seed, "algorithm": ALGORITHM, "drawn": [one.code for one in drawn]})
    return plan


@transaction.atomic
def assign(plan: DrawPlan, *, by: User | None, at: datetime) -> list[Task]:
    """Make the task of every object drawn, for the inspectors drawn for it, and tell them."""
    plan = _held(plan, DrawState.DRAWN, "下达", by, at)
    objects = list(DrawObject.objects.filter(plan=plan, order__isnull=False).select_related("entry").order_by("order"))
    users = {user.username: user for user in User.objects.filter(username__in=[row["key"] for row in plan.pool])}
    tasks = Task.objects.bulk_create([_task(plan, row, at) for row in objects], batch_size=CHUNK)
    TaskInspector.objects.bulk_create(
        [TaskInspector(task=task, user=users[key]) for task, row in zip(tasks, objects, strict=True) for key in row.inspectors]
    )
    first_outcomes(tasks, at)
    plan.state = DrawState.ASSIGNED
    plan.save(update_fields=["state"])
    record("draw.assigned", plan, by=by, at=at, after={"tasks": len(tasks)})
    for task, row in zip(tasks, objects, strict=True):
        tell_given(task, [users[key] for key in row.inspectors], at=at)
    return tasks


@transaction.atomic
def call_off(plan: DrawPlan, reason: str, *, by: User | None, at: datetime) -> DrawPlan:
    """Call a plan off before its tasks are given out; it stays for everybody to see, lists, seed and draw included, with the reason."""
    plan = DrawPlan.objects.select_for_update().get(pk=plan.pk)
    require(by, Permission.TASK_MANAGE, departments=[plan.department_id], on=local_day(at))
    reason = reason.strip()
    if plan.state in (DrawState.ASSIGNED, DrawState.CALLED_OFF):
        msg = f"抽查计划“{plan.title}”{plan.words_of_state}，不能作废。"
        raise Refusal(msg)
    if not 0 < len(reason) <= 300:  # noqa: PLR2004 - the length of the column
        msg = "请用不超过 300 个字写明作废原因。"
        raise Refusal(msg)
    before = plan.state
    plan.state, plan.called_off_why = DrawState.CALLED_OFF, reason
    plan.save(update_fields=["state", "called_off_why"])
    record("draw.called_off", plan, by=by, at=at, before={"state": before}, note=reason)
    return plan


def _held(plan: DrawPlan, state: DrawState, what: str, by: User | None, at: datetime) -> DrawPlan:
    plan = DrawPlan.objects.select_for_update().get(pk=plan.pk)
    require(by, Permission.TASK_MANAGE, departments=[plan.department_id], on=local_day(at))
    if plan.state != state:
        msg = f"抽查计划“{plan.title}”现在是“{plan.words_of_state}”，不能{what}；请刷新页面。"
        raise Refusal(msg)
    return plan


def _check(wanted: Wanted, at: datetime) -> None:
    """Refuse a plan that could not be carried out or would say nothing."""
    find_ledger(wanted.ledger)
    given_of(wanted.ledger, wanted.given)
    if not checklist(wanted.checklist).takes(wanted.ledger):
        _no("检查清单与台账不相配，请另选清单。")
    if wanted.weigher:
        weigher(wanted.weigher)
    if not wanted.title.strip() or not wanted.seed_source.strip():
        _no("请填写名称和种子来源。")
    number_fits = wanted.number is None or wanted.number >= 1
    share_fits = wanted.share is None or 0 < wanted.share <= 100  # noqa: PLR2004 - per cent
    if (wanted.number is None) == (wanted.share is None) or not number_fits or not share_fits:
        _no("抽取数和抽取比例只填一项，抽取数至少 1，比例在 0 到 100 之间。")
    if not 1 <= wanted.each <= MOST_EACH or wanted.stratum not in STRATA:
        _no(f"每个对象的检查人数须在 1 到 {MOST_EACH} 之间，分层方式须从列表中选择。")
    if wanted.due_on < wanted.opens_on or wanted.due_on < local_day(at):
        _no("检查截止日期早于开始日期或今天，请核对。")
    if wanted.seed_way not in SeedWay.values or (wanted.seed_way == SeedWay.SEALED and len(wanted.secret.strip()) < 8):  # noqa: PLR2004 - not to be guessed
        _no("封存口令至少 8 个字符；请妥善保管，抽取时还要输入，系统只保存它的指纹。")


def _check_seed(plan: DrawPlan, seed: str, known_at: datetime | None, at: datetime) -> None:
    if not 0 < len(seed) <= 200:  # noqa: PLR2004 - the length of the column
        _no("请填写种子，不超过 200 个字符。")
    if plan.seed_way == SeedWay.SEALED:
        if seal_of(seed) != plan.seal:
            _no("口令与制定计划时封存的指纹不符，没有抽取；请核对大小写和空格。")
        return
    if known_at is None or known_at > at:
        _no("请填写号码公布的时间，不能晚于现在。")
    elif plan.frozen_at is not None and known_at <= plan.frozen_at:
        frozen = timezone.localtime(plan.frozen_at)
        _no(f"号码公布于名单冻结（{frozen:%Y-%m-%d %H:%M}）之前，不能用作种子；请用冻结之后公布的号码。")


def _object(plan: DrawPlan, thing: Thing, weights: Mapping[int, tuple[int, str]]) -> DrawObject:
    weight, why = weights.get(thing.entry, (ONCE, ""))
    stratum = {"street": thing.street or "未填街道", "department": thing.keeper}.get(plan.stratum, "")
    return DrawObject(
        plan=plan,
        entry_id=thing.entry,
        code=thing.code,
        name=thing.name,
        party=thing.party,
        keeper=thing.keeper,
        stratum=stratum,
        weight=weight,
        why=why,
    )


def _pool(inspectors: Collection[User], on: date) -> list[Inspector]:
    """The inspectors with whom they may not visit; Refusal for somebody who may do no tasks."""
    if unable := [str(user) for user in inspectors if not may(user, Permission.TASK_DO, on=on)]:
        _no(f"{'、'.join(unable)}没有填报检查任务的权限，请另选人员。")
    barred: dict[int, list[str]] = {}
    for row in recusals_on(on, list(inspectors)):
        barred.setdefault(row.user_id, []).append(row.enterprise.code)
    chosen = {user.pk: user for user in inspectors}.values()
    return [Inspector(user.username, str(user), tuple(departments_of(user, on)), tuple(barred.get(user.pk, ()))) for user in chosen]


def _task(plan: DrawPlan, row: DrawObject, at: datetime) -> Task:
    return Task(
        key=f"draw:{row.pk}",
        drawn=row,
        title=plan.title,
        checklist=plan.checklist,
        entry=row.entry,
        label=f"{row.code} {row.name}".strip()[:120],
        street=row.entry.street,
        lon=row.entry.lon,
        lat=row.entry.lat,
        department_id=plan.department_id,
        named=True,
        opens_on=plan.opens_on,
        due_on=plan.due_on,
        photos=1,
        source=plan.source,
        made_at=at,
    )


def _no(words: str) -> None:
    raise Refusal(words)
