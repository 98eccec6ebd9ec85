"""What departments tell: milestones done with evidence, and monthly progress reports with their steps."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Department
from gongjian.plans.facts import Standing
from gongjian.plans.models.document import Measure
from gongjian.plans.models.promise import Commitment


class Achievement(models.Model):
    """A milestone marked done, with its evidence; taken back by ``replaced_at``, never deleted."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="achievements")  # the root version
    done_on = models.DateField(_("完成日期"))
    evidence = models.TextField(_("佐证说明"))
    document = models.CharField(_("佐证文件（文号或名称）"), max_length=200)
    entered_at = models.DateTimeField(_("填报时间"))
    entered_by = models.CharField(_("填报人"), max_length=80)
    replaced_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    replaced_why = models.CharField(_("撤回理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("节点完成")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["commitment"], condition=Q(replaced_at=None), name="achievement_one_current")]


STANDINGS = [
    (Standing.ON_COURSE.value, _("按计划推进")),
    (Standing.AT_RISK.value, _("有风险")),
    (Standing.BEHIND.value, _("已滞后")),
    (Standing.DONE.value, _("已完成")),
]


class ReportState(models.TextChoices):
    """Where a monthly report stands; the arrows are in ``plans.flow``."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("退回待改")
    ACCEPTED = "accepted", _("已采用")


class Report(models.Model):
    """The progress report (月报) of one measure for one month."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="reports")
    month = models.DateField(_("月份"))  # its first day
    department = models.ForeignKey(Department, models.PROTECT, related_name="reports")
    state = models.CharField(_("状态"), max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    standing = models.CharField(_("自评"), max_length=10, choices=STANDINGS, default=Standing.ON_COURSE.value)
    progress = models.TextField(_("进展"), blank=True)
    difficulties = models.TextField(_("困难与问题"), blank=True)
    next_steps = models.TextField(_("下步安排"), blank=True)
    version = models.PositiveIntegerField(default=1)  # two people at once: the second is told

    class Meta:
        verbose_name = _("月度进展")
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "month"], name="report_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="report_month_is_a_first"),
        ]


class ReportStep(models.Model):
    """One step of a report, with what it said at that moment; the as-of truth about reports."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="steps")
    step = models.CharField(_("动作"), max_length=10)
    state = models.CharField(_("之后的状态"), max_length=10, choices=ReportState.choices)
    standing = models.CharField(_("自评"), max_length=10, choices=STANDINGS)
    content = models.JSONField(_("当时内容"), default=dict)
    reason = models.TextField(_("理由"), blank=True)
    at = models.DateTimeField(_("时间"))
    by_label = models.CharField(_("经办"), max_length=80)

    class Meta:
        verbose_name = _("月报流转")
        ordering = ["id"]
        indexes = [models.Index(fields=["report", "at"], name="reportstep_report_at")]
