"""The demonstration's problems: records of October that fit a rule become cases, and made-up people deal with them, well or badly.

Played through the same actions people use, in order of time. How long each step takes is drawn once per case from its own stream, so the
same seed tells the same story; some are late, some come back, many are still under way. Nothing is tuned to look good.
"""

from __future__ import annotations

import heapq
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random

from django.db import transaction

from gongjian.cases.actions.adding import do_extra, sanction
from gongjian.cases.actions.arising import sweep, use_rule
from gongjian.cases.actions.evidencing import Piece, attach
from gongjian.cases.actions.stepping import take
from gongjian.cases.declaration import CaseKind, Sanction
from gongjian.cases.finding_rules import finding_rules
from gongjian.cases.models import Case, EvidenceKind
from gongjian.cases.registry import find_kind
from gongjian.kernel.workdays import Calendar
from gongjian.people.models import Department, User
from gongjian.people.queries import resolve, working_calendar
from gongjian.trail.office_day import start_of

SEED = 28
DAYS = 20  # how far back the rules are used
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%"
INDUSTRY = "城市运行局"
PATIENCE = {  # working days until a step is taken: the quickest, the usual, the slowest
    "sign": (0, 1, 3),
    "begin": (0, 1, 2),
    "feed_back": (2, 5, 12),
    "verify": (0, 2, 4),
    "close": (0, 1, 3),
    "hand_over": (0, 1, 2),
}
WAY = ("sign", "begin", "feed_back", "verify", "close")


@dataclass
class Play:
    """What is still to happen, in order of time."""

    people: Mapping[str, User]
    handlers: Mapping[int, User]  # by department
    calendar: Calendar
    until: datetime
    _acts: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    _turn: Iterator[int] = field(default_factory=count)

    def at(self, moment: datetime, act: Callable[[datetime], None]) -> None:
        """Something to be done at a moment, unless the story is over by then."""
        if moment < self.until:
            heapq.heappush(self._acts, (moment, next(self._turn), act))

    def run(self) -> None:
        """Do everything; what is done may bring further acts."""
        while self._acts:
            moment, _, act = heapq.heappop(self._acts)
            act(moment)

    def later(self, moment: datetime, step: str, luck: Random) -> datetime:
        """When the step comes about, in office hours."""
        quick, usual, slow = PATIENCE[step]
        days = round(luck.triangular(quick, slow, usual))
        day = self.calendar.add_working_days(moment.date(), days) if days else moment.date()
        then = start_of(day) + timedelta(hours=9, minutes=luck.randint(0, 480))
        return then if then > moment else moment + timedelta(minutes=luck.randint(5, 60))


@transaction.atomic
def play_cases(people: Mapping[str, User], until: datetime) -> int:
    """Use every rule for the days before ``until`` and let people deal with what arises; how many cases there are."""
    first = until.date() - timedelta(DAYS)
    handlers = {post.department_id: user for user in people.values() for post in user.posts.all() if post.role == "officer"}
    calendar = Calendar(working_calendar(first, until.date() + timedelta(60)))
    play = Play(people, {pk: user for pk, user in handlers.items() if pk}, calendar, until)
    for rule in finding_rules():
        use_rule(rule.slug, first, by=people["tongchou"], at=start_of(first) + timedelta(hours=8))
    for back in range(DAYS):
        play.at(start_of(first + timedelta(back)) + timedelta(hours=18), lambda moment: _evening(play, moment))
    play.run()
    return Case.objects.count()


def _evening(play: Play, moment: datetime) -> None:
    known = Case.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    sweep(at=moment)
    for case in Case.objects.filter(pk__gt=known).select_related("department"):
        luck = Random(f"{SEED}:{case.title}:{case.found_at:%m%d}")  # noqa: S311 - a story, not a secret # nosec B311
        _next(play, case, 0, moment, luck)


def _next(play: Play, case: Case, turn: int, moment: datetime, luck: Random) -> None:
    """The next step of a case, by whom it belongs to; a department nobody of the demonstration works in leaves it lying."""
    if turn == len(WAY) or case.department_id not in play.handlers:
        return
    step = WAY[turn]
    play.at(play.later(moment, step, luck), lambda now: _take(play, case, turn, now, luck))


def _take(play: Play, case: Case, turn: int, moment: datetime, luck: Random) -> None:
    step, kind = WAY[turn], find_kind(case.kind)
    officer = play.handlers[case.department_id or 0]
    if step == "feed_back" and not _give(case, kind, officer, moment, luck):
        return
    if step == "close":
        _tell_industry(case, kind, officer, moment)
    if step == "verify" and case.round == 1 and luck.random() < 0.1:  # noqa: PLR2004 - one in ten comes back
        case = take(case, "reject", {"reason": "复检报告日期早于维修日期，请核实后重新反馈。"}, by=play.people["jiancha"], at=moment)
        _next(play, case, WAY.index("feed_back"), moment, luck)
        return
    by = play.people["jiancha"] if step == "verify" else play.people["tongchou"] if step == "close" else officer
    case = take(case, step, _said(step, luck), by=by, at=moment)
    _next(play, case, turn + 1, moment, luck)


def _said(step: str, luck: Random) -> dict[str, str]:
    choices = {
        "begin": ("通知车辆所有人到场，核对检测记录，责令限期维修并复检。", "已电话联系车辆单位，约定到场接受处理的时间。"),
        "feed_back": (
            "依法作出处罚决定并送达，车辆已在名录内维修单位维修，复检合格。",
            "处罚已执行，车主提交维修清单和复检报告，排放达标。",
        ),
        "verify": ("调阅处罚文书和复检报告，日期、车号一致，情况属实。", "现场核对车辆，复检合格标志有效。"),
    }
    name = {"begin": "measures", "feed_back": "outcome", "verify": "finding"}.get(step)
    return {name: luck.choice(choices[step])} if name else {}


def _give(case: Case, kind: CaseKind, officer: User, moment: datetime, luck: Random) -> bool:
    """Everything that must be there before the feedback; False for a kind that wants photos, which nobody here can take."""
    needs = kind.needs("feed_back")
    if any(need.kind is EvidenceKind.PHOTO for need in needs):
        return False
    for extra in (extra for extra in kind.extras if extra.before == "feed_back"):
        do_extra(case, extra.slug, f"复检光吸收系数 {luck.uniform(0.2, 1.0):.2f} m⁻¹，合格（模拟）。", by=officer, at=moment)
    given = [_piece(need.kind, need.title, need.unit, case, luck) for need in needs]
    if given:
        attach(case, "feed_back", given, by=officer, at=moment)
    if Sanction.FINE in kind.sanctions and case.round == 1:
        fine = Decimal(luck.choice((200, 200, 200, 500)))
        sanction(case, Sanction.FINE, moment.date(), f"京开环罚字〔2020〕{case.pk:04d}号（模拟）", by=officer, at=moment, amount=fine)
    return True


def _piece(kind: EvidenceKind, title: str, unit: str, case: Case, luck: Random) -> Piece:
    if kind is EvidenceKind.VALUE:
        return Piece(title=title, value=round(luck.uniform(0.2, 1.0), 2), unit=unit)
    key = secrets.token_hex(16)  # only the name it is kept under: a first start that was broken off leaves files behind
    return Piece(title=title, data=PDF + str(case.pk).encode(), name=f"{title}（模拟）.pdf", key=key)


def _tell_industry(case: Case, kind: CaseKind, officer: User, moment: datetime) -> None:
    told = resolve(INDUSTRY)
    for extra in (extra for extra in kind.extras if extra.before == "close" and isinstance(told, Department)):
        text = "处罚结果已抄送行业主管部门，请列入企业信用管理。"
        do_extra(case, extra.slug, text, by=officer, at=moment, department=told if isinstance(told, Department) else None)
