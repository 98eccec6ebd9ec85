"""Addresses of this room's own pages."""

from django.urls import path

from gongjian.mobile.views import precision

app_name = "mobile"
urlpatterns = [
    path("precision/", precision.precision, name="precision"),
    path("precision/export.xlsx", precision.export, name="precision-export"),
]
