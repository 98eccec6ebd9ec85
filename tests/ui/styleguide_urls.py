"""Root URLs for the browser tests of the style guide: its pages, what their maps ask for, and what their frame links to."""

from django.urls import include, path

from gongjian.ui.urls import styleguide

urlpatterns = [
    *styleguide,
    path("atlas/", include("gongjian.ui.urls")),
    path("account/", include("allauth.urls")),
]
