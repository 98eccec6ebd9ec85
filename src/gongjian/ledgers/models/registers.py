"""What is kept of derived registers and of how fresh ledgers are."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models.entry import Entry
from gongjian.people.models import User


class Membership(models.Model):
    """One stay of an entry in a derived register, from ``since`` until the day before ``until`` (NULL: it is in).

    ``why`` is the sentence by which the rule took it in, as last worked out while it was in; ``why_left`` the one by which it left. A row
    is one version, in force from ``entered_at`` until ``replaced_at``: a stay that ends, or whose reason changes, is a further row.
    """

    register = models.SlugField(_("名单"), max_length=40)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="memberships", verbose_name=_("条目"))
    since = models.DateField(_("列入日期"))
    until = models.DateField(_("移出日期"), null=True)
    why = models.CharField(_("列入理由"), max_length=300)
    why_left = models.CharField(_("移出理由"), max_length=300, blank=True)
    figures = models.JSONField(_("依据"), default=dict)
    entered_at = models.DateTimeField(_("录入时间"))
    replaced_at = models.DateTimeField(_("被更新时间"), null=True)

    class Meta:
        verbose_name = _("名单成员")
        verbose_name_plural = _("名单成员")
        ordering = ["register", "-since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["register", "entry", "since"], condition=Q(replaced_at=None), name="membership_stands_once"),
            models.UniqueConstraint(fields=["register", "entry"], condition=Q(replaced_at=None, until=None), name="membership_open_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.since}"


class Touch(models.Model):
    """A day on which a ledger, kind of record or derived register was written to, looked through or worked out: how fresh it is.

    ``confirmed_by`` is who looked it through and found nothing to change, where that is why.
    """

    table = models.SlugField(_("台账"), max_length=40)
    day = models.DateField(_("日期"))
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("核对人"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    writes = models.PositiveIntegerField(_("写入次数"), default=1)

    class Meta:
        verbose_name = _("台账更新日")
        verbose_name_plural = _("台账更新日")
        constraints = [models.UniqueConstraint(fields=["table", "day"], name="touch_once_a_day")]

    def __str__(self) -> str:
        return f"{self.table} {self.day}"
