"""Ledgers of vehicles, of those who run them, of where they stand, and of the terminals they carry."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models import Entry, versions_of
from gongjian.mobile.models.vocabulary import FUELS, STAGES, Body, GasEngine, PlateColour, Use


class Vehicle(Entry):
    """A motor vehicle; its ``code`` is the plate, its ``enterprise`` the company that runs it."""

    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_vehicle")
    vin = models.CharField(_("车辆识别代号"), max_length=17, blank=True)
    plate_colour = models.CharField(_("号牌颜色"), max_length=12, choices=PlateColour.choices, blank=True)
    body = models.CharField(_("车辆类型"), max_length=8, choices=Body.choices)
    use = models.CharField(_("用途"), max_length=16, choices=Use.choices)
    brand = models.CharField(_("品牌型号"), max_length=60, blank=True)
    fuel = models.CharField(_("燃料种类"), max_length=12, choices=FUELS)
    stage = models.PositiveSmallIntegerField(_("排放阶段"), choices=STAGES, null=True, blank=True, help_text=_("纯电动、氢燃料车留空"))
    gas_engine = models.CharField(_("燃气燃烧方式"), max_length=16, choices=GasEngine.choices, blank=True, help_text=_("只用于燃气车"))
    mass_kg = models.PositiveIntegerField(_("总质量"), validators=[MinValueValidator(400), MaxValueValidator(100_000)])
    registered_here = models.BooleanField(_("本地登记"), help_text=_("在本区注册登记的填是，外地登记在本区使用的填否"))
    registered_on = models.DateField(_("初次登记日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("机动车")
        verbose_name_plural = _("机动车")
        indexes = [
            models.Index(fields=["vin"], name="vehicle_vin"),
            models.Index(fields=["fuel", "stage"], name="vehicle_fuel_stage"),
            models.Index(fields=["use"], name="vehicle_use"),
        ]


VehicleVersion = versions_of(Vehicle)


class Fleet(Entry):
    """A company or institution as one that runs vehicles; its ``code`` is its credit code and ``enterprise`` itself."""

    class Sector(models.TextChoices):
        """What it carries."""

        LOGISTICS = "logistics", _("物流货运")
        EXPRESS = "express", _("邮政快递")
        SANITATION = "sanitation", _("环卫")
        BUS = "bus", _("公交")
        COACH = "coach", _("客运旅游")
        SLAG = "slag", _("渣土运输")
        DANGEROUS = "dangerous", _("危险品运输")
        CONCRETE = "concrete", _("混凝土搅拌")
        INDUSTRY = "industry", _("工业企业自有车队")
        OTHER = "other", _("其他")

    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_fleet")
    sector = models.CharField(_("行业类别"), max_length=12, choices=Sector.choices)
    vehicle_count = models.PositiveIntegerField(_("自报车辆数"), null=True, blank=True)
    diesel_count = models.PositiveIntegerField(_("自报柴油车数"), null=True, blank=True)
    manager = models.CharField(_("车辆管理人"), max_length=40, blank=True)
    phone = models.CharField(_("联系电话"), max_length=20, blank=True)
    pledged_on = models.DateField(_("签订达标承诺日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("用车单位")
        verbose_name_plural = _("用车单位")


FleetVersion = versions_of(Fleet)


class KeyPlace(Entry):
    """A place where many vehicles stand or call, to be visited for checks (车辆停放集中的重点场所和单位)."""

    class Sort(models.TextChoices):
        """What kind of place."""

        LOGISTICS_PARK = "logistics-park", _("物流园")
        INDUSTRIAL_PARK = "industrial-park", _("工业园")
        FREIGHT_YARD = "freight-yard", _("货物集散地")
        BUS_DEPOT = "bus-depot", _("公交场站")
        LOGISTICS = "logistics", _("物流货运单位")
        SANITATION = "sanitation", _("环卫单位")
        POST = "post", _("邮政快递单位")
        COACH = "coach", _("旅游客运单位")
        SITE = "site", _("大型工地")

    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_key_place")
    sort = models.CharField(_("场所类别"), max_length=16, choices=Sort.choices)
    capacity = models.PositiveIntegerField(_("停车位"), null=True, blank=True)
    diesel_daily = models.PositiveIntegerField(_("日均进出柴油车"), null=True, blank=True)
    contact = models.CharField(_("联系人"), max_length=40, blank=True)
    phone = models.CharField(_("联系电话"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("重点场所")
        verbose_name_plural = _("重点场所")


KeyPlaceVersion = versions_of(KeyPlace)


class RemoteTerminal(Entry):
    """A terminal that sends a heavy diesel vehicle's state home (远程在线监控终端, GB 17691-2018 annex Q); ``code`` is its own number."""

    class Fitting(models.TextChoices):
        """Who put it in."""

        FACTORY = "factory", _("原厂安装")
        RETROFIT = "retrofit", _("后装")

    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_remote_terminal")
    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="terminals", verbose_name=_("号牌号码"))
    fitting = models.CharField(_("安装方式"), max_length=8, choices=Fitting.choices)
    supplier = models.CharField(_("终端厂商"), max_length=60, blank=True)
    installed_on = models.DateField(_("安装日期"), null=True, blank=True)
    connected_on = models.DateField(_("联网日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("远程监控终端")
        verbose_name_plural = _("远程监控终端")


RemoteTerminalVersion = versions_of(RemoteTerminal)
