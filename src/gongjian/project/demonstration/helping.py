"""What assisting departments contribute in the demonstration, the files that are shown, and the months that are closed; all made up."""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from PIL import Image, ImageDraw

from gongjian.files.actions import Received, receive
from gongjian.files.sniffing import EVERY
from gongjian.kernel.months import Month
from gongjian.people.models import Department, User
from gongjian.plans.actions import contributing
from gongjian.plans.actions.freezing import freeze
from gongjian.plans.models import Measure, Programme
from gongjian.plans.queries.board import Row
from gongjian.plans.queries.contributions import contribution_days
from gongjian.project.demonstration.scenes import Scene
from gongjian.trail.office_day import start_of

RECENT = 1  # months that have contributions: more would lengthen the first start
SHARE = 0.5  # of the contributions owed that are given
PROOFS = 8  # reports of the last month with files
SHOWN = 0.08  # of the contributions that come with files
CLOSED = 2  # months that are frozen, the first ones
_TEXTS = (
    "配合牵头部门开展联合检查{n}次，提供本部门掌握的台账{m}条，未发现新增问题。",
    "本月出动{m}人次参与现场处置，协助督促整改{n}处，均已反馈牵头部门。",
    "按分工完成本部门{n}项配合任务，另有{m}条数据已核对后移交。",
)


@dataclass(frozen=True, slots=True)
class Company:
    """Who plays: by department name, the officers there and the departments themselves."""

    writers: Mapping[str, User]
    departments: Mapping[str, Department]


def contributions(rows: list[Row], measures: Mapping[str, Measure], company: Company, until: datetime, seed: int) -> Iterator[Scene]:
    """Some of the contributions of the last months whose reports are due, each handed in about its due day."""
    if not rows:
        return
    due = contribution_days(next(iter(measures.values())).programme)
    recent = [month for month, day in due.items() if start_of(day) < until][-RECENT:]
    for row in rows:
        leads = {holder.name for holder in row.lead}
        for helper in (holder.name for holder in row.support if holder.name in company.writers and holder.name not in leads):
            for month in recent:
                luck = Random(f"{seed}:{row.key}:{helper}:{month}")  # noqa: S311 - a story, not a secret # nosec B311
                if luck.random() < SHARE:
                    at = start_of(due[month]) + timedelta(days=luck.randint(-2, 0), hours=luck.randint(9, 16), minutes=luck.randint(0, 59))
                    text = luck.choice(_TEXTS).format(n=luck.randint(1, 4), m=luck.randint(3, 40))
                    files = proofs(f"{row.key}:{helper}:{month}", at) if luck.random() < SHOWN else ()
                    yield at, partial(_contribute, measures[row.key], month, company, helper, text, at, files)


def closings(programme: Programme, months: list[Month], by: User) -> Iterator[Scene]:
    """The first months were frozen once everything of them had been reviewed."""
    for month in months[:CLOSED]:
        at = start_of(month.shifted(CLOSED + 1).last) + timedelta(hours=16)
        yield at, partial(freeze, programme, month, by=by, at=at)


def proofs(which: str, at: datetime) -> tuple[Received, ...]:
    """A picture and a paper that say of themselves that they are simulated; the same each time, but for the names they are kept under."""
    digest = hashlib.sha256(which.encode()).hexdigest()
    picture, paper = _picture(digest), _paper()
    return (
        receive(picture, "现场照片（模拟）.png", key=secrets.token_hex(16), by=None, at=at, accepted=EVERY),
        receive(paper, "检查记录（模拟）.pdf", key=secrets.token_hex(16), by=None, at=at, accepted=EVERY),
    )


def _contribute(
    measure: Measure, month: Month, company: Company, helper: str, text: str, at: datetime, files: tuple[Received, ...]
) -> None:
    by, department = company.writers[helper], company.departments[helper]
    contributing.write_and_hand_in(measure, month, department, text, by=by, at=at, files=files)


def _picture(digest: str) -> bytes:
    image = Image.new("RGB", (320, 200), tuple(bytes.fromhex(digest[:6])))
    ImageDraw.Draw(image).text((90, 90), "SIMULATED / NOT A PHOTO", fill="white")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _paper() -> bytes:
    """The least that is a PDF page, with its table of places."""
    words = b"BT /F1 24 Tf 72 720 Td (SIMULATED - NOT A RECORD) Tj ET"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(parts) + 1, len(data)
    foot = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + foot
