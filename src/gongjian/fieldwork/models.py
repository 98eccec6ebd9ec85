"""What arrived from phones: each draft once, whatever the network did on the way."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import User


class Sending(models.Model):
    """One draft that arrived: the key its phone gave it, the digest of what it held, and what became of it.

    The row is written in the transaction of what it became, so that either both are there or neither. ``written_at`` is the phone's own
    moment and ``ahead`` by how many seconds our clock was before the phone's when they last met; ``lon``, ``lat`` and ``accuracy`` (metres)
    are where the phone thought it was. These stay beside what was made of them. ``photos`` tells of each photo how large it was before the
    phone made it smaller, and whether time and place come from the camera or from the phone. ``page`` and ``about`` lead to the result.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("发送人"))
    key = models.CharField(_("草稿编号"), max_length=36)
    digest = models.CharField(_("内容摘要"), max_length=64)
    kind = models.SlugField(_("类别"), max_length=20)
    label = models.CharField(_("结果"), max_length=160, blank=True)
    page = models.CharField(_("页面"), max_length=60, blank=True)
    about = models.CharField(_("对象编号"), max_length=40, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    received_at = models.DateTimeField(_("送达时间"))
    written_at = models.DateTimeField(_("手机时间"), null=True)
    ahead = models.BigIntegerField(_("与手机时钟之差（秒）"), default=0)
    lon = models.FloatField(_("手机经度"), null=True)
    lat = models.FloatField(_("手机纬度"), null=True)
    accuracy = models.FloatField(_("定位误差（米）"), null=True)
    photos = models.JSONField(_("照片"), default=list)

    class Meta:
        verbose_name = _("外勤送达")
        verbose_name_plural = _("外勤送达")
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="sending_arrives_once"),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False), name="sending_lon_lat_together"
            ),
        ]
        indexes = [models.Index(fields=["user", "-received_at", "-id"], name="sending_latest")]

    def __str__(self) -> str:
        return self.label or self.key
