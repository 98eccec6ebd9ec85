"""Addresses of the indicators; included by the house below ``indicators/``."""

from django.urls import path, re_path

from gongjian.indicators.views import figures, rows

app_name = "indicators"
CODE = r"(?P<code>[a-z0-9_]+(?:\.[a-z0-9_]+)+)"
urlpatterns = [
    path("", figures.catalogue, name="catalogue"),
    re_path(rf"^{CODE}/$", figures.indicator, name="indicator"),
    re_path(rf"^{CODE}/rows/$", rows.rows, name="rows"),
    re_path(rf"^{CODE}/rows\.(?P<form>csv|xlsx)$", rows.export, name="export"),
]
