"""The spine (台账条目): what every regulated object has, whatever its kind."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Department, User


class Status(models.TextChoices):
    """Whether a thing is at work."""

    ACTIVE = "active", _("在册")
    SUSPENDED = "suspended", _("停用")
    WITHDRAWN = "withdrawn", _("已退出")


class Entry(models.Model):
    """One regulated object as it is known now; typed children add what their kind has. Withdrawn, never deleted.

    ``code`` is the key by which the people who keep the ledger know the thing (a plate, a credit code), once in each ``kind``. Coordinates
    are CGCS2000 degrees; ``shape`` is a GeoJSON geometry where the thing is an area or a line, and then ``lon`` and ``lat`` are a point on
    it. The thing is in its ledger from ``valid_from`` until the day before ``valid_to``. Every change leaves a row in the kind's table of
    versions (see ``versions_of``); ``version`` counts them.
    """

    kind = models.SlugField(_("台账"), max_length=40, editable=False)
    code = models.CharField(_("编号"), max_length=64)
    name = models.CharField(_("名称"), max_length=120, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("主管部门"))
    enterprise = models.ForeignKey(
        "ledgers.Enterprise", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所属单位")
    )
    street = models.CharField(_("街道（镇）"), max_length=32, blank=True)
    address = models.CharField(_("地址"), max_length=160, blank=True)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    shape = models.JSONField(_("范围"), null=True, blank=True)
    status = models.CharField(_("状态"), max_length=12, choices=Status.choices, default=Status.ACTIVE)
    valid_from = models.DateField(_("纳入日期"))
    valid_to = models.DateField(_("退出日期"), null=True, blank=True, help_text=_("自这一天起不在台账内"))
    note = models.CharField(_("备注"), max_length=200, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    source = models.CharField(_("来源"), max_length=120, blank=True, editable=False)
    entered_at = models.DateTimeField(_("录入时间"), editable=False)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("录入人"))
    sought = models.TextField(_("检索内容"), blank=True, editable=False)  # see ``ledgers.searching``

    class Meta:
        verbose_name = _("台账条目")
        verbose_name_plural = _("台账条目")
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="entry_code_once_in_its_kind"),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False), name="entry_lon_lat_together"
            ),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="entry_ends_after_it_begins"),
        ]
        indexes = [
            models.Index(fields=["kind", "status", "code"], name="entry_kind_status"),
            models.Index(fields=["kind", "street"], name="entry_kind_street"),
            models.Index(fields=["kind", "name", "code"], name="entry_kind_name"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()
