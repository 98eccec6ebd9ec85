"""What records of vehicles have in common: the vehicle as it was found on the spot, and what an instrument read."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models import Record
from gongjian.mobile.models.vocabulary import FUELS, STAGES, Chosen, ExhaustMethod, Use


class VehicleFound(Record):
    """A record about a vehicle, which it describes as it was then; ``label`` is the plate."""

    fuel = models.CharField(_("燃料种类"), max_length=12, choices=FUELS)
    stage = models.PositiveSmallIntegerField(_("排放阶段"), choices=STAGES, null=True, blank=True)
    heavy = models.BooleanField(_("重型"), help_text=_("总质量12吨及以上的货车、专项作业车和重型客车"))
    registered_here = models.BooleanField(_("本地登记"))
    use = models.CharField(_("用途"), max_length=16, choices=Use.choices, blank=True)

    class Meta(Record.Meta):
        abstract = True


class Measured(models.Model):
    """What was measured of an exhaust, each value beside the limit it was held against; empty where it was not measured."""

    method = models.CharField(_("检测方法"), max_length=20, choices=ExhaustMethod.choices, blank=True)
    opacity = models.DecimalField(
        _("光吸收系数"), max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(50)]
    )
    opacity_limit = models.DecimalField(
        _("光吸收系数限值"), max_digits=4, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(10)]
    )
    nox = models.DecimalField(
        _("氮氧化物"), max_digits=6, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(20_000)]
    )
    nox_limit = models.DecimalField(
        _("氮氧化物限值"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(20_000)],
    )

    class Meta:
        abstract = True


class ChosenFound(VehicleFound):
    """A vehicle that was picked out to be looked at, and why."""

    chosen = models.CharField(_("选取方式"), max_length=8, choices=Chosen.choices)

    class Meta(VehicleFound.Meta):
        abstract = True
