"""Records of checks of vehicles: on the road, where they stand, by remote sensing; and of what breaks a rule in passing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models import Enterprise
from gongjian.ledgers.models.record import found_by
from gongjian.mobile.models.found import ChosenFound, Measured, VehicleFound
from gongjian.mobile.models.machinery import LowEmissionZone
from gongjian.mobile.models.vehicles import KeyPlace, Vehicle
from gongjian.mobile.models.vocabulary import Outcome, Problem


class RoadCheck(ChosenFound, Measured):
    """A vehicle stopped and checked on the road (路检路查); ``passed`` is empty where its exhaust was not measured."""

    entry = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="road_checks", verbose_name=_("车辆"))
    place = models.CharField(_("检查地点"), max_length=60)
    passed = models.BooleanField(_("尾气合格"), null=True, blank=True, help_text=_("没有检测尾气的留空"))
    problem = models.CharField(_("其他问题"), max_length=12, choices=Problem.choices)
    outcome = models.CharField(_("处理结果"), max_length=12, choices=Outcome.choices)
    decision = models.CharField(_("处罚决定书文号"), max_length=60, blank=True)

    class Meta(ChosenFound.Meta):
        verbose_name = _("路检路查")
        verbose_name_plural = _("路检路查")
        indexes = [*ChosenFound.Meta.indexes, *found_by("passed", "heavy", "fuel", "chosen", "outcome", "street", "department")]


class PremisesCheck(ChosenFound, Measured):
    """A vehicle checked where it stands (入户检查): at a key place, at a company."""

    entry = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="premises_checks", verbose_name=_("车辆"))
    place = models.ForeignKey(KeyPlace, models.PROTECT, null=True, blank=True, related_name="checks", verbose_name=_("重点场所"))
    company = models.ForeignKey(Enterprise, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("受检单位"))
    passed = models.BooleanField(_("尾气合格"), null=True, blank=True, help_text=_("没有检测尾气的留空"))
    problem = models.CharField(_("其他问题"), max_length=12, choices=Problem.choices)
    outcome = models.CharField(_("处理结果"), max_length=12, choices=Outcome.choices)
    decision = models.CharField(_("处罚决定书文号"), max_length=60, blank=True)

    class Meta(ChosenFound.Meta):
        verbose_name = _("入户检查")
        verbose_name_plural = _("入户检查")
        indexes = [
            *ChosenFound.Meta.indexes,
            *found_by("passed", "heavy", "fuel", "chosen", "outcome", "street", "department", "place", "company"),
        ]


class Sampling(ChosenFound, Measured):
    """One exhaust measured without a full check: remote sensing, or supervised sampling at a roadside or a gate (监督抽测)."""

    entry = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="samplings", verbose_name=_("车辆"))
    place = models.CharField(_("检测点位"), max_length=60)
    speed_kmh = models.FloatField(_("车速"), null=True, blank=True)
    passed = models.BooleanField(_("是否合格"))

    class Meta(ChosenFound.Meta):
        verbose_name = _("监督抽测")
        verbose_name_plural = _("监督抽测")
        indexes = [*ChosenFound.Meta.indexes, *found_by("passed", "method", "fuel", "registered_here", "chosen", "street", "department")]


class BlackSmoke(VehicleFound):
    """A vehicle seen to smoke (冒黑烟)."""

    class By(models.TextChoices):
        """Who saw it."""

        CAMERA = "camera", _("黑烟抓拍")
        PATROL = "patrol", _("路面巡查")
        REPORT = "report", _("群众举报")

    entry = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="black_smokes", verbose_name=_("车辆"))
    place = models.CharField(_("发现地点"), max_length=60)
    seen_by = models.CharField(_("发现方式"), max_length=8, choices=By.choices)
    ringelmann = models.DecimalField(_("林格曼黑度"), max_digits=2, decimal_places=1, null=True, blank=True)
    handled_on = models.DateField(_("处理日期"), null=True, blank=True)
    outcome = models.CharField(_("处理结果"), max_length=12, choices=Outcome.choices, blank=True)

    class Meta(VehicleFound.Meta):
        verbose_name = _("冒黑烟车辆")
        verbose_name_plural = _("冒黑烟车辆")
        indexes = [*VehicleFound.Meta.indexes, *found_by("seen_by", "registered_here", "street", "department")]


class ZoneViolation(VehicleFound):
    """A truck where it may not drive (限行违法): 国三 diesel in the district, a truck without its pass."""

    entry = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="zone_violations", verbose_name=_("车辆"))
    zone = models.ForeignKey(LowEmissionZone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("限行区域"))
    place = models.CharField(_("违法地点"), max_length=60)
    handled_on = models.DateField(_("处理日期"), null=True, blank=True)
    decision = models.CharField(_("处罚决定书文号"), max_length=60, blank=True)
    fine_yuan = models.PositiveIntegerField(_("罚款"), null=True, blank=True)
    points = models.PositiveSmallIntegerField(_("记分"), null=True, blank=True)

    class Meta(VehicleFound.Meta):
        verbose_name = _("限行违法")
        verbose_name_plural = _("限行违法")
        indexes = [*VehicleFound.Meta.indexes, *found_by("stage", "registered_here", "zone", "street", "department")]
