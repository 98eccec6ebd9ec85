"""What is shown to have been done about an order."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.cases.models import EvidenceKind
from gongjian.people.models import User
from gongjian.supervision.models.order import Order


class OrderEvidence(models.Model):
    """One piece of evidence, given for one ``step`` of one round; kept where evidence of cases is kept, under a random name.

    What was given by mistake is struck, with a reason, and stays.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="evidence", verbose_name=_("督办单"))
    step = models.CharField(_("用于"), max_length=10)
    round = models.PositiveSmallIntegerField(_("答复轮次"))
    kind = models.CharField(_("类别"), max_length=8, choices=EvidenceKind.choices)
    title = models.CharField(_("名称"), max_length=120)
    path = models.CharField(_("存放"), max_length=120, unique=True)
    thumbnail = models.CharField(_("缩略图"), max_length=120, blank=True)
    content_type = models.CharField(_("类型"), max_length=40)
    size = models.PositiveIntegerField(_("字节"))
    sha256 = models.CharField(_("摘要值"), max_length=64)
    taken_at = models.DateTimeField(_("拍摄时间"), null=True)
    lon = models.FloatField(_("拍摄经度"), null=True)
    lat = models.FloatField(_("拍摄纬度"), null=True)
    at = models.DateTimeField(_("上传时间"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("上传人"))
    by_label = models.CharField(_("上传"), max_length=80)
    struck_at = models.DateTimeField(_("作废时间"), null=True)
    struck_why = models.CharField(_("作废原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("督办佐证")
        verbose_name_plural = _("督办佐证")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_photo(self) -> bool:
        """Whether it can be looked at in a page."""
        return self.kind == EvidenceKind.PHOTO
