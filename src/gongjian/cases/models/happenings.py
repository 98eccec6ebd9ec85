"""What happens to a case beside its way: comments, requests for time, sanctions, extra steps, and what was noticed about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.cases.models.case import Case
from gongjian.people.models import Department, User


class Comment(models.Model):
    """Something somebody said about a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="comments", verbose_name=_("问题"))
    text = models.TextField(_("内容"))
    at = models.DateTimeField(_("时间"))
    by_label = models.CharField(_("发言人"), max_length=80)

    class Meta:
        verbose_name = _("留言")
        verbose_name_plural = _("留言")
        ordering = ["id"]


class Postponement(models.Model):
    """A request to move a deadline (延期申请), which somebody else grants or not."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="postponements", verbose_name=_("问题"))
    state = models.CharField(_("所在环节"), max_length=12)
    was_due = models.DateTimeField(_("原时限"))
    wanted = models.DateTimeField(_("申请延至"))
    reason = models.TextField(_("理由"))
    at = models.DateTimeField(_("申请时间"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("申请人"))
    by_label = models.CharField(_("申请"), max_length=80)
    granted = models.BooleanField(_("同意"), null=True)
    answer = models.CharField(_("批复"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("批复时间"), null=True)
    answered_by = models.CharField(_("批复人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("延期申请")
        verbose_name_plural = _("延期申请")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(answered_at=None), name="postponement_one_waiting"),
            models.CheckConstraint(
                condition=Q(answered_at=None, granted=None) | Q(answered_at__isnull=False, granted__isnull=False),
                name="postponement_answer_has_moment",
            ),
        ]


class SanctionTaken(models.Model):
    """A sanction (惩戒措施) that followed from a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="sanctions", verbose_name=_("问题"))
    sanction = models.CharField(_("措施"), max_length=12)
    on = models.DateField(_("日期"))
    document = models.CharField(_("文书（文号或名称）"), max_length=120)
    amount = models.DecimalField(_("金额（元）或分值"), max_digits=12, decimal_places=2, null=True)
    at = models.DateTimeField(_("登记时间"))
    by_label = models.CharField(_("登记人"), max_length=80)

    class Meta:
        verbose_name = _("惩戒措施")
        verbose_name_plural = _("惩戒措施")
        ordering = ["id"]


class ExtraDone(models.Model):
    """An extra step of a kind (反馈行业部门、复检、公开), done in this round."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="extras", verbose_name=_("问题"))
    extra = models.SlugField(_("附加步骤"), max_length=40)
    round = models.PositiveSmallIntegerField(_("办理轮次"))
    text = models.TextField(_("情况"))
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+", verbose_name=_("接收部门"))
    at = models.DateTimeField(_("时间"))
    by_label = models.CharField(_("经办人"), max_length=80)

    class Meta:
        verbose_name = _("附加步骤")
        verbose_name_plural = _("附加步骤")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "extra", "round"], name="extradone_once_a_round")]


class Remark(models.Model):
    """Something about a case that looks like work done for show (疑点), found by a named rule; ``about`` is the piece it is about."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="remarks", verbose_name=_("问题"))
    code = models.SlugField(_("规则"), max_length=20)
    about = models.CharField(_("关于"), max_length=40, blank=True)
    words = models.CharField(_("说明"), max_length=300)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("疑点")
        verbose_name_plural = _("疑点")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "code", "about"], name="remark_made_once")]
