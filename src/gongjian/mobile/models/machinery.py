"""Ledgers of non-road mobile machinery and of the zones where old machines and trucks may not work."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models import Entry, versions_of
from gongjian.mobile.models.vocabulary import MACHINE_STAGES, STAGES


class MachineType(models.TextChoices):
    """What a machine does; the first three are those the plan has checked first."""

    EXCAVATOR = "excavator", _("挖掘机")
    LOADER = "loader", _("装载机")
    FORKLIFT = "forklift", _("叉车")
    BULLDOZER = "bulldozer", _("推土机")
    ROLLER = "roller", _("压路机")
    PAVER = "paver", _("摊铺机")
    GRADER = "grader", _("平地机")
    PILE = "pile", _("桩工机械")
    CRANE = "crane", _("非公路用起重机")
    GENERATOR = "generator", _("发电机组")
    COMPRESSOR = "compressor", _("空压机")
    APRON = "apron", _("场内牵引与保障车")
    FARM = "farm", _("农业机械")
    OTHER = "other", _("其他")


class Machine(Entry):
    """A non-road mobile machine; its ``code`` is the environmental registration number, its ``enterprise`` the owner where it is one."""

    class Power(models.TextChoices):
        """What drives it."""

        DIESEL = "diesel", _("柴油")
        GAS = "gas", _("燃气")
        HYBRID = "hybrid", _("混合动力")
        ELECTRIC = "electric", _("电动")
        HYDROGEN = "hydrogen", _("氢燃料电池")

    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_machine")
    type = models.CharField(_("机械类型"), max_length=12, choices=MachineType.choices)
    power = models.CharField(_("动力类型"), max_length=8, choices=Power.choices)
    stage = models.PositiveSmallIntegerField(
        _("排放阶段"), choices=MACHINE_STAGES, null=True, blank=True, help_text=_("电动、氢燃料机械留空")
    )
    power_kw = models.DecimalField(
        _("额定功率"), max_digits=7, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5000)]
    )
    maker = models.CharField(_("生产厂家"), max_length=60, blank=True)
    pin = models.CharField(_("产品识别码"), max_length=40, blank=True, help_text=_("铭牌上的PIN码或出厂编号"))
    made_on = models.DateField(_("出厂日期"), null=True, blank=True)
    owner = models.CharField(_("所有者"), max_length=60, blank=True)
    located = models.BooleanField(_("已装定位终端"), null=True, blank=True)

    class Meta:
        verbose_name = _("非道路移动机械")
        verbose_name_plural = _("非道路移动机械")
        indexes = [models.Index(fields=["type"], name="machine_type"), models.Index(fields=["power", "stage"], name="machine_power_stage")]


MachineVersion = versions_of(Machine)


class LowEmissionZone(Entry):
    """An area, drawn on the map, where what is older than a stage may not be used."""

    class Sort(models.TextChoices):
        """What is restricted there."""

        MACHINES = "machines", _("非道路移动机械低排放区")
        TRUCKS = "trucks", _("柴油货车限行区")

    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_low_emission_zone")
    sort = models.CharField(_("区域类别"), max_length=12, choices=Sort.choices)
    least_stage = models.PositiveSmallIntegerField(_("最低排放阶段"), choices=STAGES)
    since = models.DateField(_("施行日期"))
    notice = models.CharField(_("通告文号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("低排放区")
        verbose_name_plural = _("低排放区")


LowEmissionZoneVersion = versions_of(LowEmissionZone)
