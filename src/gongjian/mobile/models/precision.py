"""What precision enforcement worked out last: a score for each vehicle, and what was learnt on the way."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.mobile.models.vehicles import Vehicle


class PrecisionRun(models.Model):
    """One night's learning: from how many checks, what each trait was found to mean, how choosing by it fared on checks held back."""

    on = models.DateField(_("用于哪一天"), unique=True)
    checks = models.PositiveIntegerField(_("所依据的检查数"))
    rate = models.FloatField(_("平均查实率"))
    lesson = models.JSONField(_("各特征的作用"))
    uplift = models.JSONField(_("留出数据上的检验"), null=True)
    worked_out_at = models.DateTimeField(_("计算时间"))

    class Meta:
        verbose_name = _("精准执法计算")
        verbose_name_plural = _("精准执法计算")
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.on}"


class VehicleScore(models.Model):
    """How likely a check of the vehicle finds something, 0 to 1, and why; of the latest run only."""

    vehicle = models.OneToOneField(Vehicle, models.CASCADE, related_name="score", verbose_name=_("车辆"))
    chance = models.FloatField(_("查实可能"))
    reasons = models.JSONField(_("理由"))

    class Meta:
        verbose_name = _("车辆评分")
        verbose_name_plural = _("车辆评分")
        ordering = ["-chance", "vehicle_id"]
        indexes = [models.Index(fields=["-chance", "vehicle"], name="vehicle_score_chance")]

    def __str__(self) -> str:
        return f"{self.vehicle_id} {self.chance:.2f}"
