"""Ledgers of places and works: fuel stations and depots, illegal storage, charging, the railway."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models import Entry, versions_of


class FuelSite(Entry):
    """A place that lawfully stores or sells fuel."""

    class Sort(models.TextChoices):
        """What kind of place."""

        STATION = "station", _("加油站")
        OWN_DEPOT = "own-depot", _("企业自备油库")
        DEPOT = "depot", _("储油库")
        SKID = "skid", _("橇装加油装置")

    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_fuel_site")
    sort = models.CharField(_("类别"), max_length=12, choices=Sort.choices)
    licence = models.CharField(_("成品油经营批准证书"), max_length=40, blank=True)
    brand = models.CharField(_("品牌"), max_length=20, blank=True)
    sells_diesel = models.BooleanField(_("经营车用柴油"))
    sells_urea = models.BooleanField(_("经营车用尿素"))
    tanks = models.PositiveSmallIntegerField(_("储罐数"), null=True, blank=True)
    volume_m3 = models.FloatField(_("总罐容"), null=True, blank=True, validators=[MinValueValidator(0.1), MaxValueValidator(1_000_000)])

    class Meta:
        verbose_name = _("加油站与油库")
        verbose_name_plural = _("加油站与油库")


FuelSiteVersion = versions_of(FuelSite)


class IllegalStorage(Entry):
    """A place found to store or sell fuel without the right to; it stays in the ledger until it is closed and pulled down."""

    class Sort(models.TextChoices):
        """What was found."""

        STATION = "station", _("黑加油站")
        TANK = "tank", _("非法储油罐")
        TANKER = "tanker", _("流动加油罐车停放点")
        DRUMS = "drums", _("桶装油存放点")

    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_illegal_storage")
    sort = models.CharField(_("类别"), max_length=8, choices=Sort.choices)
    found_on = models.DateField(_("发现日期"))
    operator = models.CharField(_("经营者"), max_length=60, blank=True)
    volume_m3 = models.FloatField(_("储油能力"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100_000)])
    closed_on = models.DateField(_("关停日期"), null=True, blank=True)
    removed_on = models.DateField(_("拆除日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("非法储油点")
        verbose_name_plural = _("非法储油点")


IllegalStorageVersion = versions_of(IllegalStorage)


class ChargingStation(Entry):
    """A place to charge electric vehicles."""

    class Service(models.TextChoices):
        """Whom it serves."""

        PUBLIC = "public", _("城市公用")
        DEDICATED = "dedicated", _("公共服务领域专用")
        INTERNAL = "internal", _("单位内部")

    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_charging_station")
    service = models.CharField(_("服务对象"), max_length=12, choices=Service.choices)
    operator = models.CharField(_("运营商"), max_length=60, blank=True)
    fast_piles = models.PositiveSmallIntegerField(_("快充桩"))
    slow_piles = models.PositiveSmallIntegerField(_("慢充桩"))
    power_kw = models.FloatField(_("总功率"), null=True, blank=True, validators=[MinValueValidator(0.1), MaxValueValidator(100_000)])
    opened_on = models.DateField(_("投运日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("充电站")
        verbose_name_plural = _("充电站")


ChargingStationVersion = versions_of(ChargingStation)


class RailMilestone(Entry):
    """One step of building a railway siding: what is due when, and when it was done."""

    class Step(models.TextChoices):
        """The steps of such a work, in their order."""

        PROPOSAL = "proposal", _("项目立项")
        FEASIBILITY = "feasibility", _("可研批复")
        LAND = "land", _("用地与规划手续")
        FUNDS = "funds", _("资金落实")
        DESIGN = "design", _("初步设计批复")
        START = "start", _("开工")
        EARTHWORK = "earthwork", _("路基桥涵完成")
        TRACK = "track", _("铺轨完成")
        ACCEPTANCE = "acceptance", _("验收")
        OPENING = "opening", _("开通运营")

    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_rail_milestone")
    project = models.CharField(_("项目名称"), max_length=80)
    step = models.CharField(_("建设环节"), max_length=12, choices=Step.choices)
    planned_on = models.DateField(_("计划完成日期"))
    done_on = models.DateField(_("实际完成日期"), null=True, blank=True)
    percent = models.PositiveSmallIntegerField(_("形象进度"), null=True, blank=True, validators=[MaxValueValidator(100)])

    class Meta:
        verbose_name = _("铁路专用线节点")
        verbose_name_plural = _("铁路专用线节点")


RailMilestoneVersion = versions_of(RailMilestone)
