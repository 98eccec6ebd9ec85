"""The demonstration's supervision orders: what the rules find on its plan, how its people deal with them, one issued by a person."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial

from PIL import Image, ImageDraw

from gongjian.cases.actions.evidencing import Piece
from gongjian.people.models import Department, Post, User
from gongjian.people.roles import Role
from gongjian.supervision.actions.climbing import climb
from gongjian.supervision.actions.evidencing import attach
from gongjian.supervision.actions.firing import fire
from gongjian.supervision.actions.issuing import Draft, issue
from gongjian.supervision.actions.stepping import take
from gongjian.supervision.models import Colour, Order
from gongjian.trail.office_day import start_of

BEGAN = 5  # days before the demonstration's day: the Monday on which the rules fired
Scene = tuple[datetime, Callable[[], object]]
STEPS = {  # what each step says; all of it made up
    "sign": {},
    "answer": {
        "outcome": "已召开专题会分析原因，制定追赶措施：增加现场检查频次、补齐台账缺项，责任到人，按周调度，下月底前转为正常。（模拟）"
    },
    "review": {"finding": "措施具体、责任明确，现场抽查两处，与答复一致。（模拟）"},
    "return": {"reason": "只写了原因，没有写完成时间和责任人，也没有附佐证，请补充。（模拟）"},
    "clear": {"finding": "现场复核，整改措施已落实，同意销号。（模拟）"},
}
WAYS = (  # how far the orders have come, in turn: step, days after the rules fired, hour
    (("sign", 0, 14), ("answer", 1, 15), ("review", 2, 10), ("clear", 3, 16)),
    (("sign", 0, 15), ("answer", 2, 11)),
    (("sign", 1, 9), ("answer", 2, 16), ("return", 3, 10)),
    (("sign", 1, 10),),
    (),
)
OFFICE, ISSUED_TO = "tongchou", "经济发展局"
FORM = "demonstration"  # the name of the form the person filled in: sent twice, it is one order


def make_orders(until: date) -> int:
    """Act out a working week of supervision up to the day ``until``; how many orders there are then."""
    monday = until - timedelta(BEGAN)
    fire(at=_at(monday, 9))
    posts = Post.objects.filter(role=Role.OFFICER).select_related("user").order_by("-pk")
    officers = {post.department_id: post.user for post in posts if post.department_id is not None}
    office = User.objects.get(username=OFFICE)
    dealt_with = [order for order in Order.objects.order_by("pk") if order.department_id in officers]
    scenes: list[Scene] = []
    for number, order in enumerate(dealt_with):
        scenes += _way(order, WAYS[number % len(WAYS)], officers[order.department_id], office, monday)
    scenes += [(at, partial(climb, at=at)) for at in _mornings(monday, until)]
    scenes += _by_a_person(officers, office, monday)
    for _, act in sorted(scenes, key=lambda scene: scene[0]):
        act()
    return Order.objects.count()


def _way(order: Order, way: tuple[tuple[str, int, int], ...], officer: User, office: User, monday: date) -> Iterator[Scene]:
    for step, days, hour in way:
        at = _at(monday + timedelta(days), hour)
        by = officer if step in {"sign", "answer"} else office
        if step == "answer":
            yield at, partial(attach, order, "answer", [_photo(at)], by=by, at=at)
        yield at, partial(take, order, step, STEPS[step], by=by, at=at)


def _mornings(monday: date, until: date) -> Iterator[datetime]:
    """When the ladder is climbed; on the last day in its first hour: a later event would hold the demonstration's clock back until then."""
    days = (until - monday).days
    yield from (_at(monday + timedelta(day), 8) for day in range(1, days))
    yield start_of(until) + timedelta(minutes=30)


def _by_a_person(officers: Mapping[int, User], office: User, monday: date) -> Iterator[Scene]:
    """An order somebody issued, signed and not yet answered; none where there is no such department."""
    department = Department.objects.filter(name=ISSUED_TO, active=True).first()
    if department is None or department.pk not in officers:
        return
    tuesday = monday + timedelta(1)
    draft = Draft(
        department=department,
        colour=Colour.BLUE,
        title="重污染天气应急减排清单企业现场核验",
        fact="抽查三家清单企业，应急减排措施公示牌内容与清单不一致，停限产工序未写明。（模拟）",
        demand="十个工作日内逐家核验清单企业的停限产工序和公示牌，列出不一致的企业名单并督促改正，答复时附核验表和照片。",
        due_at=_at(monday + timedelta(14), 18),
    )

    def issued() -> Order:
        return issue(draft, by=office, at=_at(tuesday, 10), token=FORM)

    yield _at(tuesday, 10), issued
    yield _at(tuesday, 16), lambda: take(issued(), "sign", STEPS["sign"], by=officers[department.pk], at=_at(tuesday, 16))


def _photo(at: datetime) -> Piece:
    """A picture nobody could take for a real one: coloured fields, crossed out."""
    image = Image.new("RGB", (640, 480), (214, 222, 230))
    draw = ImageDraw.Draw(image)
    for number in range(8):
        shade = (90 + 18 * number, 140, 220 - 16 * number)
        draw.rectangle((80 * number, 120 + at.hour * 4, 80 * number + 60, 400), fill=shade)
    draw.line((0, 0, 640, 480), fill=(255, 255, 255), width=6)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return Piece(title="整改后照片（模拟）", data=out.getvalue(), name="demonstration.jpg", key=secrets.token_hex(16))


def _at(day: date, hour: int) -> datetime:
    return start_of(day) + timedelta(hours=hour)
