"""The checklist of a task on a phone: the boxes of the room of inspections, and what a draft carries besides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from gongjian.fieldwork.forms.drafted import Drafted, camera, refuse_too_many
from gongjian.fieldwork.parcels import CHECK, Parcel
from gongjian.inspections.declaration import ItemKind
from gongjian.inspections.forms import ChecklistForm


class CheckForm(Drafted, ChecklistForm):  # type: ignore[misc] # a draft's key is stricter
    """A checklist. Documents are given at a desk, so there is no box for them."""

    task = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    finish = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["documents"]
        for name in ("photos", *self.pictured()):
            self.fields[name].widget = camera()
            self.fields[name].help_text = "" if name == "photos" else self.fields[name].help_text

    def pictured(self) -> dict[str, str]:
        """The boxes of items that are answered by photos, each with its item."""
        return {f"item-{item.slug}": item.slug for item in self.checklist.items if item.kind is ItemKind.PHOTO}

    def parcel(self, name: Callable[[], str]) -> Parcel:
        """What was answered, as it is handed over; ``name`` makes a random name for a file. Refusal for too many or too large files."""
        boxes = {**self.pictured(), "photos": ""}
        pieces = [(piece, item) for box, item in boxes.items() for piece in self.pieces_of(box, _title(self, item), name)]
        refuse_too_many([piece for piece, _item in pieces])
        return Parcel(
            key=self.cleaned_data["key"],
            kind=CHECK,
            said={"task": self.cleaned_data["task"], "answers": self.answers(), "finish": self.cleaned_data["finish"]},
            device=self.device(),
            pieces=[piece for piece, _item in pieces],
            items=[item for _piece, item in pieces],
            photos=[facts for box in boxes for facts in self.facts_of(box)],
        )


def _title(form: CheckForm, item: str) -> str:
    found = form.checklist.item(item) if item else None
    return found.text if found else ""
