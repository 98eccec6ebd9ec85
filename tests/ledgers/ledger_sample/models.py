"""The tables of the sample."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from gongjian.ledgers.models import Enterprise, Entry, Record, versions_of
from gongjian.ledgers.models.record import found_by


class Yard(Entry):
    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_yard")
    keeper = models.CharField("看护人", max_length=20, blank=True)
    story = models.CharField("整治经过", max_length=400, blank=True)
    sort = models.CharField("类型", max_length=8, choices=[("open", "露天"), ("roofed", "有顶")], help_text="按现场情况填写")
    use = models.CharField("用途", max_length=8, choices=[("coal", "堆煤"), ("sand", "堆砂")], blank=True)
    grade = models.PositiveSmallIntegerField("等级", choices=[(1, "一级"), (2, "二级")], null=True, blank=True)
    capacity = models.PositiveIntegerField("容量", validators=[MinValueValidator(1), MaxValueValidator(9000)])
    area = models.FloatField("面积", null=True, blank=True)
    dust = models.DecimalField("降尘", max_digits=6, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)])
    covered = models.BooleanField("已苫盖")
    paved = models.BooleanField("已硬化", null=True, blank=True)
    opened_on = models.DateField("启用日期", null=True, blank=True)
    beside = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="相邻堆场")

    class Meta:
        verbose_name = "堆场"


YardVersion = versions_of(Yard)


class Visit(Record):
    entry = models.ForeignKey(Yard, models.PROTECT, null=True, related_name="visits", verbose_name="堆场")
    way = models.CharField("方式", max_length=8, choices=[("walk", "步行"), ("drone", "无人机")])
    passed = models.BooleanField("合格", null=True, blank=True)
    depth = models.PositiveIntegerField("积尘厚度", null=True, blank=True, validators=[MaxValueValidator(500)])
    wind = models.DecimalField("风速", max_digits=4, decimal_places=1, null=True, blank=True)
    left_at = models.DateTimeField("离开时间", null=True, blank=True)
    company = models.ForeignKey(Enterprise, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="受检单位")

    class Meta(Record.Meta):
        verbose_name = "堆场巡查"
        indexes = [*Record.Meta.indexes, *found_by("passed", "way", "street", "department", "company", "depth")]
