"""What is worked out once and kept: the days of each pollutant."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.standards.air.pollutants import Pollutant
from gongjian.telemetry.models import Station


class AirDay(models.Model):
    """One version of one day of one pollutant, worked out from the hours in ``telemetry``.

    A day has a first version when it is over, and a further one whenever something of it was entered later or corrected: what stood at
    moment T is ``entered_at < T`` and not replaced before T. Nobody types these rows, and they can be worked out anew at any time.
    """

    station = models.ForeignKey(Station, models.PROTECT, related_name="air_days", verbose_name=_("站点"))
    pollutant = models.CharField(_("污染物"), max_length=8, choices=[(p.value, p.value) for p in Pollutant])
    day = models.DateField(_("日期"))
    value = models.FloatField(_("日均值（O3 为日最大8小时平均）"), null=True)
    present = models.PositiveSmallIntegerField(_("所依据的小时均值（O3 为8小时均值）个数"))
    valid = models.BooleanField(_("有效"))
    hours = models.PositiveSmallIntegerField(_("小时均值个数"))
    highest = models.FloatField(_("最高小时均值"))
    entered_at = models.DateTimeField(_("得出时间"))
    replaced_at = models.DateTimeField(_("被更新时间"), null=True)

    class Meta:
        verbose_name = _("空气日值")
        verbose_name_plural = _("空气日值")
        ordering = ["station", "pollutant", "day", "entered_at"]
        constraints = [models.UniqueConstraint(fields=["station", "pollutant", "day", "entered_at"], name="air_day_version_once")]
        indexes = [models.Index(fields=["day"], name="air_day_day")]


class Sweep(models.Model):
    """How far this room has followed what was written to ``telemetry``; one row."""

    position = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("日值更新进度")
        verbose_name_plural = _("日值更新进度")
