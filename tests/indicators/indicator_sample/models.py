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
