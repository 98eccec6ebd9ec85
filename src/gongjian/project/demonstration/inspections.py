"""The demonstration's duties and inspections: several duties of the plan carried out month by month, some late, some not at all; one draw.

Everything goes through the actions people use, is the same every time, and is marked as simulated.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from PIL import Image, ImageDraw

from gongjian.cases.actions.evidencing import Piece
from gongjian.inspections.actions.doing import fill, finish
from gongjian.inspections.actions.drawing import Wanted, assign, draw_lots, freeze, plan_draw
from gongjian.inspections.actions.evidencing import attach
from gongjian.inspections.actions.keeping import enter_duty
from gongjian.inspections.actions.opening import mark_overdue, note_event, open_turns
from gongjian.inspections.actions.reviewing import confirm, send_back
from gongjian.inspections.checklists import checklist
from gongjian.inspections.declaration import Checklist, Item, ItemKind
from gongjian.inspections.models import Duty, Every, Task
from gongjian.inspections.queries.universe import things
from gongjian.people.models import Department, User
from gongjian.people.queries import holders
from gongjian.people.roles import Role
from gongjian.project.demonstration.promised import EVENTS, PROMISED, SINCE, SOURCE, Kept
from gongjian.trail.office_day import start_of

DRAW_FROM = "fuel-sites"
SEED_KNOWN = timedelta(days=1, hours=12)


@transaction.atomic
def make_inspections(until: date, *, seed: int = 28) -> int:
    """Make duties, their tasks to the end of a day and what became of them; how many tasks. Nothing where a department is missing."""
    departments = {one.name: one for one in Department.objects.filter(active=True)}
    kept = {one.duty.code: one for one in PROMISED if one.department in departments}
    for one in kept.values():
        enter_duty(replace(one.duty, department=departments[one.department]), by=None, at=_morning(SINCE))
    people = _people(until)
    for day in _days(SINCE, until):
        at = _morning(day)
        if day.day == 1 or day == SINCE:
            mark_overdue(at=at)
            open_turns(at=at)
        _events(day, kept, at)
        _carry_out(day, until, kept, people, seed)
    _draw(until, people, departments)
    mark_overdue(at=_morning(until))
    return Task.objects.filter(source=SOURCE).count()


def _events(day: date, kept: Mapping[str, Kept], at: datetime) -> None:
    for duty in Duty.objects.filter(every=Every.EVENT, code__in=kept) if day in EVENTS else ():
        note_event(duty, EVENTS[day], day, by=None, at=at)


def _carry_out(day: date, until: date, kept: Mapping[str, Kept], people: Mapping[str, list[User]], seed: int) -> None:
    """What is done on a day: each task has its own, drawn from its own chance."""
    for task in (
        Task.objects.filter(duty__code__in=kept, state__in=("open", "returned")).select_related("duty", "department").order_by("pk")
    ):
        code = task.duty.code if task.duty else ""
        luck = Random(f"{seed}:{code}:{task.opens_on}:{task.label}")  # noqa: S311 - a story, not a secret # nosec B311
        one = kept[code]
        span = (task.due_on - task.opens_on).days
        never, late = luck.random() < one.never, luck.random() < one.late
        mean = span + luck.randint(2, 12) if late else round(span * luck.uniform(0.3, 0.97))
        if never or day < task.opens_on + timedelta(mean) or day > until:
            continue
        _do(task, day, luck, people)


def _do(task: Task, day: date, luck: Random, people: Mapping[str, list[User]]) -> None:
    by = next(iter(people.get(task.department.name, ())), None)
    at = _morning(day) + timedelta(hours=luck.randint(1, 7), minutes=luck.randint(0, 59))
    asked = checklist(task.checklist)
    place = None if task.lon is None or task.lat is None else (task.lon + luck.gauss(0, 2e-4), task.lat + luck.gauss(0, 2e-4))
    fill(task, _answers(asked, task, luck), by=by, at=at, place=place, key=f"demo-{task.key}-{task.round}"[:64])
    for item in asked.items:
        if item.kind is ItemKind.PHOTO:
            attach(task, [_photo(luck, item)], item=item.slug, by=by, at=at)
    finish(task, by=by, at=at)
    judge = next(iter(people.get("", ())), None)
    done = Task.objects.get(pk=task.pk)
    if luck.random() < 0.05 and task.round == 1:  # noqa: PLR2004 - one in twenty
        send_back(done, "照片看不清对象，请补拍后重新上报（模拟）", by=judge, at=at + timedelta(hours=1))
    elif luck.random() < 0.9:  # noqa: PLR2004 - most are confirmed
        confirm(done, by=judge, at=at + timedelta(hours=1))


def _answers(asked: Checklist, task: Task, luck: Random) -> dict[str, object]:
    return {item.slug: _answer(item, task, luck) for item in asked.items if item.kind is not ItemKind.PHOTO}


def _answer(item: Item, task: Task, luck: Random) -> object:
    """Mostly as it must be; one in forty is a finding."""
    amiss = luck.random() < 0.025  # noqa: PLR2004 - as told
    if item.kind is ItemKind.NUMBER:
        low, high = item.low if item.low is not None else item.least or 0, item.high if item.high is not None else min(item.most or 10, 20)
        return round(luck.uniform(low, high) * (1.3 if amiss and item.high else 1), 2)
    if item.kind is ItemKind.TEXT:
        return f"{task.label}：按清单逐项查看，情况如上（模拟）。"
    bad = item.findings
    good = [key for key, _ in item.options if key not in bad and key != "na"]
    return luck.choice(bad) if amiss and bad else good[0]


def _photo(luck: Random, item: Item) -> Piece:
    """A picture of coloured fields that nobody takes for a photograph of a place."""
    small = Image.frombytes("RGB", (9, 8), luck.randbytes(9 * 8 * 3)).resize((480, 360), Image.Resampling.BICUBIC)
    ImageDraw.Draw(small).text((12, 330), "SIMULATED", fill="white")
    out = io.BytesIO()
    small.save(out, "JPEG", quality=80)
    return Piece(title=f"{item.text}（模拟）", data=out.getvalue(), name="simulated.jpg", key=secrets.token_hex(16))


def _draw(until: date, people: Mapping[str, list[User]], departments: Mapping[str, Department]) -> None:
    """A draw of fuel stations, by a number that is said to have been published after the freeze; nothing where there are too few."""
    inspectors = list(
        {user.pk: user for users in people.values() for user in users if user.pk not in {one.pk for one in people[""]}}.values()
    )
    planned = until - timedelta(10)
    enforcement = departments.get("综合执法局")
    if enforcement is None or len(inspectors) < 2 or len(things(DRAW_FROM, "", until)) < 6:  # noqa: PLR2004 - two to each, six to draw
        return
    wanted = Wanted(
        title="2020年四季度加油站双随机抽查（模拟）",
        department=enforcement,
        ledger=DRAW_FROM,
        checklist="fuel-station",
        opens_on=planned + timedelta(5),
        due_on=date(until.year, 11, 20) if until < date(until.year, 11, 1) else until + timedelta(20),
        number=6,
        weigher="found-before",
        seed_way="public",
        seed_source="双色球第 2020105 期开奖号码（演示用的模拟号码）",
        source=SOURCE,
    )
    at = _morning(planned)
    plan = plan_draw(wanted, by=None, at=at)
    plan = freeze(plan, inspectors, by=None, at=at + timedelta(hours=2))
    known = at + SEED_KNOWN
    plan = draw_lots(plan, "04 09 13 20 26 32 06", by=None, at=known + timedelta(hours=12), known_at=known)
    assign(plan, by=None, at=known + timedelta(hours=13))


def _people(on: date) -> dict[str, list[User]]:
    """Who does tasks, by department: those who enter things; under no name whoever judges them."""
    found: dict[str, list[User]] = {"": list(holders((Role.COORDINATOR,), on=on).order_by("pk"))}
    for user in holders((Role.OFFICER, Role.INSPECTOR), on=on).prefetch_related("posts__department").order_by("-username"):
        for post in user.posts.all():
            if post.department:
                found.setdefault(post.department.name, []).append(user)
    return found


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(step) for step in range((last - first).days)]


def _morning(day: date) -> datetime:
    return start_of(day) + timedelta(hours=9)
