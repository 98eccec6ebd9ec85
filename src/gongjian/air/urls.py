"""Addresses of the air's pages."""

from django.urls import path

from gongjian.air import views

app_name = "air"
urlpatterns = [
    path("", views.glance, name="glance"),
    path("days.csv", views.days_csv, name="days-csv"),
    path("trend/", views.trend, name="trend"),
    path("months/", views.months, name="months"),
    path("profiles/", views.profiles, name="profiles"),
]
