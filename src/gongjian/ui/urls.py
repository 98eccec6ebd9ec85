"""What every map on every page asks for, and the style guide for the root URLs to include while pages are being made."""

from django.urls import path

from gongjian.ui import views

app_name = "ui"
urlpatterns = [path("outline.json", views.outline_as_json, name="outline")]
styleguide = [
    path("styleguide/", views.styleguide),
    path("styleguide/atlas/", views.styleguide_atlas),
    path("styleguide/places.json", views.styleguide_places),
]
