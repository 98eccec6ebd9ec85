"""Addresses of the indicators; included by the house below ``indicators/``."""

from django.urls import path, re_path

from gongjian.indicators import views

app_name = "indicators"
CODE = r"(?P<code>[a-z0-9_]+(?:\.[a-z0-9_]+)+)"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    re_path(rf"^{CODE}/$", views.indicator, name="indicator"),
    re_path(rf"^{CODE}/rows/$", views.rows, name="rows"),
    re_path(rf"^{CODE}/rows\.(?P<form>csv|xlsx)$", views.export, name="export"),
]
