"""The style guide's addresses, for the root URLs to include while pages are being made."""

from django.urls import path

from gongjian.ui import views

app_name = "styleguide"
urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/atlas/", views.styleguide_atlas, name="atlas"),
    path("styleguide/places.json", views.styleguide_places, name="places"),
]
