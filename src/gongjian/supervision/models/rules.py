"""The rules by which orders are issued and the ladder they climb: data, dated, kept in the back room."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.people.roles import POSTED


class Colour(models.TextChoices):
    """How grave an order is; the later, the graver."""

    BLUE = "blue", _("蓝色")
    YELLOW = "yellow", _("黄色")
    RED = "red", _("红色")

    @property
    def severity(self) -> int:
        """Its place among the three, from 1."""
        return list(Colour).index(self) + 1


class Wait(models.TextChoices):
    """What an order may wait for too long."""

    UNSIGNED = "unsigned", _("未签收")
    OVERDUE = "overdue", _("逾期未答复")
    UNREVIEWED = "unreviewed", _("答复后未审结")


class Dated(models.Model):
    """Something in force from one day until the day before another (None: until further notice)."""

    active_from = models.DateField(_("启用日期"))
    active_to = models.DateField(_("停用日期"), null=True, blank=True, help_text=_("自这一天起不再适用；留空为一直有效。"))

    class Meta:
        abstract = True

    def in_force(self, day: date) -> bool:
        """Whether it holds on ``day``."""
        return self.active_from <= day and (self.active_to is None or day < self.active_to)


class OrderRule(Dated):
    """When an order is issued: a ``kind`` of fact that lasts for ``after`` of that kind's units, in which colour, to be answered when."""

    kind = models.SlugField(_("事实类别"), max_length=30)
    title = models.CharField(_("规则名称"), max_length=60)
    after = models.PositiveSmallIntegerField(_("满多少（单位随类别）"))
    colour = models.CharField(_("颜色"), max_length=6, choices=Colour.choices)
    answer_within = models.PositiveSmallIntegerField(_("答复期限（工作日）"))
    demand = models.TextField(_("督办要求"))

    class Meta:
        verbose_name = _("督办规则")
        verbose_name_plural = _("督办规则")
        ordering = ["kind", "after", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(after__gte=1, answer_within__gte=1), name="orderrule_waits_and_gives_time"),
            models.CheckConstraint(condition=Q(active_to=None) | Q(active_to__gte=F("active_from")), name="orderrule_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.title


class LadderRung(Dated):
    """One step of the ladder (督办升级): after how many working days of waiting whom to tell, and which colour it is at least from then."""

    wait = models.CharField(_("等待的环节"), max_length=10, choices=Wait.choices)
    after = models.PositiveSmallIntegerField(_("满多少个工作日"))
    role = models.CharField(_("告知"), max_length=16, choices=[(role.value, role.title) for role in POSTED])
    colour = models.CharField(_("升为颜色"), max_length=6, choices=Colour.choices, blank=True)

    class Meta:
        verbose_name = _("督办升级")
        verbose_name_plural = _("督办升级阶梯")
        ordering = ["wait", "after", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(after__gte=1), name="ladderrung_waits"),
            models.CheckConstraint(
                condition=Q(active_to=None) | Q(active_to__gte=F("active_from")), name="ladderrung_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_wait_display()}满{self.after}个工作日"
