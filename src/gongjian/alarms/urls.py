"""Addresses of alarms and data quality."""

from django.urls import path

from gongjian.alarms.views import alarm, lists, outlets, quality

app_name = "alarms"
urlpatterns = [
    path("", lists.listing, name="list"),
    path("<int:pk>/", alarm.page, name="alarm"),
    path("<int:pk>/step/<slug:name>/", alarm.step, name="step"),
    path("<int:pk>/papers/<int:paper>/", alarm.paper, name="paper"),
    path("quality/", lists.findings, name="quality"),
    path("quality/<int:pk>/", quality.page, name="finding"),
    path("quality/<int:pk>/<slug:name>/", quality.decide, name="decide"),
    path("outlets/", outlets.listing, name="outlets"),
    path("outlets/<int:pk>/", outlets.page, name="outlet"),
    path("outlets/<int:pk>/limits/<int:limit>/end/", outlets.end, name="end-limit"),
]
