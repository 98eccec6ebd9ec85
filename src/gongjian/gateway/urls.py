"""Addresses of the gateway's page."""

from django.urls import path

from gongjian.gateway import views

app_name = "gateway"
urlpatterns = [
    path("", views.devices, name="devices"),
    path("register/", views.register, name="register"),
    path("replay/", views.replay, name="replay"),
]
