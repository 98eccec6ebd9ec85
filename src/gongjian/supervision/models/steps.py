"""How an order got where it is, what it rests on, and which rungs of the ladder it has climbed: each written once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.cases.models import Case
from gongjian.people.models import Department, User
from gongjian.plans.models import Measure
from gongjian.supervision.models.order import Order, OrderState
from gongjian.supervision.models.rules import Colour, LadderRung, OrderRule
from gongjian.trail.appendonly import AppendOnly


class OrderStep(AppendOnly):
    """One step of an order, with how it stood afterwards; the as-of truth about orders.

    ``step`` is one of the flow, or ``issue``, ``deepen`` (a graver colour) or ``add`` (another fact), which are no arrows.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="+", verbose_name=_("督办单"))
    step = models.CharField(_("动作"), max_length=10)
    before = models.CharField(_("之前的状态"), max_length=10, choices=OrderState.choices, blank=True)
    state = models.CharField(_("之后的状态"), max_length=10, choices=OrderState.choices)
    colour = models.CharField(_("颜色"), max_length=6, choices=Colour.choices)
    due_at = models.DateTimeField(_("答复期限"))
    late = models.BooleanField(_("答复逾期"), default=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    round = models.PositiveSmallIntegerField(_("答复轮次"), default=1)
    text = models.TextField(_("内容"), blank=True)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))
    by_label = models.CharField(_("经办"), max_length=80)
    token = models.CharField(max_length=40, blank=True)  # of the form it came from: the same form sent twice is one step

    class Meta:
        verbose_name = _("督办流转")
        verbose_name_plural = _("督办流转")
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["order", "token"], condition=~Q(token=""), name="orderstep_form_sent_once")]  # nosec B106 # a form, not a password
        indexes = [models.Index(fields=["order", "at", "id"], name="orderstep_order_at")]


class OrderFact(AppendOnly):
    """One fact an order rests on: the rule that fired, in words, and what it fired on, as of the end of day ``on``.

    ``values`` are figures by Chinese name, as they were; ``link`` leads to where they can be looked up. A fact somebody stated has no rule.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="+", verbose_name=_("督办单"))
    rule = models.ForeignKey(OrderRule, models.PROTECT, null=True, related_name="+", verbose_name=_("规则"))
    rule_words = models.CharField(_("依据规则"), max_length=120)
    words = models.TextField(_("事实"))
    values = models.JSONField(_("数值"), default=dict)
    link = models.CharField(_("出处"), max_length=120, blank=True)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="+", verbose_name=_("措施"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("问题"))
    since = models.DateField(_("自"))
    on = models.DateField(_("截至"))
    at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("督办依据")
        verbose_name_plural = _("督办依据")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["order", "rule"], name="orderfact_rule_once")]


class RungClimbed(AppendOnly):
    """That an order climbed a rung for the wait that began at ``since``: once, however often the timetable runs."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="+", verbose_name=_("督办单"))
    rung = models.ForeignKey(LadderRung, models.PROTECT, related_name="+", verbose_name=_("升级"))
    since = models.DateTimeField(_("等待起"))
    words = models.CharField(_("内容"), max_length=200)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("督办升级记录")
        verbose_name_plural = _("督办升级记录")
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["order", "rung", "since"], name="rungclimbed_once_a_wait")]
