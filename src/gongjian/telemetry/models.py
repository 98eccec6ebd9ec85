"""Stations, factors, series and what was observed. Observations are read and written through ``store``, never by their model."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.telemetry.fates import Fate
from gongjian.telemetry.store import Period


class Kind(models.TextChoices):
    """What a station watches."""

    AIR = "air", _("环境空气")
    DUST = "dust", _("扬尘")
    WATER = "water", _("地表水")
    EMISSION = "emission", _("污染源")
    NOISE = "noise", _("噪声")


class Station(models.Model):
    """A place where something is measured. Deactivated, never deleted."""

    code = models.CharField(_("代码"), max_length=32, unique=True)
    name = models.CharField(_("名称"), max_length=40, unique=True)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices, default=Kind.AIR)
    longitude = models.FloatField(_("经度"), null=True, blank=True, help_text=_("度，CGCS2000"))
    latitude = models.FloatField(_("纬度"), null=True, blank=True, help_text=_("度，CGCS2000"))
    district = models.CharField(_("所在区域"), max_length=40, blank=True)
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("监测站点")
        verbose_name_plural = _("监测站点")
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return self.name


class StationName(models.Model):
    """Another name feeds print for a station; it means one station only."""

    name = models.CharField(_("别名"), max_length=40, unique=True)
    station = models.ForeignKey(Station, models.PROTECT, related_name="names", verbose_name=_("站点"))

    class Meta:
        verbose_name = _("站点别名")
        verbose_name_plural = _("站点别名")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Factor(models.Model):
    """Something that is measured, with its unit."""

    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    unit = models.CharField(_("单位"), max_length=20)

    class Meta:
        verbose_name = _("监测因子")
        verbose_name_plural = _("监测因子")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit}）"


class Series(models.Model):
    """One factor of one station over one period: what an observation belongs to."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="series", verbose_name=_("站点"))
    factor = models.ForeignKey(Factor, models.PROTECT, related_name="series", verbose_name=_("因子"))
    period = models.CharField(_("周期"), max_length=8, choices=[(period.value, period.label) for period in Period])

    class Meta:
        verbose_name = _("监测序列")
        verbose_name_plural = _("监测序列")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["station", "factor", "period"], name="series_once")]


class Source(models.Model):
    """How an observation arrived: a file, the package itself, a gateway."""

    label = models.CharField(_("来源"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("数据来源")
        verbose_name_plural = _("数据来源")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label


class Protocol(models.TextChoices):
    """What a device speaks."""

    HJ212 = "hj212", _("HJ 212（监测设备）")
    GB17691 = "gb17691", _("GB 17691（重型车远程监控）")


class Device(models.Model):
    """An instrument or a vehicle that uploads by itself. Deactivated, never deleted: the live store knows it by its number.

    ``tolerances`` names the departures from the standard that are read all the same (``Tolerance`` of the codec); of the password only a
    keyed digest is kept, because it stands on the wire in plain text and must not stand anywhere else; the SM4 key is kept encrypted.
    """

    protocol = models.CharField(_("规约"), max_length=8, choices=Protocol, default=Protocol.HJ212)
    code = models.CharField(_("编码"), max_length=32, help_text=_("MN 或 VIN"))
    name = models.CharField(_("名称"), max_length=80)
    station = models.ForeignKey(Station, models.PROTECT, related_name="devices", verbose_name=_("监测站点"), null=True, blank=True)
    password = models.CharField(_("口令摘要"), max_length=64, blank=True, editable=False)
    sealing_key = models.CharField(_("加密密钥"), max_length=200, blank=True, editable=False)
    tolerances = models.JSONField(_("放宽的项目"), default=list, blank=True)
    longest = models.PositiveIntegerField(_("数据段上限（字节）"), default=1024)
    addresses = models.CharField(_("允许的地址"), max_length=400, blank=True, help_text=_("地址或网段，逗号分隔；留空则不限"))
    most_per_second = models.PositiveIntegerField(_("每秒报文上限"), null=True, blank=True, help_text=_("留空则按网关的设置"))
    minute_interval = models.PositiveSmallIntegerField(_("分钟数据间隔（分钟）"), default=10)
    asks_missing = models.BooleanField(_("自动补调缺失数据"), default=True)
    active = models.BooleanField(_("在用"), default=True)
    revision = models.PositiveIntegerField(_("版次"), default=0, editable=False)  # goes up with every change: how a gateway sees it

    class Meta:
        verbose_name = _("联网设备")
        verbose_name_plural = _("联网设备")
        ordering = ["protocol", "code"]
        constraints = [models.UniqueConstraint(fields=["protocol", "code"], name="device_once")]

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"


class DeviceFactor(models.Model):
    """What one factor of one device is: the unit is not on the wire and devices differ, so it is kept here.

    With a ``factor`` the device's hourly and daily values become observations of its station: ``value × scale`` in the factor's unit.
    """

    device = models.ForeignKey(Device, models.PROTECT, related_name="factors", verbose_name=_("联网设备"))
    code = models.CharField(_("上传的因子编码"), max_length=20)
    unit = models.CharField(_("上传的单位"), max_length=20)
    factor = models.ForeignKey(Factor, models.PROTECT, related_name="+", verbose_name=_("监测因子"), null=True, blank=True)
    scale = models.FloatField(_("换算系数"), default=1.0, help_text=_("上传值 × 系数 = 监测因子单位下的值"))

    class Meta:
        verbose_name = _("设备因子")
        verbose_name_plural = _("设备因子")
        ordering = ["device", "code"]
        constraints = [models.UniqueConstraint(fields=["device", "code"], name="device_factor_once")]

    def __str__(self) -> str:
        return f"{self.device} {self.code}（{self.unit}）"


class RetentionKind(models.TextChoices):
    """What is kept equally long; ``queries.retaining`` says which uploads each is."""

    REAL_TIME = "real_time", _("实时数据")
    MINUTE = "minute", _("分钟数据")
    HOUR = "hour", _("小时数据")
    DAY = "day", _("日数据")
    STATE = "state", _("状态、运行时间和开机记录")
    VEHICLE = "vehicle", _("车辆逐秒数据和登录登出")
    REFUSED = "refused", _("未采用的报文")


class Retention(models.Model):
    """How long a kind of upload is kept, from a day on: of each kind the latest that has begun holds. Never deleted.

    ``months`` are whole months before the present one, None for ever.
    """

    kind = models.CharField(_("数据类别"), max_length=12, choices=RetentionKind)
    months = models.PositiveSmallIntegerField(_("保存月数"), null=True, blank=True, help_text=_("本月之前的完整月份数；留空则一直保留"))
    from_day = models.DateField(_("自哪天起"), help_text=_("最早从明天起，到期数据在当夜删除"))
    basis = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = _("数据保存期限")
        verbose_name_plural = _("数据保存期限")
        ordering = ["kind", "-from_day"]
        constraints = [models.UniqueConstraint(fields=["kind", "from_day"], name="retention_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.from_day}）"


class HistoryAsked(models.Model):
    """Periods that did not come from a device, and how far asking for them is: see ``Note``. Written by the gateway only."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="asked", verbose_name=_("联网设备"))
    stream = models.IntegerField(_("数据种类"))
    first = models.BigIntegerField()  # seconds
    last = models.BigIntegerField()  # seconds
    fate = models.CharField(_("结果"), max_length=8, choices=[(fate.value, fate.label) for fate in Fate])
    rounds = models.PositiveSmallIntegerField(_("轮次"), default=0)
    tries = models.PositiveSmallIntegerField(_("询问次数"), default=0)
    wanted = models.PositiveIntegerField(_("缺失个数"))
    came = models.PositiveIntegerField(_("补来个数"), default=0)
    said = models.IntegerField(_("设备应答"), null=True)  # QnRtn or ExeRtn
    seen_at = models.DateTimeField(_("发现时间"))
    asked_at = models.DateTimeField(_("最近一次询问"), null=True)
    over_at = models.DateTimeField(_("了结时间"), null=True)

    class Meta:
        verbose_name = _("补调记录")
        verbose_name_plural = _("补调记录")
        ordering = ["-seen_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["device", "stream", "first", "last"], name="asked_once")]
        indexes = [models.Index(fields=["device", "-seen_at"], name="asked_by_device"), models.Index(fields=["seen_at"], name="asked_seen")]


class Listening(models.Model):
    """A run of a gateway: from when until when, as last noted, it listened and could keep what it heard."""

    begin = models.DateTimeField(_("自"), db_index=True)
    until = models.DateTimeField(_("至"), db_index=True)

    class Meta:
        verbose_name = _("网关运行时段")
        verbose_name_plural = _("网关运行时段")
        ordering = ["begin", "id"]


class Observation(models.Model):
    """One version of one value. Millions of rows: moments are whole numbers (``moments``), references have no constraint.

    The version stood from ``entered_at`` until just before ``replaced_at``; as-of is ``entered_at < T AND replaced_at >= T``.
    """

    pk = models.CompositePrimaryKey("series", "at", "entered_at")
    series = models.ForeignKey(Series, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    at = models.BigIntegerField()  # label, seconds
    entered_at = models.BigIntegerField()  # microseconds
    replaced_at = models.BigIntegerField()  # microseconds, ``moments.FOREVER`` while it stands
    value = models.FloatField(null=True)  # None: the device spoke, but there is no value
    flag = models.CharField(max_length=1)
    source = models.ForeignKey(Source, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")

    class Meta:
        verbose_name = _("监测值")
        verbose_name_plural = _("监测值")


class DayMark(models.Model):
    """That something of a day was written: how upper rooms find what to work out anew, by cursor on ``sequence``."""

    pk = models.CompositePrimaryKey("series", "day")
    series = models.ForeignKey(Series, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    day = models.IntegerField()  # ``moments.number_of``
    sequence = models.BigIntegerField(db_index=True)  # of the write, ascending

    class Meta:
        verbose_name = _("变动标记")
        verbose_name_plural = _("变动标记")
