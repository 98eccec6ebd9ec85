"""The boxes the forms of this room are made of: each says itself, in a whole sentence, what is missing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongjian.cases.flow import LONGEST
from gongjian.cases.models import Case
from gongjian.people.models import Department
from gongjian.people.queries import departments
from gongjian.ui.boxes import FilesField, ManyFiles

Words = Any  # a str, or one translated when it is shown


def text(
    title: Words, *, rows: int = 4, most: int = LONGEST, required: bool = True, help_text: Words = "", draft: str = ""
) -> forms.CharField:
    """A box for words, which says itself what is missing."""
    attributes: dict[str, Any] = {"rows": rows, "maxlength": most}
    if draft:
        attributes["data-draft"] = draft
    return forms.CharField(
        label=title,
        widget=forms.Textarea(attributes),
        max_length=most,
        required=required,
        help_text=help_text,
        error_messages={"required": _("请填写“%s”。") % title},
    )


def photos(title: Words, help_text: Words = "") -> FilesField:
    """A box for photos, which opens the camera on a telephone."""
    widget = ManyFiles({"accept": "image/jpeg,image/png", "multiple": True})
    return FilesField(label=title, widget=widget, help_text=help_text)


def documents(title: Words, help_text: Words = "") -> FilesField:
    """A box for documents."""
    return FilesField(label=title, widget=ManyFiles({"accept": "application/pdf", "multiple": True}), help_text=help_text)


def day(title: Words, help_text: Words = "") -> forms.DateField:
    """A box for a day."""
    return forms.DateField(
        label=title,
        widget=forms.DateInput({"type": "date"}),
        help_text=help_text,
        error_messages={"required": _("请选择“%s”。") % title, "invalid": _("请填写日期，例如 2020-10-20。")},
    )


def moment(title: Words, help_text: Words = "") -> forms.DateTimeField:
    """A box for a day and a time of day."""
    return forms.DateTimeField(
        label=title,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=help_text,
        error_messages={"required": _("请选择“%s”。") % title, "invalid": _("请填写日期和时间，例如 2020-10-20 09:30。")},
    )


class DepartmentField(forms.ModelChoiceField[Department]):
    """One of the departments in use."""

    def __init__(self, title: Words) -> None:
        messages = {"required": _("请选择“%s”。") % title, "invalid_choice": _("请从列表中选择部门。")}
        super().__init__(queryset=departments(), label=title, empty_label=_("请选择"), error_messages=messages)


class CaseField(forms.CharField):
    """Another case, by the number people quote; one this person may not see is none."""

    visible: QuerySet[Case]

    def __init__(self, title: Words) -> None:
        self.visible = Case.objects.none()
        super().__init__(
            label=title, max_length=20, help_text=_("例如 2020-000123。"), error_messages={"required": _("请填写“%s”。") % title}
        )

    def clean(self, value: Any) -> Case:
        """The case of that number; an error says that there is none."""
        written = super().clean(value)
        number = written.rpartition("-")[2]
        found = self.visible.filter(pk=int(number)).first() if number.isdecimal() and len(number) < len("9" * 18) else None
        if found is None or written not in {found.number, number}:
            raise forms.ValidationError(_("没有编号为“%s”的问题，请核对。") % written)
        return found
