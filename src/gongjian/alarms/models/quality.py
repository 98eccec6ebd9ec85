"""What looks wrong in the data of an outlet, for inspectors to look at."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.alarms.models.outlet import Outlet
from gongjian.alarms.states import FindingState
from gongjian.cases.models import Case
from gongjian.people.models import User
from gongjian.telemetry.models import Factor
from gongjian.trail.appendonly import AppendOnly


class QualityFinding(models.Model):
    """One finding, kept once for its ``cause`` (detector, outlet, factor, period and where it begins) however often it is found.

    ``first`` and ``last`` bound what was seen; ``words`` and ``figures`` are as last found, until somebody has looked: then they stand.
    """

    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="findings", verbose_name=_("排放口"))
    factor = models.ForeignKey(Factor, models.PROTECT, related_name="+", verbose_name=_("因子"))
    period = models.CharField(_("周期"), max_length=8)
    detector = models.SlugField(_("判定"), max_length=20)
    cause = models.CharField(max_length=120, unique=True)
    first = models.DateTimeField(_("自"))
    last = models.DateTimeField(_("至"))
    words = models.TextField(_("看到的情况"))
    figures = models.JSONField(_("数据"), default=dict)
    state = models.CharField(_("状态"), max_length=12, choices=FindingState.choices, default=FindingState.FRESH)
    found_at = models.DateTimeField(_("发现时间"))
    seen_at = models.DateTimeField(_("最近一次判定"))
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="quality_finding", verbose_name=_("问题"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("数据质量疑点")
        verbose_name_plural = _("数据质量疑点")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="cased", case__isnull=False) | (~Q(state="cased") & Q(case=None)), name="finding_cased_has_its_case"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-last"], name="finding_state_last"),
            models.Index(fields=["outlet", "-last"], name="finding_outlet_last"),
        ]

    def __str__(self) -> str:
        return f"{self.outlet} {self.factor.name} {self.words}"


class FindingStep(AppendOnly):
    """One thing an inspector did with a finding, written once."""

    finding = models.ForeignKey(QualityFinding, models.PROTECT, related_name="+", verbose_name=_("数据质量疑点"))
    step = models.CharField(_("动作"), max_length=12)
    state = models.CharField(_("之后的状态"), max_length=12, choices=FindingState.choices)
    words = models.TextField(_("内容"))
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))
    by_label = models.CharField(_("经办"), max_length=80)
    token = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("疑点查看")
        verbose_name_plural = _("疑点查看")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["finding", "token"], condition=~Q(token=""), name="findingstep_form_sent_once")]  # nosec B106 # a form, not a password
