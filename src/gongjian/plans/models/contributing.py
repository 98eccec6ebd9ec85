"""What assisting departments contribute to a month's report, and the files shown for either."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.files.scanning import Scan
from gongjian.people.models import Department, User
from gongjian.plans.models.document import Measure
from gongjian.plans.models.performance import Report


class ContributionState(models.TextChoices):
    """Where a contribution stands; the arrows are in ``plans.flow``."""

    DRAFT = "draft", _("协办未报")
    HANDED = "handed", _("协办已报")
    RETURNED = "returned", _("退回补充")


class Contribution(models.Model):
    """What one assisting department (协办) did for a measure in a month, told to the lead department.

    It may be there before the report is. One that was asked for and not begun is a draft without ``text``; ``asked_at`` is the last time
    it was asked for.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="contributions")
    month = models.DateField(_("月份"))  # its first day
    department = models.ForeignKey(Department, models.PROTECT, related_name="contributions")
    state = models.CharField(_("状态"), max_length=10, choices=ContributionState.choices, default=ContributionState.DRAFT)
    text = models.TextField(_("协办情况"), blank=True)
    asked_at = models.DateTimeField(_("催要时间"), null=True)
    version = models.PositiveIntegerField(default=1)  # two people at once: the second is told

    class Meta:
        verbose_name = _("协办情况")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "month", "department"], name="contribution_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="contribution_month_is_a_first"),
        ]
        indexes = [models.Index(fields=["month"], name="contribution_month")]

    @property
    def is_open(self) -> bool:
        """Whether its department may still write it."""
        return self.state != ContributionState.HANDED


class ContributionStep(models.Model):
    """One step of a contribution, with what it said at that moment; also every time it was asked for."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="steps")
    step = models.CharField(_("动作"), max_length=10)
    state = models.CharField(_("之后的状态"), max_length=10, choices=ContributionState.choices)
    text = models.TextField(_("当时内容"), blank=True)
    reason = models.TextField(_("理由"), blank=True)
    at = models.DateTimeField(_("时间"))
    by_label = models.CharField(_("经办"), max_length=80)

    class Meta:
        verbose_name = _("协办情况流转")
        ordering = ["id"]
        indexes = [models.Index(fields=["contribution", "at"], name="contributionstep_at")]


class ReportFile(models.Model):
    """A file shown for a report or for a contribution. What was given by mistake is struck while it can still be written, and stays.

    ``path`` is its random name below the folder of uploads, ``name`` the safe name it is shown and sent under.
    """

    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="files")
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, blank=True, related_name="files")
    name = models.CharField(_("文件名"), max_length=120)
    path = models.CharField(_("存放"), max_length=120, unique=True)
    content_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveIntegerField(_("字节"))
    sha256 = models.CharField(_("摘要值"), max_length=64)
    scan = models.CharField(_("查毒"), max_length=9, choices=Scan.choices, default=Scan.UNSCANNED)
    at = models.DateTimeField(_("上传时间"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_label = models.CharField(_("上传"), max_length=80)
    struck_at = models.DateTimeField(_("移除时间"), null=True)
    struck_by = models.CharField(_("移除人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("月报佐证")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=False, contribution__isnull=True) | Q(report__isnull=True, contribution__isnull=False),
                name="reportfile_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.name
