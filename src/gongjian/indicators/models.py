"""What is kept of readings: frozen when their period closes, remembered for each past day's lights."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FrozenReading(models.Model):
    """A reading as it stood when its period was closed; what comes later shows as a difference, never changes it."""

    code = models.CharField(_("指标"), max_length=80)
    split = models.CharField(_("分组"), max_length=160, blank=True)  # "use=公交"; empty for the whole
    period = models.CharField(_("统计期"), max_length=20)
    first = models.DateField(_("首日"))
    last = models.DateField(_("末日"))
    value = models.FloatField(_("数值"), null=True)
    unit = models.CharField(_("单位"), max_length=20)
    valid = models.BooleanField(_("有效"))
    as_of = models.DateField(_("截至"))  # by whose end its rows had been entered
    method = models.CharField(_("方法版本"), max_length=20)
    provenance = models.JSONField(_("来历"))
    frozen_at = models.DateTimeField(_("冻结时间"))

    class Meta:
        verbose_name = _("冻结读数")
        verbose_name_plural = _("冻结读数")
        ordering = ["code", "last", "period"]
        constraints = [models.UniqueConstraint(fields=["code", "split", "period"], name="reading_frozen_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.period}"


class Remembered(models.Model):
    """How an indicator stood on a day that is over: a past day never changes, so its lights need not be computed twice.

    Only what can be computed again is here; forgetting it loses time, nothing else. A row with a ``stamp`` is of a day that is not over,
    or was not yet gone through at night: it holds as long as what it was computed from has that stamp.
    """

    code = models.CharField(_("指标"), max_length=80)
    split = models.CharField(_("分组"), max_length=40, blank=True)
    day = models.DateField(_("日期"))
    method = models.CharField(_("方法版本"), max_length=20)
    standing = models.JSONField(_("读数"))
    stamp = models.CharField(_("数据戳"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("逐日读数")
        verbose_name_plural = _("逐日读数")
        constraints = [models.UniqueConstraint(fields=["code", "split", "day"], name="standing_remembered_once")]
        indexes = [models.Index(fields=["day", "code"], name="remembered_day_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.day}"
