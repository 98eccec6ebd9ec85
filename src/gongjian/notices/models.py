"""The outbox: what is to be delivered is written down with the change that caused it, so that neither is without the other."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.notices.courier import Notice


class Dispatch(models.Model):
    """One notice on its way: waiting until ``delivered_at`` is set."""

    key = models.CharField(_("事由"), max_length=200, unique=True)
    title = models.TextField(_("标题"))
    body = models.TextField(_("正文"), blank=True)
    to = models.JSONField(_("收件人"), default=list)
    link = models.CharField(_("链接"), max_length=300, blank=True)
    about = models.CharField(_("关于"), max_length=130, blank=True)
    created_at = models.DateTimeField(_("写入时间"))
    delivered_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    trouble = models.TextField(_("未送达原因"), blank=True)

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        ordering = ["id"]
        indexes = [models.Index(fields=["id"], name="dispatch_waiting", condition=Q(delivered_at=None))]

    def __str__(self) -> str:
        return self.title

    def notice(self) -> Notice:
        """The notice it carries."""
        return Notice(self.key, self.title, self.body, tuple(self.to), self.link, self.about)
