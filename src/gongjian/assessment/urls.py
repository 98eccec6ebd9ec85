"""Addresses of the assessment."""

from django.urls import path

from gongjian.assessment.views import bulletin, kept, listing, live, objections

app_name = "assessment"
urlpatterns = [
    path("", listing.assessments, name="assessments"),
    path("draft/", listing.begin, name="draft"),
    path("live/<str:code>/", live.ranking, name="live"),
    path("live/<str:code>/<int:department>/", live.score, name="live-score"),
    path("<int:pk>/", kept.ranking, name="assessment"),
    path("<int:pk>/step/<slug:name>/", kept.step, name="step"),
    path("<int:pk>/bulletin/", bulletin.page, name="bulletin"),
    path("<int:pk>/bulletin.docx", bulletin.document, name="bulletin-docx"),
    path("<int:pk>/objections/", objections.listing, name="objections"),
    path("<int:pk>/objections/<int:objection>/", objections.answer, name="answer"),
    path("<int:pk>/objections/<int:objection>/approval/", objections.approval, name="approval"),
    path("<int:pk>/<int:department>/", kept.score, name="score"),
    path("<int:pk>/<int:department>/objection/<slug:item>/", objections.new, name="object"),
    path("<int:pk>/<int:department>/<slug:item>/", kept.item, name="item"),
]
