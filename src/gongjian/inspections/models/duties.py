"""Duties (履职事项): what a department has undertaken to do again and again, and each time it comes round."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Department, User


class Every(models.TextChoices):
    """How often a duty comes round."""

    MONTH = "month", _("每月")
    QUARTER = "quarter", _("每季度")
    HALF = "half", _("每半年")
    YEAR = "year", _("每年")
    EVENT = "event", _("每次事件")


class Duty(models.Model):
    """One recurring duty of one department.

    ``code`` is how others point at it, ``called`` what plans call it. Where: every entry of ``ledger`` that passes ``given`` (the filters
    of its list as an address says them), or each of ``places``; neither: the district as a whole, one task a turn. Tasks may be begun
    ``lead_days`` before the turn begins; a turn of an event is to be done within ``event_days`` after it. ``photos`` and ``documents``
    are how many pieces of evidence each task needs at least. It holds from ``since`` until the day before ``until``.
    """

    code = models.SlugField(_("代码"), max_length=60, unique=True, help_text=_("小写字母、数字和连字符，例如 dust-bulletin。"))
    title = models.CharField(_("名称"), max_length=80)
    called = models.CharField(
        _("方案中的名称"), max_length=120, blank=True, help_text=_("与行动计划考核点的事项一字不差时，考核点由它亮灯。")
    )
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("责任部门"))
    every = models.CharField(_("周期"), max_length=8, choices=Every.choices)
    lead_days = models.PositiveSmallIntegerField(_("提前天数"), default=0, help_text=_("任务在本轮开始前几天下达。"))
    event_days = models.PositiveSmallIntegerField(_("事件后天数"), default=3, help_text=_("按事件的，事件当天起几天内完成。"))
    ledger = models.SlugField(_("台账"), max_length=40, blank=True)
    given = models.CharField(_("台账筛选"), max_length=300, blank=True)
    places = models.JSONField(_("地点"), default=list, blank=True)
    checklist = models.SlugField(_("检查清单"), max_length=60)
    photos = models.PositiveSmallIntegerField(_("至少照片"), default=0)
    documents = models.PositiveSmallIntegerField(_("至少文件"), default=0)
    since = models.DateField(_("开始"))
    until = models.DateField(_("停止"), null=True, blank=True, help_text=_("自这一天起不再履行。"))
    source = models.CharField(_("来源"), max_length=120, blank=True, editable=False)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    entered_at = models.DateTimeField(_("登记时间"), editable=False)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("登记人"))

    class Meta:
        verbose_name = _("履职事项")
        verbose_name_plural = _("履职事项")
        ordering = ["department__order", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="duty_ends_after_it_begins"),
            models.UniqueConstraint(fields=["called", "every"], condition=~Q(called="") & Q(until=None), name="duty_is_called_so_alone"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words_of_every(self) -> str:
        """How often, in words."""
        return str(Every(self.every).label)


class DutyTurn(models.Model):
    """One turn (轮次) of a duty: a period, or an event (``event`` says which). ``things`` is how many tasks it was opened with.

    A turn without a row has not been opened; that it was due follows from the duty alone.
    """

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="turns", verbose_name=_("履职事项"))
    first = models.DateField(_("本轮首日"))
    last = models.DateField(_("本轮末日"))
    event = models.CharField(_("事件"), max_length=120, blank=True)
    things = models.PositiveIntegerField(_("任务数"), default=0)
    opened_at = models.DateTimeField(_("下达时间"))
    by_label = models.CharField(_("下达"), max_length=80)

    class Meta:
        verbose_name = _("履职轮次")
        verbose_name_plural = _("履职轮次")
        ordering = ["first", "id"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "first", "event"], name="dutyturn_opened_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="dutyturn_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.event or f'{self.first}—{self.last}'}"
