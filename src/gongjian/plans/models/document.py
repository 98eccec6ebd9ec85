"""The document's own tree, kept word for word, in versions.

A ``Measure`` is an identity that outlives re-wordings; a ``Wording`` is one version of what is asked, by when and of whom,
in force from ``effective_at`` until ``replaced_at``. As-of is that pair in one WHERE clause.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.people.models import Department, DepartmentGroup


class Programme(models.Model):
    """One published action-plan document (行动计划), holding one or more plans."""

    slug = models.SlugField(_("代码"), unique=True)
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    issuer = models.CharField(_("印发单位"), max_length=120, blank=True)
    signer = models.CharField(_("签发人"), max_length=40, blank=True)
    issued_on = models.DateField(_("印发日期"))
    year = models.PositiveSmallIntegerField(_("年度"))

    class Meta:
        verbose_name = _("行动计划文件")
        ordering = ["-year", "slug"]

    def __str__(self) -> str:
        return self.title


class Plan(models.Model):
    """One of the tables of a programme: 蓝天, 碧水, 净土."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="plans")
    order = models.PositiveSmallIntegerField(_("次序"))
    letter = models.CharField(_("字头"), max_length=4)
    title = models.CharField(_("标题"), max_length=200)

    class Meta:
        verbose_name = _("分计划")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["programme", "letter"], name="plan_letter_once")]

    def __str__(self) -> str:
        return self.title


class Intake(models.Model):
    """A document read but not yet confirmed: what was understood, what the person corrected. Nothing of the plan is written yet."""

    class State(models.TextChoices):
        """Where an intake stands."""

        OPEN = "open", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        DISCARDED = "discarded", _("已放弃")

    programme = models.ForeignKey(Programme, models.SET_NULL, null=True, blank=True)
    filename = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="plans/", blank=True)
    reading = models.TextField(_("读取结果"))  # our plan file format
    corrections = models.JSONField(_("人工更正"), default=dict)  # measure key → field → value
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    at = models.DateTimeField(_("上传时间"))
    by_label = models.CharField(_("上传人"), max_length=80)

    class Meta:
        verbose_name = _("方案导入")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename


class Edition(models.Model):
    """A confirmed load of a document onto a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="editions")
    intake = models.ForeignKey(Intake, models.SET_NULL, null=True, blank=True)
    filename = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(max_length=64)
    doubts = models.JSONField(_("文件级存疑"), default=list)
    at = models.DateTimeField(_("载入时间"))
    by_label = models.CharField(_("载入人"), max_length=80)

    class Meta:
        verbose_name = _("方案版本")
        ordering = ["-id"]


class Measure(models.Model):
    """One 工作措施, whatever its present wording. Withdrawn, never deleted."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="measures")
    key = models.CharField(_("编号"), max_length=24)
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("工作措施")
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="measure_key_once")]

    def __str__(self) -> str:
        return self.key


class Wording(models.Model):
    """One version of a measure: the document's words, deadline and place; or the same words with an in-year adjustment applied."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="wordings")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="wordings")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="wordings")
    adjusted = models.BooleanField(_("经调整"), default=False)
    order = models.PositiveIntegerField(_("次序"))
    section = models.CharField(_("章节"), max_length=200, blank=True)
    task_no = models.PositiveSmallIntegerField(_("任务序号"), null=True, blank=True)
    task = models.CharField(_("重点任务"), max_length=200)
    measure_no = models.PositiveSmallIntegerField(_("措施序号"))
    digest = models.TextField(_("摘要"), blank=True)
    text = models.TextField(_("原文"), blank=True)
    deadline_kind = models.CharField(_("时限类型"), max_length=12, choices=[(k.value, k.value) for k in DeadlineKind])
    deadline_month = models.PositiveSmallIntegerField(null=True, blank=True)
    deadline_day = models.PositiveSmallIntegerField(null=True, blank=True)
    deadline_text = models.CharField(_("完成时限"), max_length=60, blank=True)
    source = models.JSONField(_("原文位置"), null=True, blank=True)
    doubts = models.JSONField(_("存疑"), default=list)
    damage = models.TextField(_("原文缺损"), blank=True)
    uncertain = models.JSONField(_("原文不明的栏"), default=list)
    effective_at = models.DateTimeField(_("起"))
    replaced_at = models.DateTimeField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("措施文本")
        ordering = ["order"]
        indexes = [models.Index(fields=["plan", "effective_at"], name="wording_plan_effective")]
        constraints = [models.UniqueConstraint(fields=["measure"], condition=Q(replaced_at=None), name="wording_one_current")]

    @property
    def deadline(self) -> Deadline:
        """The deadline as a word of the kernel."""
        return Deadline(DeadlineKind(self.deadline_kind), self.deadline_month, self.deadline_day, self.deadline_text)


class Responsibility(models.Model):
    """Who leads (牵头) or assists (协办): one department or one collective name."""

    class Role(models.TextChoices):
        """The two columns of the table."""

        LEAD = "lead", _("牵头")
        SUPPORT = "support", _("协办")

    wording = models.ForeignKey(Wording, models.CASCADE, related_name="responsibilities")
    role = models.CharField(_("职责"), max_length=8, choices=Role.choices)
    order = models.PositiveSmallIntegerField(_("次序"))
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="responsibilities")
    group = models.ForeignKey(DepartmentGroup, models.PROTECT, null=True, blank=True, related_name="responsibilities")
    printed = models.CharField(_("原文写法"), max_length=80)

    class Meta:
        verbose_name = _("责任")
        ordering = ["role", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=False, group__isnull=True) | Q(department__isnull=True, group__isnull=False),
                name="responsibility_department_or_group",
            ),
            models.UniqueConstraint(fields=["wording", "role", "order"], name="responsibility_order_once"),
        ]

    @property
    def name(self) -> str:
        """The department or collective name."""
        return str(self.department or self.group)
