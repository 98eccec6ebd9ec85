"""Outlets (排放口) and the limits that bind them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.alarms.units import with_unit
from gongjian.ledgers.models import Entry
from gongjian.people.models import Department, User
from gongjian.telemetry.models import Factor, Station
from gongjian.telemetry.store import Period

AVERAGED = [(period.value, f"{period.label}均值") for period in (Period.HOUR, Period.DAY)]


class Outlet(models.Model):
    """A monitored station that answers to somebody: whose it is and which department is told when it alarms.

    ``heard_at`` is when data of it last arrived, whatever period they were of. Taken out of use, never deleted.
    """

    station = models.OneToOneField(Station, models.PROTECT, related_name="outlet", verbose_name=_("监测站点"))
    holder = models.CharField(_("单位"), max_length=80)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="outlets", verbose_name=_("台账条目"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("监管部门"))
    street = models.CharField(_("街道（镇）"), max_length=32, blank=True)
    address = models.CharField(_("地点"), max_length=160)
    active = models.BooleanField(_("在用"), default=True)
    simulated = models.BooleanField(_("模拟数据"), default=False)
    heard_at = models.DateTimeField(_("最近收到数据"), null=True, blank=True)

    class Meta:
        verbose_name = _("排放口")
        verbose_name_plural = _("排放口")
        ordering = ["station__code"]

    def __str__(self) -> str:
        return f"{self.holder} {self.station.name}"


class Limit(models.Model):
    """One bound on one factor of an outlet, from ``valid_from`` to before ``valid_to``. Replaced by a later one, never edited.

    Values are in the factor's unit. Where several are in force on a day the strictest counts.
    """

    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="limits", verbose_name=_("排放口"))
    factor = models.ForeignKey(Factor, models.PROTECT, related_name="+", verbose_name=_("因子"))
    averaging = models.CharField(_("取值时间"), max_length=8, choices=AVERAGED, default=Period.HOUR.value)
    lower = models.FloatField(_("下限"), null=True, blank=True)
    upper = models.FloatField(_("上限"), null=True, blank=True)
    source = models.CharField(_("依据（许可证编号或标准号）"), max_length=80)
    clause = models.CharField(_("条款"), max_length=80, blank=True)
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("至（不含）"), null=True, blank=True)
    entered_at = models.DateTimeField(_("登记时间"))
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人"))

    class Meta:
        verbose_name = _("排放限值")
        verbose_name_plural = _("排放限值")
        ordering = ["outlet", "factor", "averaging", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(lower__isnull=False) | Q(upper__isnull=False), name="limit_has_a_bound"),
            models.CheckConstraint(condition=Q(lower=None) | Q(upper=None) | Q(lower__lt=F("upper")), name="limit_bounds_in_order"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="limit_lasts_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.outlet} {self.factor.name} {self.words()}"

    def words(self) -> str:
        """The bound as people say it: ``≤ 30 mg/m³``, ``6 至 9``."""
        if self.lower is not None and self.upper is not None:
            return with_unit(f"{self.lower:g} 至 {self.upper:g}", self.factor.unit)
        return with_unit(f"≥ {self.lower:g}" if self.lower is not None else f"≤ {self.upper:g}", self.factor.unit)

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
