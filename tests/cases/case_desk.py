"""Problems of the invented county, and the steps people take with them."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import md5
from random import Random

from PIL import ExifTags, Image
from stage import at

from gongjian.cases.actions.evidencing import Piece
from gongjian.cases.actions.finding import Finding, find_problem
from gongjian.cases.actions.stepping import take
from gongjian.people.models import Department

CARRIED = {  # what each step carries in these tests
    "send_back": {"reason": "不属本部门职责"},
    "begin": {"measures": "派人现场核查并督促整改"},
    "feed_back": {"outcome": "已督促施工单位完成苫盖"},
    "verify": {"finding": "现场已苫盖"},
    "reject": {"reason": "东侧仍有裸露"},
    "recheck": {"finding": "未反弹"},
    "reopen": {"reason": "再次裸露"},
    "dismiss": {"reason": "经核实并非问题"},
}
WAY = {  # how a state is reached, by the system itself
    "found": (),
    "handed_over": ("hand_over",),
    "signed": ("hand_over", "sign"),
    "handling": ("hand_over", "sign", "begin"),
    "suspended": ("hand_over", "sign", "begin", "suspend"),
    "fed_back": ("hand_over", "sign", "begin", "feed_back"),
    "verified": ("hand_over", "sign", "begin", "feed_back", "verify"),
    "closed": ("hand_over", "sign", "begin", "feed_back", "verify", "close"),
    "dismissed": ("dismiss",),
    "merged": ("merge",),
}


def photo(*, taken: datetime | None = None, place: tuple[float, float] | None = None, seed: int = 1, size=(320, 240), form="JPEG") -> bytes:
    """A photo of coloured fields, with what a camera writes into it."""
    rng = Random(seed)  # noqa: S311 - the same picture each time
    small = Image.frombytes("RGB", (9, 8), bytes(rng.randrange(256) for _ in range(9 * 8 * 3)))
    exif = Image.Exif()
    if taken:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{taken:%Y:%m:%d %H:%M:%S}"
    if place:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        for number, (degrees, sides) in enumerate(((place[1], "NS"), (place[0], "EW"))):
            seconds = round(abs(degrees) * 3600, 2)
            parts = (seconds // 3600, seconds % 3600 // 60, seconds % 60)
            gps[1 + 2 * number], gps[2 + 2 * number] = sides[degrees < 0], tuple(map(float, parts))
    out = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).save(out, form, exif=exif)
    return out.getvalue()


def piece(data: bytes, title: str = "现场照片", name: str = "IMG_0001.jpg") -> Piece:
    return Piece(title=title, data=data, name=name, key=md5(data + title.encode() + name.encode(), usedforsecurity=False).hexdigest())


@dataclass(frozen=True)
class Desk:
    """The county's problems."""

    town: object

    def department(self, name):
        return Department.objects.get(name=name)

    def found(self, moment=None, *, by=None, pieces=(), token="", **said):
        moment = moment or at(10, 12)
        finding = {
            "kind": "plain",
            "level": "general",
            "title": "裸土未苫盖",
            "description": "东门内约二百平方米裸土未苫盖。",
            "found_at": moment - timedelta(minutes=5),
            "origin": self.department("交通局"),
            "street": "滨河街道",
            "address": "滨河路 1 号",
        }
        return find_problem(Finding(**finding | said), by=by and self.town.user(by), at=moment, pieces=pieces, token=token)

    def carried(self, step, moment):
        if step in {"hand_over", "reroute"}:
            return {"department": self.department("城建局" if step == "hand_over" else "水务局"), "reason": "职责所在"}
        if step == "suspend":
            return {"reason": "等待检测报告", "until": moment.date() + timedelta(10)}
        return {"into": self.found(moment - timedelta(hours=1))} if step == "merge" else CARRIED.get(step, {})

    def take(self, case, step, moment=None, *, by=None, version=None, token="", **carried):
        moment = moment or at(10, 13)
        return take(case, step, self.carried(step, moment) | carried, by=by and self.town.user(by), at=moment, version=version, token=token)

    def at_state(self, state, moment=None, **said):
        """A case brought to a state by the system itself, all within a minute of ``moment``."""
        moment = moment or at(10, 12)
        case = self.found(moment, **said)
        for step in WAY[state]:
            case = self.take(case, step, moment)
        return case
