"""The project's addresses with the air's among them."""

from django.urls import include, path

from gongjian.project.urls import urlpatterns as project

urlpatterns = [path("air/", include("gongjian.air.urls")), *project]
handler403 = "gongjian.project.errors.forbidden"
handler404 = "gongjian.project.errors.not_found"
