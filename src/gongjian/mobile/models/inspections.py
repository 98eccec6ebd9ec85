"""Records of the periodic test (定期排放检验), of checking its data, and of the repairs it led to (I/M)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models import Record
from gongjian.ledgers.models.record import found_by
from gongjian.mobile.models.found import Measured, VehicleFound
from gongjian.mobile.models.vehicles import Vehicle


class PeriodicTest(VehicleFound, Measured):
    """One emission test at a test station (排放检验机构); ``number`` is that of its report."""

    class Turn(models.TextChoices):
        """Whether it is the first of its round."""

        FIRST = "first", _("初检")
        REPEAT = "repeat", _("复检")

    entry = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="tests", verbose_name=_("车辆"))
    station = models.CharField(_("检验机构"), max_length=60)
    turn = models.CharField(_("检验次序"), max_length=6, choices=Turn.choices)
    registered_on = models.DateField(_("初次登记日期"), null=True, blank=True)
    co = models.DecimalField(
        _("一氧化碳"), max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    co_limit = models.DecimalField(
        _("一氧化碳限值"), max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    passed = models.BooleanField(_("检验合格"))

    class Meta(VehicleFound.Meta):
        verbose_name = _("定期排放检验")
        verbose_name_plural = _("定期排放检验")
        indexes = [
            *VehicleFound.Meta.indexes,
            *found_by("passed", "turn", "fuel", "registered_here", "station", "department"),
            models.Index(fields=["label", "on"], name="%(class)s_of_vehicle"),
        ]


class DataVerification(Record):
    """The data of a vehicle's test looked through (检验数据核查): curves, video, photographs; ``test_number`` is the report's number."""

    class Finding(models.TextChoices):
        """What came out."""

        SOUND = "sound", _("数据无异常")
        DOUBTFUL = "doubtful", _("数据可疑")
        IRREGULAR = "irregular", _("检验不规范")
        FALSE = "false", _("检验造假")

    entry = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="verifications", verbose_name=_("车辆"))
    test_number = models.CharField(_("检验报告编号"), max_length=96, blank=True)
    station = models.CharField(_("检验机构"), max_length=60, blank=True)
    tested_on = models.DateField(_("检验日期"), null=True, blank=True)
    finding = models.CharField(_("核查结论"), max_length=10, choices=Finding.choices)

    class Meta(Record.Meta):
        verbose_name = _("检验数据核查")
        verbose_name_plural = _("检验数据核查")
        indexes = [*Record.Meta.indexes, *found_by("finding", "station", "department")]


class Repair(Record):
    """A vehicle repaired because its exhaust was over the limit (维修治理, M station of I/M); ``on`` is the day it was done."""

    entry = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="repairs", verbose_name=_("车辆"))
    workshop = models.CharField(_("维修单位"), max_length=60)
    test_number = models.CharField(_("检验报告编号"), max_length=96, blank=True)
    items = models.CharField(_("维修项目"), max_length=160)
    aftertreatment = models.BooleanField(_("更换后处理装置"), null=True, blank=True)
    cost_yuan = models.PositiveIntegerField(_("维修费用"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("超标车维修")
        verbose_name_plural = _("超标车维修")
        indexes = [
            *Record.Meta.indexes,
            *found_by("workshop", "department"),
            models.Index(fields=["label", "on"], name="%(class)s_of_vehicle"),
        ]
