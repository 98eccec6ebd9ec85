"""The supervision order (督办单) as it stands now; how it got there are its steps."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.cases.models import Case
from gongjian.people.models import Department, User
from gongjian.plans.models import Measure
from gongjian.supervision.models.rules import Colour, OrderRule


class OrderState(models.TextChoices):
    """Where an order stands; the arrows are in ``supervision.flow``."""

    ISSUED = "issued", _("待签收")
    SIGNED = "signed", _("待答复")
    ANSWERED = "answered", _("待审核")
    RETURNED = "returned", _("退回重办")
    REVIEWED = "reviewed", _("待销号")
    CLEARED = "cleared", _("已销号")
    WITHDRAWN = "withdrawn", _("已撤销")


OPEN = (OrderState.ISSUED, OrderState.SIGNED, OrderState.ANSWERED, OrderState.RETURNED, OrderState.REVIEWED)
AWAITS_DEPARTMENT = (OrderState.ISSUED, OrderState.SIGNED, OrderState.RETURNED)


class Order(models.Model):
    """One order to one department, as it is known now. Never deleted.

    ``cause`` names what a rule fired on (``measure:17``); ``open_cause`` is the same while the order is open, so that one cause has one
    open order. ``as_of`` is the last day on which the cause was seen to stand when the order was issued. ``since`` is when the present
    state began, ``due_at`` until when an answer is in time; ``late`` says that an answer came after its time. ``round`` counts answers
    asked for anew.
    """

    year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveIntegerField(_("编号"))
    colour = models.CharField(_("颜色"), max_length=6, choices=Colour.choices)
    title = models.CharField(_("督办事项"), max_length=120)
    demand = models.TextField(_("督办要求"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="+", verbose_name=_("措施"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("问题"))
    rule = models.ForeignKey(OrderRule, models.PROTECT, null=True, related_name="+", verbose_name=_("触发规则"))
    cause = models.CharField(max_length=60, blank=True)
    open_cause = models.CharField(max_length=60, unique=True, null=True)
    as_of = models.DateField(_("事实截至"))
    state = models.CharField(_("状态"), max_length=10, choices=OrderState.choices, default=OrderState.ISSUED)
    since = models.DateTimeField(_("状态起"))
    due_at = models.DateTimeField(_("答复期限"))
    late = models.BooleanField(_("答复逾期"), default=False)
    round = models.PositiveSmallIntegerField(_("答复轮次"), default=1)
    issued_at = models.DateTimeField(_("签发时间"))
    issued_on = models.DateField(_("签发日期"))  # the local day of ``issued_at``: periods are counted by it
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("签发人"))
    issued_label = models.CharField(_("签发"), max_length=80)
    ended_at = models.DateTimeField(_("办结时间"), null=True)
    token = models.CharField(max_length=40, unique=True, null=True)
    version = models.PositiveIntegerField(default=1)  # two people at once: the second is told

    class Meta:
        verbose_name = _("督办单")
        verbose_name_plural = _("督办单")
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="order_number_once"),
            models.CheckConstraint(condition=Q(measure=None) | Q(case=None), name="order_about_one_thing"),
            models.CheckConstraint(
                condition=Q(state__in=["cleared", "withdrawn"], ended_at__isnull=False, open_cause=None)
                | (~Q(state__in=["cleared", "withdrawn"]) & Q(ended_at=None)),
                name="order_ended_has_its_moment_and_frees_its_cause",
            ),
        ]
        indexes = [
            models.Index(fields=["department", "state", "due_at"], name="order_department_state"),
            models.Index(fields=["state", "due_at"], name="order_state_due"),
            models.Index(fields=["-issued_at", "-id"], name="order_latest"),
            models.Index(fields=["issued_on", "department"], name="order_issued_on"),
            models.Index(fields=["cause", "-id"], name="order_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """The number on its head: ``攻坚督〔2020〕7号``."""
        return f"攻坚督〔{self.year}〕{self.serial}号"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in OPEN

    @property
    def awaits_department(self) -> bool:
        """Whether it is the department's turn: only then its deadline runs."""
        return self.state in AWAITS_DEPARTMENT

    @property
    def words_of_state(self) -> str:
        """What people call its state."""
        return str(OrderState(self.state).label)
