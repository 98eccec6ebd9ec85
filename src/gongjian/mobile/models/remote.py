"""What vehicles that report by themselves told, day by day; signs in it; and which days are still to be worked out."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models import Record
from gongjian.ledgers.models.record import found_by
from gongjian.mobile.models.vehicles import Vehicle
from gongjian.mobile.remote.vocabulary import SIGNS, Sign
from gongjian.telemetry.models import Device

SIGN_CHOICES = [(sign.value, words.title) for sign, words in SIGNS.items()]
NOT_NEGATIVE = [MinValueValidator(0)]
SHARE = [MinValueValidator(0), MaxValueValidator(100)]


class RemoteDay(Record):
    """What a vehicle told on a day; ``label`` is its plate, or its VIN while it is in no ledger. Worked out anew where data came late."""

    entry = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="remote_days", verbose_name=_("车辆"))
    vin = models.CharField(_("车辆识别代号"), max_length=32)
    trips = models.PositiveSmallIntegerField(_("行程数"))
    hours = models.FloatField(_("运转时间"), validators=[MinValueValidator(0), MaxValueValidator(24)])
    complete = models.FloatField(_("数据完整率"), null=True, blank=True, validators=SHARE)
    km = models.FloatField(_("行驶里程"), validators=NOT_NEGATIVE)
    track_km = models.FloatField(_("定位里程"), null=True, blank=True, validators=NOT_NEGATIVE)
    fuel_litres = models.FloatField(_("油耗"), validators=NOT_NEGATIVE)
    urea_litres = models.FloatField(_("尿素用量"), null=True, blank=True, validators=NOT_NEGATIVE)
    urea_level = models.FloatField(_("尿素余量"), null=True, blank=True, validators=SHARE)
    nox_ppm = models.FloatField(_("SCR下游NOx平均"), null=True, blank=True)
    converted = models.FloatField(_("SCR转化率"), null=True, blank=True)
    nox_grams = models.FloatField(_("NOx排放估算"), null=True, blank=True, validators=NOT_NEGATIVE)
    nox_per_kwh = models.FloatField(_("NOx比排放估算"), null=True, blank=True, validators=NOT_NEGATIVE)
    signs = models.PositiveSmallIntegerField(_("异常迹象数"), default=0)

    class Meta(Record.Meta):
        verbose_name = _("远程监控日汇总")
        verbose_name_plural = _("远程监控日汇总")
        indexes = [
            *Record.Meta.indexes,
            *found_by("street", "department"),
            models.Index(fields=["vin", "on"], name="remote_day_of_vehicle"),
        ]


class RemoteSign(Record):
    """Something in a vehicle's remote data that asks for a look: from when to when, by which figure. Not a verdict."""

    entry = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="remote_signs", verbose_name=_("车辆"))
    vin = models.CharField(_("车辆识别代号"), max_length=32, blank=True)
    sign = models.CharField(_("迹象"), max_length=16, choices=SIGN_CHOICES)
    words = models.CharField(_("数据表现"), max_length=200, blank=True)
    value = models.FloatField(_("数值"), null=True, blank=True)
    first_at = models.DateTimeField(_("起始时间"), null=True, blank=True)
    last_at = models.DateTimeField(_("终止时间"), null=True, blank=True)
    again = models.BooleanField(_("近30天已有"), default=False, help_text=_("同一车辆近30天已出现过同一迹象；只有首次出现的才按规则立案"))

    @property
    def why(self) -> str:
        """Why it is worth a look."""
        return SIGNS[Sign(self.sign)].why

    class Meta(Record.Meta):
        verbose_name = _("远程监控异常迹象")
        verbose_name_plural = _("远程监控异常迹象")
        indexes = [
            *Record.Meta.indexes,
            *found_by("sign", "again", "street", "department"),
            models.Index(fields=["vin", "on"], name="remote_sign_of_vehicle"),
        ]


class RemoteMark(models.Model):
    """That data of a vehicle's day came since it was worked out; ``sequence`` is that of the latest, in the live store."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="+", verbose_name=_("联网设备"))
    on = models.DateField(_("日期"))
    sequence = models.BigIntegerField(_("序号"))

    class Meta:
        verbose_name = _("远程监控待汇总日")
        verbose_name_plural = _("远程监控待汇总日")
        ordering = ["on", "device_id"]
        constraints = [models.UniqueConstraint(fields=["device", "on"], name="remote_mark_once")]

    def __str__(self) -> str:
        return f"{self.device_id} {self.on}"
