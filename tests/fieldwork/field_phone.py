"""What a phone sends, as its scripts put it together."""

import io
import json
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image
from stage import at

from gongjian.cases.declaration import CaseKind, Level, Needed, Recipient
from gongjian.cases.models import EvidenceKind
from gongjian.cases.registry import kinds
from gongjian.fieldwork.actions.receiving import receive
from gongjian.fieldwork.forms.finding import FindingForm
from gongjian.fieldwork.queries.choices import origins, streets
from gongjian.kernel.worktime import days

CLOCKS = {"hand_over": days(1), "sign": days(1), "feed_back": days(5), "verify": days(2), "close": days(2)}
LEVELS = (Level("general", "一般", CLOCKS), Level("serious", "较重", CLOCKS))
DUSTY = CaseKind(
    slug="dusty",
    title="裸土未苫盖（测试）",
    about="测试用。",
    levels=LEVELS,
    recipients=(Recipient("住建局"),),
    needed=(Needed(step="find", kind=EvidenceKind.PHOTO, title="现场照片", dated=True),),
)
MEASURED = CaseKind(
    slug="smoky",
    title="冒黑烟（测试）",
    about="测试用。",
    levels=LEVELS,
    needed=(Needed(step="find", kind=EvidenceKind.VALUE, title="光吸收系数", unit="m⁻¹"),),
)
HERE = (116.5123, 39.7901)
SHRUNK = {"width": 9248, "height": 6936, "size": 24_000_000, "taken_at": "2026-11-25T09:58:00+08:00"}
SHRUNK |= {"lon": 116.5124, "lat": 39.7902, "by": "camera"}
WRITTEN, AHEAD = "2026-11-25T10:00:00+08:00", int((at(10, 31) - datetime.fromisoformat("2026-11-25T10:00:00+08:00")).total_seconds())


def key(number=1):
    return str(UUID(int=number, version=4))


def photo(seed=1, size=(320, 240), exif=None):
    """A photo of coloured fields; with EXIF where told (``when``, and the place in whole degrees)."""
    rng = Random(seed)  # noqa: S311 - the same picture each time
    small = Image.frombytes("RGB", (9, 8), bytes(rng.randrange(256) for _ in range(9 * 8 * 3)))
    out, inside = io.BytesIO(), Image.Exif()
    if exif:
        inside.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{exif:%Y:%m:%d %H:%M:%S}"
    small.resize(size, Image.Resampling.BICUBIC).save(out, "JPEG", exif=inside)
    return out.getvalue()


def upload(data=None, name="IMG_1.jpg", **more):
    return SimpleUploadedFile(name, photo(**more) if data is None else data, "image/jpeg")


def draft(number=1, **said):
    """The fields of one draft; files apart."""
    lon, lat = HERE
    usual = {"key": key(number), "sort": "dusty:general", "words": "东门内裸土未苫盖。约二百平方米，无人施工。", "lon": lon, "lat": lat}
    usual |= {"accuracy": 18, "kind": "finding", "written_at": WRITTEN, "ahead": AHEAD, "facts": json.dumps({"photos": [SHRUNK]})}
    return {name: value for name, value in (usual | said).items() if value is not None}


@dataclass(frozen=True)
class Phone:
    """Somebody's phone in the county."""

    town: object

    def post(self, client, who, *, number=1, files=None, user=None, **said):
        """One draft at the door at which a queue hands it in."""
        person = self.town.user(who)
        told = draft(number, **{"written_at": None} | said) | {"user": user or (person.pk or "")}
        told["photos"] = [upload()] if files is None else files
        return client.post(reverse("fieldwork:drafts"), told)

    def parcel(self, who, *, number=1, files=None, **said):
        """The same, as the action takes it."""
        form = FindingForm(draft(number, **said), _files(files), kinds=kinds(), streets=streets(), origins=origins(self.town.user(who)))
        assert form.is_valid(), form.errors
        names = Random(f"{number}{who}")  # noqa: S311 - names of files in a test
        return form.parcel(lambda: f"{names.getrandbits(128):032x}")

    def sent(self, who, moment=None, **said):
        """A draft taken in."""
        return receive(self.parcel(who, **said), by=self.town.user(who), at=moment or at(10, 31, 12))


def _files(files):
    from django.utils.datastructures import MultiValueDict

    return MultiValueDict({"photos": files if files is not None else [upload()]})
