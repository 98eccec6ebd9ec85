"""Inspections drawn by lot (双随机): the objects, the inspectors, the rule and the seed, each fixed before the next is known."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models import Enterprise, Entry
from gongjian.people.models import Department, User


class DrawState(models.TextChoices):
    """How far a plan has come; there is no way back, only calling it off with a reason."""

    DRAFT = "draft", _("已定规则")
    FROZEN = "frozen", _("名单已冻结")
    DRAWN = "drawn", _("已抽取")
    ASSIGNED = "assigned", _("已下达")
    CALLED_OFF = "called_off", _("已作废")


class SeedWay(models.TextChoices):
    """Why nobody could choose the seed to suit the list: it came later from the public, or its fingerprint was written down before."""

    PUBLIC = "public", _("公开号码")
    SEALED = "sealed", _("封存口令")


class DrawPlan(models.Model):
    """One inspection plan (抽查计划) whose objects and inspectors are drawn by lot.

    Universe: the entries of ``ledger`` that pass ``given``. ``number`` objects are drawn, or ``share`` per cent of them, in proportion
    within each ``stratum`` (a field of the entry; empty: together). ``weigher`` names what doubles a chance. ``each`` inspectors go
    to every object, drawn from ``pool`` (as it was frozen: key, name, department, whom they may not visit). ``universe_digest`` and
    ``pool_digest`` are SHA-256 over the frozen lists. ``seed_source`` is where the seed will come from, said before anything is frozen;
    ``seal`` the SHA-256 of a sealed one. ``algorithm`` is the version of the draw.
    """

    title = models.CharField(_("名称"), max_length=80)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("组织部门"))
    ledger = models.SlugField(_("台账"), max_length=40)
    given = models.CharField(_("台账筛选"), max_length=300, blank=True)
    number = models.PositiveIntegerField(_("抽取数"), null=True, blank=True)
    share = models.DecimalField(_("抽取比例（%）"), max_digits=5, decimal_places=2, null=True, blank=True)
    stratum = models.CharField(_("分层"), max_length=20, blank=True)
    weigher = models.SlugField(_("加权"), max_length=40, blank=True)
    each = models.PositiveSmallIntegerField(_("每个对象的检查人数"), default=2)
    apart = models.BooleanField(_("回避主管部门"), default=False)
    checklist = models.SlugField(_("检查清单"), max_length=60)
    opens_on = models.DateField(_("检查开始"))
    due_on = models.DateField(_("检查截止"))
    state = models.CharField(_("状态"), max_length=10, choices=DrawState.choices, default=DrawState.DRAFT)
    seed_way = models.CharField(_("种子方式"), max_length=8, choices=SeedWay.choices)
    seed_source = models.CharField(_("种子来源"), max_length=200)
    seal = models.CharField(_("口令指纹（SHA-256）"), max_length=64, blank=True)
    pool = models.JSONField(_("检查人员名单"), default=list)
    universe_digest = models.CharField(_("对象名单指纹"), max_length=64, blank=True)
    pool_digest = models.CharField(_("人员名单指纹"), max_length=64, blank=True)
    frozen_at = models.DateTimeField(_("冻结时间"), null=True)
    frozen_by = models.CharField(_("冻结人"), max_length=80, blank=True)
    seed = models.CharField(_("种子"), max_length=200, blank=True)
    seed_known_at = models.DateTimeField(_("种子公布时间"), null=True)
    algorithm = models.CharField(_("算法"), max_length=20, blank=True)
    drawn_at = models.DateTimeField(_("抽取时间"), null=True)
    drawn_by = models.CharField(_("抽取人"), max_length=80, blank=True)
    made_at = models.DateTimeField(_("制定时间"))
    made_by = models.CharField(_("制定人"), max_length=80)
    called_off_why = models.CharField(_("作废原因"), max_length=300, blank=True)
    source = models.CharField(_("来源"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("抽查计划")
        verbose_name_plural = _("抽查计划")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, share=None) | Q(number=None, share__gt=0, share__lte=100), name="drawplan_number_or_share"
            ),
            models.CheckConstraint(
                condition=Q(seed_way="sealed") & ~Q(seal="") | Q(seed_way="public", seal=""), name="drawplan_seal_where_sealed"
            ),
            models.CheckConstraint(condition=Q(each__gte=1), name="drawplan_somebody_goes"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words_of_state(self) -> str:
        """What people call its state."""
        return str(DrawState(self.state).label)


class DrawObject(models.Model):
    """One object of the frozen list: who it is, its chance (``weight``, thousandths) and why; drawn where ``order`` (from 1) is set.

    ``party`` is the enterprise it belongs to, ``keeper`` the department in charge of it: both as they were at the freeze.
    """

    plan = models.ForeignKey(DrawPlan, models.PROTECT, related_name="things", verbose_name=_("抽查计划"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("台账条目"))
    code = models.CharField(_("编号"), max_length=64)
    name = models.CharField(_("名称"), max_length=120, blank=True)
    party = models.CharField(_("所属单位代码"), max_length=64, blank=True)
    keeper = models.CharField(_("主管部门"), max_length=64)
    stratum = models.CharField(_("层"), max_length=120, blank=True)
    weight = models.PositiveIntegerField(_("权重（千分之一）"), default=1000)
    why = models.CharField(_("加权原因"), max_length=120, blank=True)
    order = models.PositiveIntegerField(_("抽取次序"), null=True)
    inspectors = models.JSONField(_("检查人员"), default=list)

    class Meta:
        verbose_name = _("抽查对象")
        verbose_name_plural = _("抽查对象")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="drawobject_once_in_its_plan"),
            models.UniqueConstraint(fields=["plan", "order"], condition=Q(order__isnull=False), name="drawobject_order_once"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="drawobject_has_a_chance"),
        ]


class Recusal(models.Model):
    """An inspector who may not visit an enterprise (回避): kinship, former employment, a stake."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("检查人员"))
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", verbose_name=_("企业"))
    reason = models.CharField(_("事由"), max_length=200)
    since = models.DateField(_("自"))
    until = models.DateField(_("至"), null=True, blank=True, help_text=_("自这一天起不再回避。"))
    at = models.DateTimeField(_("登记时间"))
    by_label = models.CharField(_("登记人"), max_length=80)

    class Meta:
        verbose_name = _("回避登记")
        verbose_name_plural = _("回避登记")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["user", "enterprise"], condition=Q(until=None), name="recusal_stands_once")]

    def __str__(self) -> str:
        return f"{self.user}回避{self.enterprise.name}"
