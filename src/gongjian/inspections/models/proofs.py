"""What proves a task: answers, evidence, and the problems that were found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.cases.models import Case, EvidenceKind
from gongjian.inspections.models.task import Task
from gongjian.people.models import User


class Filling(models.Model):
    """The answers to a checklist as they stood after one sending; the last of a task is what counts, the others are how it came about.

    ``key`` is the sender's own: the same sending twice is one row. ``at`` is when it was filled in, on the spot: a telephone without a
    signal sends later. ``lon`` and ``lat`` are where the device was, WGS 84 degrees, ``metres`` how far from the thing, if both are known.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="fillings", verbose_name=_("任务"))
    key = models.CharField(max_length=64)
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    answers = models.JSONField(_("答案"), default=dict)
    lon = models.FloatField(_("经度"), null=True)
    lat = models.FloatField(_("纬度"), null=True)
    metres = models.PositiveIntegerField(_("距对象（米）"), null=True)
    at = models.DateTimeField(_("填写时间"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("填写人"))
    by_label = models.CharField(_("填写"), max_length=80)

    class Meta:
        verbose_name = _("清单填写")
        verbose_name_plural = _("清单填写")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["task", "key"], name="filling_sent_once")]


class TaskEvidence(models.Model):
    """A photo or document given for a task, for one ``item`` of its checklist or for the whole (empty).

    Files are kept as those of cases are, under a random name below the folder of uploads; ``taken_at``, ``lon``, ``lat`` are what the
    camera wrote. What was given by mistake is struck, with a reason, and stays.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="evidence", verbose_name=_("任务"))
    key = models.CharField(max_length=64)
    item = models.SlugField(_("清单项"), max_length=40, blank=True)
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
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
        verbose_name = _("任务佐证")
        verbose_name_plural = _("任务佐证")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["task", "key"], name="taskevidence_sent_once"),
            models.CheckConstraint(condition=Q(kind__in=["photo", "document"]), name="taskevidence_is_a_file"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_photo(self) -> bool:
        """Whether it can be looked at in a page."""
        return self.kind == EvidenceKind.PHOTO


class TaskCase(models.Model):
    """A problem found, or found still unsolved (``again``), while doing a task; ``items`` are the items of the checklist it came from."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="cases", verbose_name=_("任务"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("问题"))
    again = models.BooleanField(_("此前已登记"), default=False)
    kind = models.SlugField(_("问题类型"), max_length=40)
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    items = models.JSONField(_("清单项"), default=list)

    class Meta:
        verbose_name = _("任务查出的问题")
        verbose_name_plural = _("任务查出的问题")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["task", "kind", "round"], name="taskcase_once_a_kind_and_round")]
