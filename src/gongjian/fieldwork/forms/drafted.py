"""What every form that may be a draft carries besides its own boxes: the key, what the phone knew, and what it knew of each photo."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjian.cases.actions.evidencing import Piece
from gongjian.fieldwork.parcels import Handset
from gongjian.files.sniffing import refuse_large
from gongjian.kernel.refusal import Refusal
from gongjian.ui.boxes import ManyFiles

MOST_PHOTOS = 9
FARTHEST = int(timedelta(days=366 * 200).total_seconds())  # a demonstration may live centuries from its phone, no farther
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Drafted(forms.Form):
    """The unseen boxes of a draft; a device whose place is half known has none."""

    key = forms.RegexField(UUID, label=_("草稿编号"), widget=forms.HiddenInput)
    lon = forms.FloatField(label=_("定位经度"), widget=forms.HiddenInput, required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(label=_("定位纬度"), widget=forms.HiddenInput, required=False, min_value=-90, max_value=90)
    accuracy = forms.FloatField(label=_("定位误差"), widget=forms.HiddenInput, required=False, min_value=0)
    written_at = forms.DateTimeField(label=_("手机时间"), widget=forms.HiddenInput, required=False)
    ahead = forms.IntegerField(label=_("与手机时钟之差"), widget=forms.HiddenInput, required=False, min_value=-FARTHEST, max_value=FARTHEST)
    facts = forms.JSONField(label=_("照片说明"), widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Longitude and latitude go together."""
        found = super().clean() or self.cleaned_data
        if (found.get("lon") is None) != (found.get("lat") is None):
            found["lon"] = found["lat"] = None
        return found

    def device(self) -> Handset:
        """What the phone knew when the draft was written."""
        typed = self.cleaned_data
        place = {side: typed.get(side) for side in ("lon", "lat", "accuracy")}
        return Handset(written_at=typed.get("written_at"), ahead=typed.get("ahead") or 0, **place)

    def facts_of(self, box: str) -> list[dict[str, Any]]:
        """What the phone told of each photo of a box, as many as there are; nothing but facts that are known, each of its type."""
        told = self.cleaned_data.get("facts")
        rows = told.get(box) if isinstance(told, dict) else None
        rows = rows if isinstance(rows, list) else []
        count = len(self.cleaned_data.get(box) or ())
        return [_fact(rows[number] if number < len(rows) and isinstance(rows[number], dict) else {}) for number in range(count)]

    def pieces_of(self, box: str, title: str, name: Callable[[], str]) -> list[Piece]:
        """The photos of a box as evidence; ``name`` makes a random name for a file. Refusal for a file too large to be read at all."""
        ahead, files = self.device().ahead, self.cleaned_data.get(box) or []
        return [_piece(file, title, told, ahead, name()) for file, told in zip(files, self.facts_of(box), strict=True)]


def camera(widget: type[ManyFiles] = ManyFiles) -> ManyFiles:
    """A box that opens the camera of a phone."""
    return widget({"accept": "image/*", "capture": "environment", "multiple": True})


def refuse_too_many(pieces: Sequence[Piece]) -> None:
    """Refusal for more photos than one draft may carry."""
    if len(pieces) > MOST_PHOTOS:
        msg = f"一次最多 {MOST_PHOTOS} 张照片，这里有 {len(pieces)} 张，请挑选最能说明情况的。"
        raise Refusal(msg)


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


def _piece(file: Any, title: str, told: Mapping[str, Any], ahead: int, key: str) -> Piece:
    refuse_large(file.size or 0, file.name or "")
    moment = _moment(told.get("taken_at"))
    return Piece(
        title=title or file.name or "",
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
