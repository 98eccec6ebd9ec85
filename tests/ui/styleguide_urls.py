"""Root URLs for the browser tests of the style guide: its pages, what their maps ask for, and what their frame links to."""

from django.urls import include, path

urlpatterns = [
    path("", include("gongjian.ui.styleguide_urls")),
    path("atlas/", include("gongjian.ui.urls")),
    path("account/", include("allauth.urls")),
]
