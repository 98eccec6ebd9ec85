"""Root URLs for the browser tests of the style guide: the page itself and what its frame links to."""

from django.urls import include, path

urlpatterns = [path("", include("gongjian.ui.urls")), path("account/", include("allauth.urls"))]
