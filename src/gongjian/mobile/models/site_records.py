"""Records of machines, fuel and urea, and illegal storage."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models import Record
from gongjian.ledgers.models.record import found_by
from gongjian.mobile.models.facilities import FuelSite, IllegalStorage
from gongjian.mobile.models.machinery import LowEmissionZone, Machine, MachineType
from gongjian.mobile.models.vocabulary import MACHINE_STAGES, Outcome


class MachineCheck(Record):
    """A machine met and checked; ``label`` is its registration number, or what it is called where it has none."""

    entry = models.ForeignKey(Machine, models.PROTECT, null=True, related_name="checks", verbose_name=_("机械"))
    place = models.CharField(_("检查地点"), max_length=60)
    zone = models.ForeignKey(LowEmissionZone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("低排放区"))
    user = models.CharField(_("使用单位"), max_length=60, blank=True)
    type = models.CharField(_("机械类型"), max_length=12, choices=MachineType.choices)
    power = models.CharField(_("动力类型"), max_length=8, choices=Machine.Power.choices)
    stage = models.PositiveSmallIntegerField(_("排放阶段"), choices=MACHINE_STAGES, null=True, blank=True)
    registered = models.BooleanField(_("已编码登记"))
    black_smoke = models.BooleanField(_("冒黑烟"))
    opacity = models.DecimalField(
        _("光吸收系数"), max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(50)]
    )
    opacity_limit = models.DecimalField(
        _("光吸收系数限值"), max_digits=4, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(10)]
    )
    passed = models.BooleanField(_("检查合格"))
    outcome = models.CharField(_("处理结果"), max_length=12, choices=Outcome.choices)

    class Meta(Record.Meta):
        verbose_name = _("机械检查")
        verbose_name_plural = _("机械检查")
        indexes = [*Record.Meta.indexes, *found_by("passed", "registered", "type", "zone", "street", "department")]


class FuelSample(Record):
    """One sample of fuel or urea taken and analysed; ``label`` is the site's code, or the plate where it came out of a vehicle's tank."""

    class Product(models.TextChoices):
        """What was sampled."""

        DIESEL = "diesel", _("车用柴油")
        PETROL = "petrol", _("车用汽油")
        UREA = "urea", _("车用尿素")

    class Origin(models.TextChoices):
        """Out of what."""

        PUMP = "pump", _("加油机")
        DEPOT = "depot", _("储罐")
        TANKER = "tanker", _("油罐车")
        VEHICLE = "vehicle", _("车辆油箱、尿素箱")
        MACHINE = "machine", _("机械油箱")

    entry = models.ForeignKey(FuelSite, models.PROTECT, null=True, related_name="samples", verbose_name=_("加油站与油库"))
    product = models.CharField(_("样品"), max_length=8, choices=Product.choices)
    origin = models.CharField(_("取样环节"), max_length=8, choices=Origin.choices)
    sulphur_mg_kg = models.FloatField(_("硫含量"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100_000)])
    flash_point_c = models.FloatField(_("闪点"), null=True, blank=True, validators=[MinValueValidator(-50), MaxValueValidator(300)])
    urea_percent = models.FloatField(_("尿素含量"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)])
    laboratory = models.CharField(_("检验单位"), max_length=60, blank=True)
    failing = models.CharField(_("不合格项目"), max_length=80, blank=True)
    passed = models.BooleanField(_("样品合格"))
    decision = models.CharField(_("处罚决定书文号"), max_length=60, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("油品尿素抽检")
        verbose_name_plural = _("油品尿素抽检")
        indexes = [*Record.Meta.indexes, *found_by("passed", "product", "origin", "street", "department")]


class StorageCheck(Record):
    """A place of the ledger of illegal storage looked at again."""

    class State(models.TextChoices):
        """How it was found."""

        GONE = "gone", _("已关停拆除")
        CLOSED = "closed", _("已停用未拆除")
        WORKING = "working", _("仍在使用")
        BACK = "back", _("死灰复燃")

    entry = models.ForeignKey(IllegalStorage, models.PROTECT, related_name="checks", verbose_name=_("非法储油点"))
    state = models.CharField(_("现场状态"), max_length=8, choices=State.choices)
    seized_litres = models.PositiveIntegerField(_("查扣油品"), null=True, blank=True)
    measure = models.CharField(_("采取的措施"), max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("非法储油点检查")
        verbose_name_plural = _("非法储油点检查")
        indexes = [*Record.Meta.indexes, *found_by("state", "street", "department")]


class DieselSale(Record):
    """How much diesel for vehicles a site sold in the month that ends with ``on``."""

    entry = models.ForeignKey(FuelSite, models.PROTECT, related_name="diesel_sales", verbose_name=_("加油站与油库"))
    tonnes = models.FloatField(_("车用柴油销售量"), validators=[MinValueValidator(0), MaxValueValidator(1_000_000)])
    document = models.CharField(_("来源文件"), max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("车用柴油月销量")
        verbose_name_plural = _("车用柴油月销量")
        indexes = [*Record.Meta.indexes, *found_by("department")]
