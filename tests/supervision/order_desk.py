"""Supervision orders of the invented county, and the steps people take with them."""

import io
import re
from dataclasses import dataclass
from hashlib import md5
from html import unescape

from django.urls import reverse
from PIL import Image
from stage import at

from gongjian.cases.actions.evidencing import Piece
from gongjian.people.models import Department
from gongjian.supervision.actions.evidencing import attach
from gongjian.supervision.actions.issuing import Draft, issue
from gongjian.supervision.actions.stepping import take

CARRIED = {  # what each step carries in these tests
    "answer": {"outcome": "已补齐台账，责任到人"},
    "return": {"reason": "没有写完成时间"},
    "review": {"finding": "与答复一致"},
    "clear": {"finding": "现场复核已落实"},
    "withdraw": {"reason": "事由不成立"},
}
WAY = {  # how a state is reached, by the system itself
    "issued": (),
    "signed": ("sign",),
    "answered": ("sign", "answer"),
    "returned": ("sign", "answer", "return"),
    "reviewed": ("sign", "answer", "review"),
    "cleared": ("sign", "answer", "review", "clear"),
    "withdrawn": ("withdraw",),
}
ISSUED, DUE = at(10, 12), at(10, 19, 18)


def photo(number=1):
    out = io.BytesIO()
    Image.new("RGB", (320, 240), (number * 20 % 255, 90, 140)).save(out, "JPEG")
    return out.getvalue()


def piece(data=None, title="整改照片", name="IMG_0001.jpg"):
    data = photo() if data is None else data
    return Piece(title=title, data=data, name=name, key=md5(data + title.encode() + name.encode(), usedforsecurity=False).hexdigest())


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def hidden(answer):
    """What the form on the page carries unseen."""
    return dict(re.findall(r'<input type="hidden" name="(token|version)" value="([^"]*)"', answer.content.decode()))


def url(order, name="order", *more):
    return reverse(f"supervision:{name}", args=[order.pk, *more])


@dataclass(frozen=True)
class OrderDesk:
    """The county's orders; most are to 城建局."""

    town: object

    def department(self, name="城建局"):
        return Department.objects.get(name=name)

    def user(self, name):
        return name and self.town.user(name)

    def draft(self, **said):
        usual = {"department": self.department(), "colour": "blue", "title": "裸地台账不全", "due_at": DUE}
        usual |= {"demand": "十日内补齐台账并附佐证。", "fact": "抽查三处裸地，两处未入台账。"}
        return Draft(**usual | said)

    def issued(self, moment=ISSUED, *, by=None, token="", **said):
        return issue(self.draft(**said), by=self.user(by), at=moment, token=token)

    def take(self, order, step, moment=None, *, by=None, version=None, token="", **carried):
        said = CARRIED.get(step, {}) | carried
        return take(order, step, said, by=self.user(by), at=moment or at(10, 13), version=version, token=token)

    def proven(self, order, step="answer", moment=None, *, by=None, pieces=None):
        return attach(order, step, pieces or [piece(title=f"整改照片{order.pk}")], by=self.user(by), at=moment or at(10, 13))

    def at_state(self, state, moment=ISSUED, **said):
        """An order brought to a state by the system itself, all within a minute of ``moment``, with a photo for its answer."""
        order = self.issued(moment, **said)
        for step in WAY[state]:
            if step == "answer":
                self.proven(order, moment=moment)
            order = self.take(order, step, moment)
        return order
