"""What is typed on the live pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.telemetry.models import Station


class TakeInForm(forms.Form):
    """What a device is called and where it stands; both may be left for later."""

    name = forms.CharField(label=_("名称"), max_length=80, required=False, help_text=_("留空则用它的编码"))
    station = forms.ModelChoiceField(
        Station.objects.filter(active=True), label=_("监测站点"), required=False, empty_label=_("暂不确定"), help_text=_("车辆不用选")
    )
