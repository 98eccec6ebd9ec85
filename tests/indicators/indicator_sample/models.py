"""Typed, versioned records as a field room keeps them."""

from django.db import models


class Vehicle(models.Model):
    plate = models.CharField(max_length=10)
    use = models.CharField(max_length=10, choices=[("bus", "公交"), ("post", "邮政"), ("truck", "货运")])


class Check(models.Model):
    entry = models.ForeignKey(Vehicle, models.CASCADE)
    on = models.DateField()
    street = models.CharField(max_length=10, null=True)
    fuel = models.CharField(max_length=10, null=True)
    passed = models.BooleanField(null=True)
    nox = models.FloatField(null=True)
    entered_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)


class Entry(models.Model):
    """What several ledgers share."""

    name = models.CharField("名称", max_length=10)
    street = models.CharField("街道", max_length=10, blank=True)


class Truck(Entry):
    """A thing whose street is its parent's."""

    use = models.CharField("用途", max_length=10, choices=[("dig", "挖掘"), ("haul", "运输")])

    def __str__(self):
        return self.name


class Holding(models.Model):
    """A truck as held for a time, in the version of one moment."""

    entry = models.ForeignKey(Truck, models.CASCADE, verbose_name="车辆")
    valid_from = models.DateField("起始日")
    valid_to = models.DateField("终止日", null=True, editable=False)
    clean = models.BooleanField("新能源", null=True)
    power = models.FloatField("功率", null=True)
    due = models.IntegerField("应在线天数", null=True)
    entered_at = models.DateTimeField(editable=False)
    replaced_at = models.DateTimeField(null=True, editable=False)
    digest = models.CharField("摘要", max_length=10, editable=False)


class Paper(models.Model):
    """What several kinds of visit share."""

    on = models.DateField("检查日")
    entered_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)


class Visit(Paper):
    """A record whose day and moments are its parent's."""

    entry = models.ForeignKey(Entry, models.CASCADE, verbose_name="对象")
    passed = models.BooleanField("合格", null=True)
