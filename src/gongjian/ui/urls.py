"""What every map on every page asks for."""

from django.urls import path

from gongjian.ui import views

app_name = "ui"
urlpatterns = [path("outline.json", views.outline_as_json, name="outline")]
