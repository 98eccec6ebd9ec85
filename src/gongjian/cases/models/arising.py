"""Which finding rules are used, and which record became which case."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.cases.models.case import Case


class RuleUse(models.Model):
    """A finding rule in use from ``since`` (the day of the record) until it was stopped; rows are kept.

    ``seen`` is how often the table of records had been written to when it was last gone through (``ledgers.queries.gauges``), and
    ``seen_on`` the day: as long as both stand there is nothing new, and nothing is read.
    """

    rule = models.SlugField(_("规则"), max_length=40)
    since = models.DateField(_("自何日的记录起"))
    started_at = models.DateTimeField(_("启用时间"))
    started_by = models.CharField(_("启用人"), max_length=80)
    stopped_at = models.DateTimeField(_("停用时间"), null=True)
    stopped_by = models.CharField(_("停用人"), max_length=80, blank=True)
    seen = models.BigIntegerField(default=-1)
    seen_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("立案规则的启用")
        verbose_name_plural = _("立案规则的启用")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["rule"], condition=Q(stopped_at=None), name="ruleuse_in_use_once"),
            models.CheckConstraint(condition=Q(stopped_at=None) | Q(stopped_at__gte=F("started_at")), name="ruleuse_stops_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.since}"


class Arisen(models.Model):
    """A record, by its number, became a case by a rule: once, however often it is corrected. ``doubted_at``: it fits the rule no more."""

    rule = models.SlugField(_("规则"), max_length=40)
    records = models.SlugField(_("记录种类"), max_length=40)
    number = models.CharField(_("记录编号"), max_length=96)
    case = models.OneToOneField(Case, models.PROTECT, related_name="arisen", verbose_name=_("问题"))
    doubted_at = models.DateTimeField(_("记录不再符合规则的时间"), null=True)

    class Meta:
        verbose_name = _("由记录立案")
        verbose_name_plural = _("由记录立案")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="arisen_once")]

    def __str__(self) -> str:
        return f"{self.rule} {self.number}"
