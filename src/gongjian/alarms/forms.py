"""Forms: labels, help and limits of what a person types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.alarms.flow import LONGEST
from gongjian.alarms.models.outlet import AVERAGED
from gongjian.alarms.states import AlarmState, Cause
from gongjian.cases.boxes import FilesField, ManyFiles, day, text
from gongjian.kernel.flows import Step
from gongjian.telemetry.models import Factor


class Tokened(forms.Form):
    """A form that is sent once: ``token`` names it, ``version`` is what the person saw."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AlarmStepForm(Tokened):
    """What a step of the alarm's flow requires."""

    def __init__(self, *args: Any, arrow: Step[AlarmState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explains = arrow.name == "explain"
        if "cause" in arrow.requires:
            messages = {"required": _("请选择“原因类别”。"), "invalid_choice": _("请从列表中选择原因类别。")}
            choices = [("", _("请选择")), *Cause.choices]
            self.fields["cause"] = forms.ChoiceField(label=_("原因类别"), choices=choices, error_messages=messages)
        if explains:
            self.fields["teller"] = forms.CharField(
                label=_("企业说明人"), max_length=40, required=False, help_text=_("姓名和职务，例如：环保专员 李强。")
            )
        if "words" in arrow.requires or arrow.name == "accept":
            help_text = _("什么时候、什么原因、采取了什么措施、何时恢复。") if explains else ""
            required = "words" in arrow.requires
            self.fields["words"] = text(_("情况说明"), most=LONGEST, required=required, help_text=help_text, draft="words")
        if explains:
            widget = ManyFiles({"accept": "image/jpeg,image/png,application/pdf", "multiple": True})
            help_text = _("维护记录、故障处理单、现场照片等，JPEG、PNG 或 PDF，可多选。")
            self.fields["papers"] = FilesField(label=_("佐证"), widget=widget, help_text=help_text)

    def carried(self) -> dict[str, str]:
        """What the step carries."""
        return {name: self.cleaned_data[name] for name in ("cause", "teller", "words") if name in self.cleaned_data}


class FindingForm(Tokened):
    """What was seen when somebody looked at a finding."""

    words = text(_("查看情况"), most=LONGEST, draft="words")


class LimitForm(forms.Form):
    """A limit of an outlet."""

    factor = forms.ModelChoiceField(
        queryset=Factor.objects.order_by("code"),
        label=_("因子"),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择“因子”。"), "invalid_choice": _("请从列表中选择因子。")},
    )
    averaging = forms.ChoiceField(label=_("取值时间"), choices=AVERAGED)
    upper = forms.FloatField(
        label=_("上限"),
        required=False,
        help_text=_("用因子的单位；pH 等可同时填下限。"),
        error_messages={"invalid": _("请填写数值，例如 30。")},
    )
    lower = forms.FloatField(label=_("下限"), required=False, error_messages={"invalid": _("请填写数值，例如 6。")})
    source = forms.CharField(label=_("依据（许可证编号或标准号）"), max_length=80, error_messages={"required": _("请填写“依据”。")})
    clause = forms.CharField(label=_("条款"), max_length=80, required=False)
    valid_from = day(_("自"), _("从这一天的数据起适用；同一依据原有的限值到这一天为止。"))


class EndForm(forms.Form):
    """From when a limit no longer binds."""

    on = day(_("自这一天起不再适用"))
