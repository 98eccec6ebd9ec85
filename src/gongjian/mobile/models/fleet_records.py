"""Records of fleets as they change and are kept: vehicles new and gone, the company's own log, terminals looked up."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models import Record
from gongjian.ledgers.models.record import found_by
from gongjian.mobile.models.found import VehicleFound
from gongjian.mobile.models.vehicles import Fleet, RemoteTerminal, Vehicle


class Acquisition(VehicleFound):
    """A vehicle newly put to work (新增、更新车辆), on the day it was registered."""

    class Reason(models.TextChoices):
        """Whether the fleet grew."""

        NEW = "new", _("新增")
        RENEWAL = "renewal", _("更新")

    entry = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="acquisitions", verbose_name=_("车辆"))
    reason = models.CharField(_("新增或更新"), max_length=8, choices=Reason.choices)
    company = models.ForeignKey("ledgers.Enterprise", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("购置单位"))
    mass_kg = models.PositiveIntegerField(_("总质量"), validators=[MinValueValidator(400), MaxValueValidator(100_000)])

    class Meta(VehicleFound.Meta):
        verbose_name = _("新增更新车辆")
        verbose_name_plural = _("新增更新车辆")
        indexes = [*VehicleFound.Meta.indexes, *found_by("use", "fuel", "reason", "company", "department")]


class Retirement(VehicleFound):
    """A vehicle gone for good from the roads here (淘汰): scrapped, its registration ended, moved away."""

    class Way(models.TextChoices):
        """How it went."""

        SCRAPPED = "scrapped", _("报废")
        DEREGISTERED = "deregistered", _("注销登记")
        MOVED = "moved", _("转出本市")

    entry = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="retirements", verbose_name=_("车辆"))
    way = models.CharField(_("淘汰方式"), max_length=12, choices=Way.choices)
    certificate = models.CharField(_("回收或注销证明编号"), max_length=40, blank=True)
    subsidy_yuan = models.PositiveIntegerField(_("补助金额"), null=True, blank=True)

    class Meta(VehicleFound.Meta):
        verbose_name = _("淘汰车辆")
        verbose_name_plural = _("淘汰车辆")
        indexes = [
            *VehicleFound.Meta.indexes,
            *found_by("way", "fuel", "stage", "department"),
            models.Index(fields=["label", "on"], name="%(class)s_of_vehicle"),
        ]


class FleetLog(Record):
    """A line of the log a company keeps of its diesel vehicles (维护、燃料、尿素台账); ``label`` is the company's credit code."""

    class Item(models.TextChoices):
        """What was done."""

        UPKEEP = "upkeep", _("维护保养")
        FUEL = "fuel", _("加注柴油")
        UREA = "urea", _("加注尿素")
        CATALYST = "catalyst", _("后处理装置维护")

    entry = models.ForeignKey(Fleet, models.PROTECT, related_name="logs", verbose_name=_("用车单位"))
    plate = models.CharField(_("号牌号码"), max_length=12)
    item = models.CharField(_("事项"), max_length=8, choices=Item.choices)
    litres = models.DecimalField(
        _("数量"), max_digits=8, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100_000)]
    )
    supplier = models.CharField(_("加注或维护单位"), max_length=60, blank=True)
    voucher = models.CharField(_("票据号"), max_length=40, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("用车单位台账记录")
        verbose_name_plural = _("用车单位台账记录")
        indexes = [*Record.Meta.indexes, *found_by("item", "plate", "department")]


class TerminalStatus(Record):
    """How a remote terminal stood at the weekly look (联网状态周检); ``label`` is the terminal's number."""

    entry = models.ForeignKey(RemoteTerminal, models.PROTECT, related_name="states", verbose_name=_("终端"))
    online = models.BooleanField(_("在线"))
    valid_percent = models.FloatField(_("数据有效率"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)])
    last_seen_on = models.DateField(_("最近上线日期"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("终端联网状态")
        verbose_name_plural = _("终端联网状态")
        indexes = [*Record.Meta.indexes, *found_by("online", "department")]
