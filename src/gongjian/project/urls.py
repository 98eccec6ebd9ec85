"""Root URLs."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from gongjian.ui.urls import styleguide

urlpatterns = [
    path("", include("gongjian.web.urls")),
    path("air/", include("gongjian.air.urls")),
    path("mobile/", include("gongjian.mobile.urls")),
    path("indicators/", include("gongjian.indicators.urls")),
    path("atlas/", include("gongjian.ui.urls")),
    path("ledgers/", include("gongjian.ledgers.urls")),
    path("cases/", include("gongjian.cases.urls")),
    path("orders/", include("gongjian.supervision.urls")),
    path("field/", include("gongjian.fieldwork.urls")),
    path("inspections/", include("gongjian.inspections.urls")),
    path("assessment/", include("gongjian.assessment.urls")),
    path("alarms/", include("gongjian.alarms.urls")),
    path("live/", include("gongjian.live.urls")),
    path("gateway/", include("gongjian.gateway.urls")),
    path("account/", include("allauth.urls")),
    path("backroom/", admin.site.urls),
]
if settings.DEBUG:
    urlpatterns.append(path("", include(styleguide)))
handler403 = "gongjian.project.errors.forbidden"
handler404 = "gongjian.project.errors.not_found"
handler500 = "gongjian.project.errors.broken"
