"""Addresses of the signed-in face."""

from django.urls import path, register_converter

from gongjian.web.converters import MonthConverter
from gongjian.web.views import (
    adjustment,
    contributing,
    documents,
    inbox,
    intake,
    measure,
    milestone,
    months,
    proofs,
    report,
    trail,
    wall,
    work,
)

register_converter(MonthConverter, "month")

app_name = "web"
urlpatterns = [
    path("", wall.wall, name="home"),
    path("map/<slug:slug>/", wall.wall, name="map"),
    path("measure/<int:pk>/", measure.measure, name="measure"),
    path("measure/<int:pk>/report/<month:month>/", report.report, name="report"),
    path("measure/<int:pk>/report/<month:month>/<slug:step>/", report.step, name="report-step"),
    path("measure/<int:pk>/report/<month:month>/contribution/<int:department>/", contributing.contribution, name="contribution"),
    path("measure/<int:pk>/report/<month:month>/contribution/<int:department>/<slug:step>/", contributing.step, name="contribution-step"),
    path("measure/<int:pk>/report/<month:month>/file/<int:file>/", proofs.proof, name="proof"),
    path("measure/<int:pk>/report/<month:month>/file/<int:file>/strike/", proofs.strike, name="proof-strike"),
    path("reports/", months.months, name="months"),
    path("reports/<month:month>/", months.month, name="month"),
    path("reports/<month:month>/<slug:act>/", months.act, name="month-act"),
    path("measure/<int:pk>/milestone/<int:commitment>/", milestone.mark_done, name="milestone"),
    path("measure/<int:pk>/milestone/<int:achievement>/take-back/", milestone.take_back, name="milestone-take-back"),
    path("measure/<int:pk>/adjust/<slug:what>/", adjustment.adjust, name="adjust"),
    path("work/", work.work, name="workbench"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/", intake.intake, name="intake"),
    path("documents/<int:pk>/correct/<str:key>/", intake.correct, name="intake-correct"),
    path("documents/<int:pk>/confirm/", intake.confirm, name="intake-confirm"),
    path("documents/<int:pk>/discard/", intake.discard, name="intake-discard"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox-read-all"),
    path("inbox/<int:pk>/open/", inbox.open_entry, name="inbox-open"),
    path("inbox/<int:pk>/read/", inbox.read_entry, name="inbox-read"),
    path("me/notices/", inbox.settings, name="notice-settings"),
    path("trail/", trail.trail, name="trail"),
]
