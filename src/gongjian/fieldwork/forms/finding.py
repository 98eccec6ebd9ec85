"""The form of a found problem on a phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.cases.boxes import text
from gongjian.cases.declaration import CaseKind
from gongjian.cases.models import EvidenceKind
from gongjian.cases.registry import find_kind
from gongjian.fieldwork.forms.drafted import Drafted, camera, refuse_too_many
from gongjian.fieldwork.parcels import FINDING, Parcel
from gongjian.people.models import Department
from gongjian.ui.boxes import FilesField


class FindingForm(Drafted):
    """A found problem. ``sort`` is kind and level at one go (``fuel:serious``): one choice on a phone instead of two."""

    entry = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    sort = forms.ChoiceField(label=_("类型与程度"), error_messages={"required": _("请选择类型与程度。")})
    words = text(_("看到了什么"), rows=3, help_text=_("第一句作标题，例如“东门内裸土未苫盖，约二百平方米”。"))
    photos = FilesField(label=_("照片"), widget=camera(), help_text=_("最多 9 张。"))
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

    def measured(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The boxes for values, by the kind that asks for them: title and slug of the kind."""
        return [(kind.slug, boxes) for kind in self.kinds if (boxes := [self[name] for name, _need in _values([kind])])]

    def parcel(self, name: Callable[[], str]) -> Parcel:
        """What was typed, as it is handed over; ``name`` makes a random name for a file. Refusal for too many or too large files."""
        typed = self.cleaned_data
        kind, level = typed["sort"].split(":")
        said = {field: typed.get(field) or None for field in ("words", "entry", "address", "street", "origin")}
        values = {field.rpartition("-")[2]: typed[field] for field, _need in _values([find_kind(kind)]) if typed.get(field) is not None}
        pieces = self.pieces_of("photos", "现场照片", name)
        refuse_too_many(pieces)
        return Parcel(
            key=typed["key"],
            kind=FINDING,
            said={**said, "kind": kind, "level": level, "values": values},
            device=self.device(),
            pieces=pieces,
            photos=self.facts_of("photos"),
        )


def _values(kinds: Sequence[CaseKind]) -> list[tuple[str, Any]]:
    """The measured values that kinds ask for at the finding, each with the name of its box."""
    return [
        (f"value-{kind.slug}-{number}", need)
        for kind in kinds
        for number, need in enumerate(kind.needs("find"))
        if need.kind is EvidenceKind.VALUE
    ]
