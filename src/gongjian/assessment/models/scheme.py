"""The scheme (考核办法): weights, shares and limits as data, in force from a day."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Kind

_SHARE = [MaxValueValidator(100)]


class Scheme(models.Model):
    """How departments are scored in periods that begin while it is in force; of several the one that came into force last.

    Shares are percentages. ``least_rows`` is the sample below which a department is shown but not ranked; ``praise_from`` and
    ``blame_below`` are the totals the circular praises from and blames below.
    """

    title = models.CharField(_("办法名称"), max_length=60)
    basis = models.CharField(_("依据文件"), max_length=120, blank=True)
    active_from = models.DateField(_("启用日期"))
    active_to = models.DateField(_("停用日期"), null=True, blank=True, help_text=_("自这一天起的考核期不再适用；留空为一直有效。"))
    helping = models.PositiveSmallIntegerField(
        _("协办折算（%）"), default=30, validators=_SHARE, help_text=_("一项协办相当于几成牵头；0 为不计。")
    )
    least_rows = models.PositiveSmallIntegerField(_("最少样本"), default=5, help_text=_("有据可评的事项少于此数的，列出得分但不排名。"))
    objection_days = models.PositiveSmallIntegerField(_("异议期（工作日）"), default=5, validators=[MinValueValidator(1)])
    praise_from = models.PositiveSmallIntegerField(_("表扬线（分）"), default=95, validators=_SHARE)
    blame_below = models.PositiveSmallIntegerField(_("批评线（分）"), default=80, validators=_SHARE)

    class Meta:
        verbose_name = _("考核办法")
        verbose_name_plural = _("考核办法")
        ordering = ["-active_from", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(active_to=None) | Q(active_to__gte=F("active_from")), name="scheme_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(helping__lte=100, praise_from__lte=100, blame_below__lte=F("praise_from")), name="scheme_shares_are_shares"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Blame does not reach above praise."""
        if self.blame_below is not None and self.praise_from is not None and self.blame_below > self.praise_from:
            raise ValidationError({"blame_below": _("批评线不能高于表扬线。")})


class SchemeItem(models.Model):
    """One item of a scheme: which kind, how much it weighs among the others, and what a row partly kept counts for."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="items")
    kind = models.SlugField(_("考核项"), max_length=40)
    weight = models.PositiveSmallIntegerField(
        _("权重"), validators=[MinValueValidator(1)], help_text=_("各项合计不必是100，按比例折成百分制。")
    )
    partly = models.PositiveSmallIntegerField(_("部分做到计（%）"), default=50, validators=_SHARE)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("考核项")
        verbose_name_plural = _("考核项")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind"], name="schemeitem_weighed_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, partly__lte=100), name="schemeitem_weighs_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.weight}"


class SchemeGroup(models.Model):
    """Who is compared with whom: the kinds of department that make one group (可比组)."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="groups")
    title = models.CharField(_("组名"), max_length=30)
    kinds = models.JSONField(_("部门类别"), default=list, help_text=_('部门类别代码的列表，如 ["street", "town"]。'))
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("可比组")
        verbose_name_plural = _("可比组")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["scheme", "title"], name="schemegroup_named_once")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Only kinds of department there are."""
        if not isinstance(self.kinds, list) or not self.kinds or not set(map(str, self.kinds)) <= set(Kind.values):
            raise ValidationError({"kinds": _("请填写部门类别代码的列表，可用的有：%s。") % "、".join(Kind.values)})
