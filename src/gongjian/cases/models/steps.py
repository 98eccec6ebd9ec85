"""How a case got where it is: its steps, each written once, and the departments that help."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.cases.models.case import Case, State
from gongjian.people.models import Department, User
from gongjian.trail.appendonly import AppendOnly


class CaseStep(AppendOnly):
    """One step of a case; the as-of truth about cases. Each row also tells the stretch it ended: ``before``, ``since``, ``due_at``.

    ``text`` is what the person wrote, ``carried`` whatever else the step carried. ``open_change`` and ``closed_change`` say by
    how much the step changes the number of open and of closed cases (+1, −1; None and 0: not), so that any past day can be counted by
    adding up. The first is None where nothing changes, for the sake of the index that holds only changes; no step changes the second alone.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("问题"))
    kind = models.SlugField(_("问题类型"), max_length=40)
    step = models.CharField(_("动作"), max_length=12)
    before = models.CharField(_("之前的状态"), max_length=12, choices=State.choices, blank=True)
    state = models.CharField(_("之后的状态"), max_length=12, choices=State.choices)
    since = models.DateTimeField(_("之前状态起"), null=True)
    due_at = models.DateTimeField(_("时限"), null=True)
    late = models.BooleanField(_("超时"), default=False)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+", verbose_name=_("办理部门"))
    round = models.PositiveSmallIntegerField(_("办理轮次"), default=1)
    text = models.TextField(_("内容"), blank=True)
    carried = models.JSONField(_("其他内容"), default=dict)
    at = models.DateTimeField(_("时间"))
    on = models.DateField(_("日期"))  # the local day of ``at``: past days are counted by it
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))
    by_label = models.CharField(_("经办"), max_length=80)
    token = models.CharField(max_length=40, blank=True)  # of the form it came from: the same form sent twice is one step
    open_change = models.SmallIntegerField(null=True)
    closed_change = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name = _("问题流转")
        verbose_name_plural = _("问题流转")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "token"], condition=~Q(token=""), name="casestep_form_sent_once")]  # nosec B106 # a form, not a password
        indexes = [
            models.Index(fields=["case", "at"], name="casestep_case_at"),
            models.Index(fields=["by", "step", "-at"], name="casestep_by_whom"),
            models.Index(
                fields=["kind", "on", "open_change", "closed_change"], name="casestep_changes", condition=Q(open_change__isnull=False)
            ),
            models.Index(fields=["kind", "late", "at", "since", "due_at"], name="casestep_late", condition=Q(late=True)),
        ]


class Assistance(models.Model):
    """A department that helps the one that leads (联合办理); done when it has told what it did."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assistances", verbose_name=_("问题"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("协办部门"))
    task = models.TextField(_("请协办事项"))
    asked_at = models.DateTimeField(_("商请时间"))
    asked_by = models.CharField(_("商请人"), max_length=80)
    answer = models.TextField(_("协办情况"), blank=True)
    answered_at = models.DateTimeField(_("协办反馈时间"), null=True)
    answered_by = models.CharField(_("协办人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("联合办理")
        verbose_name_plural = _("联合办理")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "department"], condition=Q(answered_at=None), name="assistance_asked_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="assistance_answer_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["department"], name="assistance_waiting", condition=Q(answered_at=None))]
