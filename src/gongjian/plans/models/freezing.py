"""Months that are closed: no report of them changes any more."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import User
from gongjian.plans.models.document import Programme


class MonthFreeze(models.Model):
    """A month of a programme was frozen (封存); ``missing`` keeps for good what was not handed in then.

    Each of ``missing`` is an object: ``measure`` (id), ``key``, ``department`` (names), ``state`` (a ``ReportState``). Lifted with a
    reason by somebody else; the row stays.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="freezes")
    month = models.DateField(_("月份"))  # its first day
    missing = models.JSONField(_("封存时未报"), default=list)
    at = models.DateTimeField(_("封存时间"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_label = models.CharField(_("封存"), max_length=80)
    lifted_at = models.DateTimeField(_("解封时间"), null=True)
    lifted_by = models.CharField(_("解封"), max_length=80, blank=True)
    lifted_why = models.CharField(_("解封理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("月份封存")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "month"], condition=Q(lifted_at=None), name="monthfreeze_one_current"),
            models.CheckConstraint(condition=Q(month__day=1), name="monthfreeze_month_is_a_first"),
        ]
