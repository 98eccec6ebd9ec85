"""Addresses of the signed-in face."""

from django.urls import path, register_converter

from gongjian.web.converters import MonthConverter
from gongjian.web.views import adjustment, documents, intake, measure, milestone, report, trail, wall, work

register_converter(MonthConverter, "month")

app_name = "web"
urlpatterns = [
    path("", wall.wall, name="home"),
    path("map/<slug:slug>/", wall.wall, name="map"),
    path("measure/<int:pk>/", measure.measure, name="measure"),
    path("measure/<int:pk>/report/<month:month>/", report.report, name="report"),
    path("measure/<int:pk>/report/<month:month>/<slug:step>/", report.step, name="report-step"),
    path("measure/<int:pk>/milestone/<int:commitment>/", milestone.mark_done, name="milestone"),
    path("measure/<int:pk>/milestone/<int:achievement>/take-back/", milestone.take_back, name="milestone-take-back"),
    path("measure/<int:pk>/adjust/<slug:what>/", adjustment.adjust, name="adjust"),
    path("work/", work.work, name="workbench"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/", intake.intake, name="intake"),
    path("documents/<int:pk>/correct/<str:key>/", intake.correct, name="intake-correct"),
    path("documents/<int:pk>/confirm/", intake.confirm, name="intake-confirm"),
    path("documents/<int:pk>/discard/", intake.discard, name="intake-discard"),
    path("trail/", trail.trail, name="trail"),
]
