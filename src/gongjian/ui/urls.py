"""The style guide's address, for the root URLs to include while pages are being made."""

from django.urls import path

from gongjian.ui import views

app_name = "ui"
urlpatterns = [path("styleguide/", views.styleguide, name="styleguide")]
