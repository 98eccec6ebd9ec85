"""Events, and the batches that seal them. Neither points at another room: the log outlives what it speaks of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.trail.appendonly import AppendOnly
from gongjian.trail.canonical import batch_digest, digest_of

CONTENT = ("at", "actor_id", "actor_label", "verb", "subject_type", "subject_id", "subject_label", "before", "after", "note")
NO_BATCH = "0" * 64  # what the first batch names as its predecessor


class Event(AppendOnly):
    """One change: who, when, what, before, after. Written by ``actions.record`` only."""

    at = models.DateTimeField(_("时间"))
    actor_id = models.BigIntegerField(_("用户编号"), null=True)  # no foreign key: an account may go, its deeds stay
    actor_label = models.CharField(_("操作人"), max_length=150)
    verb = models.CharField(_("动作"), max_length=64)  # "report.submitted"
    subject_type = models.CharField(_("对象类型"), max_length=64)  # "plans.measure"
    subject_id = models.CharField(_("对象编号"), max_length=64)
    subject_label = models.CharField(_("对象"), max_length=200)
    before = models.JSONField(_("变动前"), null=True)
    after = models.JSONField(_("变动后"), null=True)
    note = models.TextField(_("说明"))
    digest = models.CharField(_("摘要值"), max_length=64)

    class Meta:
        verbose_name = _("操作日志")
        verbose_name_plural = _("操作日志")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="event_subject_at"),
            models.Index(fields=["at"], name="event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_label} {self.verb} {self.subject_label}"

    def content_digest(self) -> str:
        """The digest its content should have."""
        return digest_of(*(getattr(self, name) for name in CONTENT))


class Batch(AppendOnly):
    """The seal on a run of events; each names the digest of the one before, so that none can be taken out or rewritten alone."""

    sequence = models.PositiveIntegerField(_("批次"), unique=True)  # 1, 2, 3 …
    first_id = models.BigIntegerField(_("首条"))
    last_id = models.BigIntegerField(_("末条"))
    count = models.PositiveIntegerField(_("条数"))
    leaves = models.BinaryField(_("事件摘要"))  # see ``leaves``
    previous = models.CharField(_("前批摘要值"), max_length=64, unique=True)
    sealed_at = models.DateTimeField(_("封存时间"))
    digest = models.CharField(_("摘要值"), max_length=64)

    class Meta:
        verbose_name = _("日志封存")
        verbose_name_plural = _("日志封存")
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"第{self.sequence}批（第{self.first_id}至{self.last_id}号事件）"

    def content_digest(self) -> str:
        """The digest its content should have."""
        head = (self.sequence, self.first_id, self.last_id, self.count, self.previous)
        return batch_digest(*head, leaves=bytes(self.leaves), sealed_at=self.sealed_at)
