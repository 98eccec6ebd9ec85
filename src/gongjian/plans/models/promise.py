"""Commitments (考核点) in versions, and the adjustments that made new versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.plans.models.document import Measure
from gongjian.plans.planfile.model import CommitmentKind

KIND_TITLES = {
    CommitmentKind.TARGET: _("指标达标"),
    CommitmentKind.TREND: _("指标趋势"),
    CommitmentKind.MILESTONE: _("节点"),
    CommitmentKind.DUTY: _("定期任务"),
    CommitmentKind.REGISTER: _("台账"),
    CommitmentKind.LOOP: _("问题闭环"),
    CommitmentKind.NARRATIVE: _("文字说明"),
}


class Commitment(models.Model):
    """One version of one 考核点; the fields are those of ``planfile.model.Commitment``.

    ``root`` is the first version and stands for the commitment through all its versions: achievements hang on it.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="commitments")
    root = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="versions")
    order = models.PositiveSmallIntegerField(_("次序"))
    kind = models.CharField(_("类型"), max_length=12, choices=[(k.value, title) for k, title in KIND_TITLES.items()])
    indicator = models.CharField(_("指标"), max_length=80, blank=True)
    op = models.CharField(_("比较"), max_length=2, blank=True)
    value = models.FloatField(_("目标值"), null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    by = models.CharField(_("分组"), max_length=40, blank=True)
    direction = models.CharField(_("方向"), max_length=8, blank=True)
    what = models.CharField(_("事项"), max_length=200, blank=True)
    due = models.CharField(_("期限（月-日）"), max_length=5, blank=True)
    every = models.CharField(_("频次"), max_length=8, blank=True)
    ledger = models.CharField(_("台账"), max_length=120, blank=True)
    derived = models.CharField(_("入列规则"), max_length=200, blank=True)
    published = models.BooleanField(_("须公开"), default=False)
    states = models.JSONField(_("环节"), default=list)
    cases = models.CharField(_("问题类型"), max_length=120, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    effective_at = models.DateTimeField(_("起"))
    replaced_at = models.DateTimeField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("考核点")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["measure", "order"], condition=Q(replaced_at=None), name="commitment_one_current")]

    @property
    def root_id_or_own(self) -> int:
        """Id of the first version."""
        return self.root_id or self.pk


class Adjustment(models.Model):
    """An in-year change of what is promised: who, when, why, by which document. The signed text stays."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="adjustments")
    commitment = models.ForeignKey(Commitment, models.CASCADE, null=True, blank=True, related_name="adjustments")
    field = models.CharField(_("调整项"), max_length=12)
    before = models.JSONField(_("原"), null=True)
    after = models.JSONField(_("现"), null=True)
    reason = models.TextField(_("理由"))
    document = models.CharField(_("依据文件"), max_length=200)
    at = models.DateTimeField(_("时间"))
    by_label = models.CharField(_("经办"), max_length=80)

    class Meta:
        verbose_name = _("年中调整")
        ordering = ["id"]

    @property
    def shown(self) -> list[dict[str, str]]:
        """Before and after in words."""
        return [{"name": FIELD_TITLES[self.field], "before": _words(self.before), "after": _words(self.after)}]


FIELD_TITLES = {"deadline": "完成时限", "lead": "牵头", "support": "协办", "value": "目标值"}


def _words(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
