"""The alarm (报警) as it stands now; how it got there are its steps."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.alarms.models.outlet import Outlet
from gongjian.alarms.rules import find_rule, rule_title
from gongjian.alarms.severity import Severity
from gongjian.alarms.states import ALARM_OPEN, AlarmState
from gongjian.alarms.states import Cause as Causes
from gongjian.cases.models import Case
from gongjian.people.models import User
from gongjian.telemetry.models import Factor
from gongjian.trail.appendonly import AppendOnly


class Alarm(models.Model):
    """One episode of one cause: an outlet, a factor (none where the outlet itself is silent) and a rule. Never deleted.

    Moments of the data: ``begin`` when the first bad period began, ``since`` the label at which the rule was fulfilled, ``last`` the label
    of the latest bad period, ``ended`` the label at which it was over (None: it lasts). Moments of the office: ``opened_at`` when the
    system noticed, ``cleared_at`` when it noticed the end, ``due_at`` until when it must be explained. ``bad`` counts bad periods, ``peak``
    is the worst value, ``lower`` and ``upper`` the limit in force when it opened.
    """

    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="alarms", verbose_name=_("排放口"))
    factor = models.ForeignKey(Factor, models.PROTECT, null=True, related_name="+", verbose_name=_("因子"))
    rule = models.SlugField(_("规则"), max_length=20)
    cause = models.CharField(max_length=80)  # outlet, factor and rule as one word: what only one lasting alarm may have
    severity = models.CharField(_("程度"), max_length=12, choices=Severity.choices)
    begin = models.DateTimeField(_("开始"))
    since = models.DateTimeField(_("达到报警条件"))
    last = models.DateTimeField(_("最近一次"))
    ended = models.DateTimeField(_("恢复"), null=True)
    bad = models.PositiveIntegerField(_("次数"), default=0)
    measure = models.FloatField(null=True)  # the engine's: how bad the worst period was
    peak = models.FloatField(_("最大值"), null=True)
    peak_at = models.DateTimeField(_("最大值时间"), null=True)
    lower = models.FloatField(_("下限"), null=True)
    upper = models.FloatField(_("上限"), null=True)
    state = models.CharField(_("状态"), max_length=12, choices=AlarmState.choices, default=AlarmState.OPEN)
    opened_at = models.DateTimeField(_("报警时间"))
    cleared_at = models.DateTimeField(_("解除时间"), null=True)
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True)
    due_at = models.DateTimeField(_("说明时限"), null=True)
    reason = models.CharField(_("原因类别"), max_length=12, choices=Causes.choices, blank=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="alarm", verbose_name=_("问题"))
    version = models.PositiveIntegerField(default=1)  # two people at once: the second is told

    class Meta:
        verbose_name = _("报警")
        verbose_name_plural = _("报警")
        constraints = [
            models.UniqueConstraint(fields=["cause"], condition=Q(ended=None, withdrawn_at=None), name="alarm_one_lasting_a_cause"),
            models.CheckConstraint(
                condition=Q(state="cased", case__isnull=False) | (~Q(state="cased") & Q(case=None)), name="alarm_cased_has_its_case"
            ),
            models.CheckConstraint(condition=Q(ended=None) | Q(cleared_at__isnull=False), name="alarm_ended_was_noticed"),
            models.CheckConstraint(condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False), name="alarm_withdrawn_has_its_moment"),
        ]
        indexes = [
            models.Index(fields=["cause", "begin"], name="alarm_cause_begin"),
            models.Index(fields=["state", "severity", "-since"], name="alarm_state_severity"),
            models.Index(fields=["outlet", "-since"], name="alarm_outlet_since"),
            models.Index(fields=["state", "due_at"], name="alarm_state_due"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """The number people quote."""
        return f"B{self.since:%Y}-{self.pk:06d}"

    @property
    def title(self) -> str:
        """What it is about: ``氮氧化物小时均值超标``."""
        return f"{self.factor.name if self.factor else ''}{rule_title(self.rule)}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.state in ALARM_OPEN

    @property
    def lasts(self) -> bool:
        """Whether what it tells of is still going on."""
        return self.ended is None and self.withdrawn_at is None

    @property
    def period(self) -> str:
        """The period of the values it was judged by."""
        return find_rule(self.rule).period.value


class AlarmStep(AppendOnly):
    """One step of an alarm, written once; ``words`` is what the person wrote, ``teller`` who in the company said so."""

    alarm = models.ForeignKey(Alarm, models.PROTECT, related_name="+", verbose_name=_("报警"))
    step = models.CharField(_("动作"), max_length=12)
    state = models.CharField(_("之后的状态"), max_length=12, choices=AlarmState.choices)
    words = models.TextField(_("内容"), blank=True)
    reason = models.CharField(_("原因类别"), max_length=12, choices=Causes.choices, blank=True)
    teller = models.CharField(_("企业说明人"), max_length=40, blank=True)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))
    by_label = models.CharField(_("经办"), max_length=80)
    token = models.CharField(max_length=40, blank=True)  # of the form it came from: the same form sent twice is one step

    class Meta:
        verbose_name = _("报警办理")
        verbose_name_plural = _("报警办理")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["alarm", "token"], condition=~Q(token=""), name="alarmstep_form_sent_once")]  # nosec B106 # a form, not a password


class AlarmPaper(models.Model):
    """A photo or document the company gave with its explanation; ``path`` is its random name below the folder of uploads."""

    alarm = models.ForeignKey(Alarm, models.PROTECT, related_name="papers", verbose_name=_("报警"))
    title = models.CharField(_("名称"), max_length=120)
    path = models.CharField(_("存放"), max_length=120, unique=True)
    content_type = models.CharField(_("类型"), max_length=40)
    size = models.PositiveIntegerField(_("字节"))
    at = models.DateTimeField(_("上传时间"))
    by_label = models.CharField(_("上传"), max_length=80)

    class Meta:
        verbose_name = _("报警附件")
        verbose_name_plural = _("报警附件")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
