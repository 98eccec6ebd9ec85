"""The one form of a found problem on a phone: sent as it is, or put together by the script from a draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjian.cases.actions.evidencing import Piece
from gongjian.cases.boxes import FilesField, ManyFiles, text
from gongjian.cases.declaration import CaseKind
from gongjian.cases.evidence.sniffing import LARGEST, MEGABYTE
from gongjian.cases.models import EvidenceKind
from gongjian.cases.registry import find_kind
from gongjian.fieldwork.parcels import FINDING, Device, Parcel
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import Department

MOST_PHOTOS = 9
FARTHEST = timedelta(days=366 * 200).total_seconds()  # a demonstration may live centuries from its phone, no farther
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class DraftForm(forms.Form):
    """A found problem. ``sort`` is kind and level at one go (``fuel:serious``): one choice on a phone instead of two."""

    key = forms.RegexField(UUID, widget=forms.HiddenInput)
    entry = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    lon = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=-90, max_value=90)
    accuracy = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=0)
    written_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    ahead = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=-int(FARTHEST), max_value=int(FARTHEST))
    facts = forms.JSONField(widget=forms.HiddenInput, required=False)
    sort = forms.ChoiceField(label=_("类型与程度"), error_messages={"required": _("请选择类型与程度。")})
    words = text(_("看到了什么"), rows=3, help_text=_("第一句作标题，例如“东门内裸土未苫盖，约二百平方米”。"))
    photos = FilesField(
        label=_("照片"), widget=ManyFiles({"accept": "image/*", "capture": "environment", "multiple": True}), help_text=_("最多 9 张。")
    )
    address = forms.CharField(label=_("地点说明"), max_length=160, required=False, help_text=_("门牌、路口或明显标志。"))
    street = forms.ChoiceField(label=_("街道（镇）"), required=False)
    origin = forms.ChoiceField(label=_("发现部门"), required=False)

    def __init__(
        self, *args: Any, kinds: Sequence[CaseKind], streets: Sequence[Department], origins: Sequence[Department], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        sorts: list[Any] = [("", _("请选择"))]
        sorts += [(kind.title, [(f"{kind.slug}:{level.slug}", f"{kind.title} · {level.title}") for level in kind.levels]) for kind in kinds]
        self.fields["sort"].choices = sorts  # type: ignore[attr-defined]
        self.fields["street"].choices = [("", _("请选择")), *((one.name, one.name) for one in streets)]  # type: ignore[attr-defined]
        self.fields["origin"].choices = [("", _("请选择")), *((str(one.pk), one.name) for one in origins)]  # type: ignore[attr-defined]
        if len(origins) < 2:  # noqa: PLR2004 - one is no choice
            del self.fields["origin"]
        for name, need in _values(kinds):
            self.fields[name] = forms.FloatField(
                label=f"{need.title}{f'（{need.unit}）' if need.unit else ''}",
                help_text=need.help,
                required=False,
                widget=forms.NumberInput({"step": "any", "inputmode": "decimal"}),
                error_messages={"invalid": _("请填写数字。")},
            )

    def clean(self) -> dict[str, Any]:
        """Longitude and latitude go together; half a place is none."""
        found = super().clean() or self.cleaned_data
        if (found.get("lon") is None) != (found.get("lat") is None):
            found["lon"] = found["lat"] = None
        return found

    def measured(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The boxes for values, by the kind that asks for them: title and slug of the kind."""
        return [(kind.slug, boxes) for kind in self.kinds if (boxes := [self[name] for name, _need in _values([kind])])]

    def parcel(self, name: Callable[[], str]) -> Parcel:
        """What was typed, as it is handed over; ``name`` makes a random name for a file. Refusal for too many or too large files."""
        typed = self.cleaned_data
        kind, level = typed["sort"].split(":")
        ahead = typed.get("ahead") or 0
        facts = _facts(typed.get("facts"), len(typed["photos"]))
        said = {field: typed.get(field) or None for field in ("words", "entry", "address", "street", "origin")}
        values = {field.rpartition("-")[2]: typed[field] for field, _need in _values([find_kind(kind)]) if typed.get(field) is not None}
        return Parcel(
            key=typed["key"],
            kind=FINDING,
            said={**said, "kind": kind, "level": level, "values": values},
            device=Device(written_at=typed.get("written_at"), ahead=ahead, lon=typed["lon"], lat=typed["lat"], accuracy=typed["accuracy"]),
            pieces=_pieces(typed["photos"], facts, ahead, name),
            photos=facts,
        )


def _values(kinds: Sequence[CaseKind]) -> list[tuple[str, Any]]:
    """The measured values that kinds ask for at the finding, each with the name of its box."""
    return [
        (f"value-{kind.slug}-{number}", need)
        for kind in kinds
        for number, need in enumerate(kind.needs("find"))
        if need.kind is EvidenceKind.VALUE
    ]


def _facts(told: Any, count: int) -> list[dict[str, Any]]:
    """What the phone told of each photo, as many as there are; nothing but the facts that are known, each of its type."""
    rows = told if isinstance(told, list) else []
    return [_fact(rows[number] if number < len(rows) and isinstance(rows[number], dict) else {}) for number in range(count)]


def _fact(told: Mapping[str, Any]) -> dict[str, Any]:
    lon, lat = (_degrees(told.get(side), most) for side, most in (("lon", 180), ("lat", 90)))
    whole = {side: told[side] for side in ("width", "height", "size") if isinstance(told.get(side), int) and 0 <= told[side] < 2**40}
    said = {"taken_at": moment.isoformat()} if (moment := _moment(told.get("taken_at"))) else {}
    placed = {"lon": lon, "lat": lat} if lon is not None and lat is not None else {}
    return {**whole, **said, **placed, "by": "camera" if told.get("by") == "camera" else "phone"}


def _degrees(told: object, most: int) -> float | None:
    return float(told) if isinstance(told, (int, float)) and not isinstance(told, bool) and abs(told) <= most else None


def _moment(told: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _pieces(files: Sequence[Any], facts: Sequence[Mapping[str, Any]], ahead: int, name: Callable[[], str]) -> list[Piece]:
    if len(files) > MOST_PHOTOS:
        msg = f"一次最多 {MOST_PHOTOS} 张照片，这里有 {len(files)} 张，请挑选最能说明情况的。"
        raise Refusal(msg)
    return [_piece(file, told, ahead, name()) for file, told in zip(files, facts, strict=True)]


def _piece(file: Any, told: Mapping[str, Any], ahead: int, key: str) -> Piece:
    shown = (file.name or "")[:60]
    if (file.size or 0) > LARGEST:
        msg = f"“{shown}”有 {file.size / MEGABYTE:.1f} MB，文件最多 {LARGEST // MEGABYTE} MB，请压缩后再上传。"
        raise Refusal(msg)
    moment = _moment(told.get("taken_at"))
    return Piece(
        title="现场照片",
        data=file.read(),
        name=file.name or "",
        key=key,
        taken_at=_shifted(moment, ahead) if moment else None,
        lon=told.get("lon"),
        lat=told.get("lat"),
    )


def _shifted(moment: datetime, ahead: int) -> datetime | None:
    try:
        return moment + timedelta(seconds=ahead)
    except OverflowError:
        return None
