"""Evidence (佐证): photos with time and place, measured values, documents."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.cases.models.case import Case
from gongjian.files.scanning import Scan
from gongjian.people.models import User


class EvidenceKind(models.TextChoices):
    """What sort of evidence."""

    PHOTO = "photo", _("照片")
    VALUE = "value", _("测量值")
    DOCUMENT = "document", _("文件")


class Evidence(models.Model):
    """One piece of evidence, given for one ``step`` of one round.

    ``path`` is its random name below the folder of uploads, ``thumbnail`` that of the small picture; ``taken_at``, ``lon`` and ``lat`` are
    what the camera wrote into it, or what was told beside it where a phone had made it smaller. ``looks`` is the perceptual hash of a photo
    (64 bits in hexadecimal), and ``look_1`` to ``look_4`` are its quarters: two hashes that differ in three bits at most share one. What
    was given by mistake is struck, with a reason, and stays.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence", verbose_name=_("问题"))
    step = models.CharField(_("用于"), max_length=40)
    round = models.PositiveSmallIntegerField(_("办理轮次"), default=1)
    kind = models.CharField(_("类别"), max_length=8, choices=EvidenceKind.choices)
    title = models.CharField(_("名称"), max_length=120)
    path = models.CharField(_("存放"), max_length=120, blank=True)
    thumbnail = models.CharField(_("缩略图"), max_length=120, blank=True)
    content_type = models.CharField(_("类型"), max_length=40, blank=True)
    size = models.PositiveIntegerField(_("字节"), default=0)
    sha256 = models.CharField(_("摘要值"), max_length=64, blank=True)
    scan = models.CharField(_("查毒"), max_length=9, choices=Scan.choices, default=Scan.UNSCANNED)
    taken_at = models.DateTimeField(_("拍摄时间"), null=True)
    lon = models.FloatField(_("拍摄经度"), null=True)
    lat = models.FloatField(_("拍摄纬度"), null=True)
    looks = models.CharField(max_length=16, blank=True)
    look_1 = models.CharField(max_length=4, blank=True, db_index=True)
    look_2 = models.CharField(max_length=4, blank=True, db_index=True)
    look_3 = models.CharField(max_length=4, blank=True, db_index=True)
    look_4 = models.CharField(max_length=4, blank=True, db_index=True)
    value = models.FloatField(_("数值"), null=True)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    at = models.DateTimeField(_("上传时间"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("上传人"))
    by_label = models.CharField(_("上传"), max_length=80)
    struck_at = models.DateTimeField(_("作废时间"), null=True)
    struck_why = models.CharField(_("作废原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("佐证")
        verbose_name_plural = _("佐证")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="value", value__isnull=False, path="") | (~Q(kind="value") & Q(value=None) & ~Q(path="")),
                name="evidence_is_a_value_or_a_file",
            ),
            models.UniqueConstraint(fields=["path"], condition=~Q(path=""), name="evidence_file_is_its_own"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_photo(self) -> bool:
        """Whether it can be looked at in a page."""
        return self.kind == EvidenceKind.PHOTO
