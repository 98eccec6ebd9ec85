"""Enterprises of the invented county, a checklist, duties about them, and people who carry them out."""

import io
from dataclasses import dataclass
from datetime import date
from random import Random

from PIL import Image
from stage import at

from gongjian.cases.actions.evidencing import Piece
from gongjian.cases.declaration import CaseKind, Level
from gongjian.inspections.actions.doing import fill, finish
from gongjian.inspections.actions.drawing import Wanted, plan_draw
from gongjian.inspections.actions.evidencing import attach
from gongjian.inspections.actions.keeping import Asked, enter_duty
from gongjian.inspections.actions.opening import open_turns
from gongjian.inspections.declaration import Checklist, Item, ItemKind, Makes
from gongjian.inspections.models import Task
from gongjian.kernel.worktime import days
from gongjian.ledgers.actions import entries
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.people.models import Department
from gongjian.standards.identifiers.credit_codes import with_check

SPOT = CaseKind(
    slug="seen-on-the-spot",
    title="现场发现的问题（测试）",
    about="测试用。",
    levels=(Level("general", "一般", {"hand_over": days(1)}), Level("urgent", "紧急", {"hand_over": days(1)})),
)
SAMPLE = Checklist(
    slug="sample",
    title="抽样检查",
    about="测试用。",
    version=1,
    items=(
        Item(slug="seals", text="密封完好", makes=Makes(kind="seen-on-the-spot", level="general", title="密封破损")),
        Item(slug="hood", text="集气罩完好", makes=Makes(kind="seen-on-the-spot", level="general", title="集气罩破损")),
        Item(slug="rate", text="气液比", kind=ItemKind.NUMBER, unit="L/L", least=0, most=5, low=1.0, high=1.2),
        Item(slug="weather", text="天气", kind=ItemKind.CHOICE, choices=(("dry", "晴"), ("wet", "雨")), required=False),
        Item(slug="words", text="情况", kind=ItemKind.TEXT, required=False),
        Item(slug="gate", text="门头照片", kind=ItemKind.PHOTO),
    ),
)
GOOD = {"seals": "yes", "hood": "na", "rate": 1.1}
BAD = {"seals": "no", "hood": "no", "rate": 1.5, "words": "两处破损"}
START = date(2020, 4, 1)


def photo(seed: int) -> bytes:
    """A photo of coloured fields."""
    rng, out = Random(seed), io.BytesIO()  # noqa: S311 - the same picture each time
    Image.frombytes("RGB", (9, 8), rng.randbytes(9 * 8 * 3)).resize((320, 240)).save(out, "JPEG")
    return out.getvalue()


def picture(seed: int = 1, name: str = "IMG.jpg") -> Piece:
    return Piece(title="门头", data=photo(seed=seed), name=name, key=Random(seed).randbytes(16).hex())  # noqa: S311 - the same key each time


@dataclass(frozen=True)
class Desk:
    """The county's inspections."""

    town: object

    def user(self, name):
        return self.town.user(name)

    def department(self, name="交通局"):
        return Department.objects.get(name=name)

    def firm(self, number=1, moment=None, **said):
        code = with_check(f"91350100M{number:07d}")
        values = {"code": code, "name": f"{number}号厂", "department": self.department(), "street": "滨河街道", "lon": 116.5, "lat": 39.8}
        return entries.enter(ENTERPRISES, values | said, by=None, at=moment or at(3, 5))

    def duty(self, moment=None, by=None, **said):
        values = {
            "code": "checks",
            "title": "企业检查",
            "department": self.department(),
            "every": "month",
            "checklist": "sample",
            "since": START,
            "ledger": "enterprises",
        }
        return enter_duty(Asked(**values | said), by=by, at=moment or at(3, 20))

    def task(self, moment=None, **said):
        """One open task of a monthly duty about one enterprise, in April."""
        if not said.get("places"):
            self.firm()
        self.duty(**({"ledger": ""} if said.get("places") else {}) | said)
        open_turns(at=moment or at(4, 1))
        return Task.objects.get()

    def done(self, task, by="jiaotong", moment=None, answers=GOOD, seed=1):
        user = self.user(by) if by else None
        moment = moment or at(4, 10)
        fill(task, answers, by=user, at=moment, key=f"k{task.pk}-{task.round}-{moment:%d%H%M}")
        attach(task, [picture(seed + 1000 * task.pk + task.round)], item="gate", by=user, at=moment)
        return finish(Task.objects.get(pk=task.pk), by=user, at=moment)

    def plan(self, by=None, moment=None, **said):
        values = {
            "title": "四月抽查",
            "department": self.department(),
            "ledger": "enterprises",
            "checklist": "sample",
            "opens_on": date(2020, 4, 10),
            "due_on": date(2020, 4, 30),
            "number": 3,
            "seed_way": "public",
            "seed_source": "双色球第 2020030 期",
        }
        return plan_draw(Wanted(**values | said), by=by, at=moment or at(4, 1))

    def inspectors(self, *names):
        return [self.user(name) for name in names or ("jiaotong", "chengjian", "gongan", "jiancha")]
