"""An assessment (考核) of a period, the scores in it, and the objections to them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.assessment.ranking import Standing
from gongjian.indicators.periods import Period, PeriodKind, period_of
from gongjian.people.models import Department, User

PERIODS = [(PeriodKind.MONTH.value, _("月度")), (PeriodKind.QUARTER.value, _("季度")), (PeriodKind.YEAR.value, _("年度"))]


class AssessmentState(models.TextChoices):
    """Where an assessment stands; the arrows are in ``assessment.flow``."""

    DRAFT = "draft", _("编制中")
    OBJECTING = "objecting", _("征求意见")
    PUBLISHED = "published", _("已公布")
    SUPERSEDED = "superseded", _("已被新版代替")
    DROPPED = "dropped", _("已作废")


class Assessment(models.Model):
    """One version of the assessment of one period. Its facts are frozen in its scores as they were known by the end of ``as_of``.

    ``scheme`` keeps what the scheme said then: its title, weights, shares and limits. ``edition`` counts the versions of a period.
    ``facts_digest`` is over all rows of all departments, so that two versions can be told apart or known to be the same.
    """

    kind = models.CharField(_("考核期"), max_length=8, choices=PERIODS)
    first = models.DateField(_("期初"))
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name=_("代替的版次"))
    reason = models.TextField(_("另出新版的理由"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=AssessmentState.choices, default=AssessmentState.DRAFT)
    as_of = models.DateField(_("事实截至"))
    scheme = models.JSONField(_("采用的办法"), default=dict)
    facts_digest = models.CharField(_("事实摘要"), max_length=64, blank=True)
    drafted_at = models.DateTimeField(_("编制时间"))
    drafted_by = models.CharField(_("编制人"), max_length=80)
    sent_at = models.DateTimeField(_("征求意见时间"), null=True)
    objections_until = models.DateField(_("异议期至"), null=True)
    published_at = models.DateTimeField(_("公布时间"), null=True)
    published_by = models.CharField(_("公布人"), max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)  # two people at once: the second is told

    class Meta:
        verbose_name = _("考核")
        verbose_name_plural = _("考核")
        ordering = ["-first", "kind", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "first", "edition"], name="assessment_edition_once"),
            models.UniqueConstraint(
                fields=["kind", "first"], condition=Q(state__in=["draft", "objecting"]), name="assessment_one_in_the_making"
            ),
            models.UniqueConstraint(fields=["kind", "first"], condition=Q(state="published"), name="assessment_one_published"),
            models.CheckConstraint(
                condition=~Q(state__in=["objecting", "published", "superseded"]) | Q(sent_at__isnull=False, objections_until__isnull=False),
                name="assessment_sent_says_until_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded"]) | Q(published_at__isnull=False), name="assessment_published_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period.words()}考核{f'（第{self.edition}版）' if self.edition > 1 else ''}"

    @property
    def period(self) -> Period:
        """What is assessed."""
        return period_of(PeriodKind(self.kind), self.first)

    @property
    def is_public(self) -> bool:
        """Whether everybody signed in may read all of it."""
        return self.state in (AssessmentState.PUBLISHED, AssessmentState.SUPERSEDED)

    @property
    def words_of_state(self) -> str:
        """What people call its state."""
        return str(AssessmentState(self.state).label)

    def objectable(self, on: date) -> bool:
        """Whether a department may object on a day: through the last day itself."""
        return self.state == AssessmentState.OBJECTING and self.objections_until is not None and on <= self.objections_until


class Score(models.Model):
    """What one department has in an assessment: ``facts`` are its rows by item, frozen; the rest follows from them and the corrections."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("部门"))
    group = models.CharField(_("可比组"), max_length=30)
    facts = models.JSONField(_("事实"), default=dict)
    items = models.JSONField(_("各项得分"), default=list)
    total = models.DecimalField(_("得分"), max_digits=5, decimal_places=2, null=True)
    sample = models.PositiveIntegerField(_("样本数"), default=0)
    standing = models.CharField(_("排名情况"), max_length=8, default=Standing.NOTHING.value)
    rank = models.PositiveSmallIntegerField(_("名次"), null=True)
    tied = models.PositiveSmallIntegerField(_("并列数"), default=0)
    among = models.PositiveSmallIntegerField(_("参加排名数"), default=0)

    class Meta:
        verbose_name = _("部门得分")
        verbose_name_plural = _("部门得分")
        ordering = [F("rank").asc(nulls_last=True), "-total", "department__order", "id"]
        constraints = [models.UniqueConstraint(fields=["assessment", "department"], name="score_one_a_department")]

    def __str__(self) -> str:
        return f"{self.department} {self.total}"


class ObjectionState(models.TextChoices):
    """How far an objection has come."""

    OPEN = "open", _("待答复")
    PROPOSED = "proposed", _("拟更正，待复核")
    ACCEPTED = "accepted", _("已采纳并更正")
    REJECTED = "rejected", _("不予采纳")


class Objection(models.Model):
    """What a department objects to, at one row of one item or (``row`` empty) the item itself, and what came of it.

    ``share`` is what the row or item counts for from then on, in per cent; with ``leaves_out`` it no longer counts at all.
    ``before`` and ``after`` are the department's totals around the correction. Who proposed a correction does not approve it.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="objections")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("部门"))
    item = models.SlugField(_("考核项"), max_length=40)
    row = models.CharField(_("事项"), max_length=40, blank=True)
    title = models.CharField(_("所指事项"), max_length=200)
    reason = models.TextField(_("异议理由"))
    at = models.DateTimeField(_("提出时间"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("提出人"))
    by_label = models.CharField(_("提出"), max_length=80)
    state = models.CharField(_("状态"), max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN)
    answer = models.TextField(_("答复"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("答复人"))
    answered_label = models.CharField(_("答复人"), max_length=80, blank=True)
    share = models.PositiveSmallIntegerField(_("更正后计（%）"), null=True)
    leaves_out = models.BooleanField(_("不计入"), default=False)
    approved_at = models.DateTimeField(_("复核时间"), null=True)
    approved_label = models.CharField(_("复核人"), max_length=80, blank=True)
    before = models.DecimalField(_("更正前"), max_digits=5, decimal_places=2, null=True)
    after = models.DecimalField(_("更正后"), max_digits=5, decimal_places=2, null=True)
    token = models.CharField(max_length=40, unique=True, null=True)  # of the form it came from

    class Meta:
        verbose_name = _("异议")
        verbose_name_plural = _("异议")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "department", "item", "row"],
                condition=Q(state__in=["open", "proposed", "accepted"]),
                name="objection_one_standing_a_row",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["proposed", "accepted"])
                | Q(share__isnull=False, leaves_out=False)
                | Q(share=None, leaves_out=True),
                name="objection_correction_says_what",
            ),
            models.CheckConstraint(condition=Q(share=None) | Q(share__lte=100), name="objection_share_is_a_share"),
        ]
        indexes = [models.Index(fields=["assessment", "state"], name="objection_waiting")]

    @property
    def waits(self) -> bool:
        """Whether an answer or its approval is still to come."""
        return self.state in (ObjectionState.OPEN, ObjectionState.PROPOSED)

    @property
    def words_of_state(self) -> str:
        """What people call its state."""
        return str(ObjectionState(self.state).label)

    @property
    def correction_words(self) -> str:
        """What the correction says; empty where there is none."""
        if self.leaves_out:
            return "不计入考核"
        return "" if self.share is None else f"按{self.share}%计"
