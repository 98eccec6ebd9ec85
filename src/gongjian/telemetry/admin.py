"""Devices in the back room: saved through ``actions``, never deleted; a password is set here and shown nowhere."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gongjian.people.admin import BackRoomPage
from gongjian.people.roles import Permission
from gongjian.protocols.hj212.tolerances import Tolerance
from gongjian.telemetry import actions
from gongjian.telemetry.models import Device, DeviceFactor, Retention
from gongjian.telemetry.passwords import unlocked

if TYPE_CHECKING:  # generic for the type checker only
    DeviceModelForm = forms.ModelForm[Device]
else:
    DeviceModelForm = forms.ModelForm


class DeviceForm(DeviceModelForm):
    """A device; the departures to be tolerated as a list to tick, the password as a field that is never filled in for anybody."""

    tolerances = forms.MultipleChoiceField(
        label=_("放宽的项目"),
        choices=[(one.name, one.words[0]) for one in Tolerance],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只放宽确认该设备一向如此的项目；放宽后可重放此前未采用的报文。"),
    )
    new_password = forms.CharField(
        label=_("新口令"),
        required=False,
        strip=False,
        max_length=6,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("留空则不改；系统不显示已有口令。"),
    )
    new_key = forms.CharField(
        label=_("新加密密钥"),
        required=False,
        max_length=32,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("设备按 SM4 加密数据区时填写，32 位十六进制数字；留空则不改。密钥加密保存，系统不显示已有密钥。"),
    )
    no_key = forms.BooleanField(label=_("取消加密密钥"), required=False, help_text=_("设备改为明文上传时勾选。"))

    class Meta:
        model = Device
        exclude = ("password", "sealing_key", "revision")


@admin.register(Device)
class DevicePage(BackRoomPage):
    """Devices."""

    permission = Permission.DEVICE_MANAGE
    form = DeviceForm
    list_display = ("code", "name", "protocol", "station", "has_password", "has_key", "active")
    list_filter = ("protocol", "active")
    search_fields = ("code", "name")
    list_select_related = ("station",)

    @admin.display(description=_("已设口令"), boolean=True)
    def has_password(self, device: Device) -> bool:
        """Whether it must send one."""
        return bool(device.password)

    @admin.display(description=_("加密密钥"))
    def has_key(self, device: Device) -> str:
        """Whether it seals, and whether its key can still be read."""
        key = unlocked(device.pk, device.sealing_key)
        return "—" if key is None else "已设" if key else "已不能读出（系统密钥换过），请重设"

    def keep(self, row: Any, cleaned: dict[str, Any], *, change: bool, by: Any, at: datetime) -> Model:  # noqa: ARG002 - the back room's
        """Save the device, and its new password and key where they were typed."""
        row.tolerances = cleaned["tolerances"]
        saved = actions.save_device(row, by=by, at=at)
        if cleaned["new_password"]:
            actions.set_device_password(saved, cleaned["new_password"], by=by, at=at)
        if cleaned["new_key"] or (cleaned["no_key"] and saved.sealing_key):
            actions.set_device_key(saved, cleaned["new_key"], by=by, at=at)
        return saved


@admin.register(DeviceFactor)
class DeviceFactorPage(BackRoomPage):
    """What the factors of devices are."""

    permission = Permission.DEVICE_MANAGE
    list_display = ("device", "code", "unit", "factor", "scale")
    search_fields = ("device__code", "device__name", "code")
    autocomplete_fields = ("device",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what each line names, read at once."""
        return super().get_queryset(request).select_related("device", "factor")

    def keep(self, row: Any, cleaned: dict[str, Any], *, change: bool, by: Any, at: datetime) -> Model:  # noqa: ARG002 - the back room's
        """Save the factor."""
        return actions.save_device_factor(row, by=by, at=at)


@admin.register(Retention)
class RetentionPage(BackRoomPage):
    """How long uploads are kept: a change is another row with a later day."""

    permission = Permission.DEVICE_MANAGE
    list_display = ("kind", "months", "from_day", "basis")
    empty_value_display = _("一直保留")
    list_filter = ("kind",)

    def keep(self, row: Any, cleaned: dict[str, Any], *, change: bool, by: Any, at: datetime) -> Model:  # noqa: ARG002 - the back room's
        """Save the period."""
        return actions.save_retention(row, by=by, at=at)
