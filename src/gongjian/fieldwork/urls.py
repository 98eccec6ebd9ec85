"""Addresses of the phone; included by the house below ``field/``."""

from django.urls import path

from gongjian.fieldwork.views import checking, finding, lists, shell

app_name = "fieldwork"
urlpatterns = [
    path("", lists.today, name="today"),
    path("things/", lists.things, name="things"),
    path("things/<int:pk>/", lists.one, name="thing"),
    path("tasks/<int:pk>/", checking.task, name="task"),
    path("find/", finding.find, name="find"),
    path("drafts/", finding.drafts, name="drafts"),
    path("hello/", finding.hello, name="hello"),
    path("outbox/", shell.outbox, name="outbox"),
    path("me/", shell.person, name="person"),
    path("offline/", shell.offline, name="offline"),
    path("worker.js", shell.worker, name="worker"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
]
