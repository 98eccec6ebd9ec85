"""Forms: labels, help and limits of what a person types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.assessment.flow import LONGEST
from gongjian.indicators.periods import Period

REJECT, SHARE, OUT = "reject", "share", "out"
DECISIONS = ((SHARE, _("采纳，更正得分")), (OUT, _("采纳，不计入考核")), (REJECT, _("不予采纳")))


def words(title: Any, **more: Any) -> forms.CharField:
    """A box for words, which says itself what is missing."""
    needed = {"required": _("请填写“%s”。") % title}
    area = forms.Textarea({"rows": 4, "maxlength": LONGEST})
    return forms.CharField(label=title, widget=area, max_length=LONGEST, error_messages=needed, **more)


class DraftForm(forms.Form):
    """Which period to assess."""

    period = forms.ChoiceField(label=_("考核期"))

    def __init__(self, *args: Any, offered: Sequence[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(one.code, one.words()) for one in offered]  # type: ignore[attr-defined]


class VersionForm(forms.Form):
    """A step that carries nothing but what the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SendForm(VersionForm):
    """Until when departments may object."""

    until = forms.DateField(
        label=_("异议期至"), widget=forms.DateInput({"type": "date"}), help_text=_("这一天仍可提出；默认按考核办法的工作日数计算。")
    )


class ReasonForm(VersionForm):
    """A step with a reason."""

    reason = words(_("理由"))


class ObjectionForm(forms.Form):
    """What is wrong with a row."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    reason = words(_("异议理由"), help_text=_("写明事实和依据，例如报送时间、批准文号；统筹办逐条答复，更正须另一人复核。"))


class AnswerForm(forms.Form):
    """What the office decides."""

    decision = forms.ChoiceField(label=_("处理"), choices=DECISIONS, widget=forms.RadioSelect)
    share = forms.IntegerField(
        label=_("更正后计"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("采纳并更正时填写：这一事项按百分之几计，100 为做到，0 为未做到。"),
    )
    answer = words(_("答复"))

    def clean(self) -> dict[str, Any]:
        """A correction says by how much."""
        typed = super().clean() or {}
        if typed.get("decision") == SHARE and typed.get("share") is None and "share" not in self.errors:
            self.add_error("share", _("请填写更正后按百分之几计。"))
        return typed
