"""Addresses of the cases."""

from django.urls import path

from gongjian.cases.views import beside, boards, case, files, finding, rules

app_name = "cases"
urlpatterns = [
    path("", boards.board, name="board"),
    path("list/", boards.listing, name="list"),
    path("columns/", boards.by_state, name="columns"),
    path("statistics/", boards.tallies, name="statistics"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:slug>/use/", rules.use, name="rule-use"),
    path("rules/<slug:slug>/stop/", rules.stop, name="rule-stop"),
    path("new/", finding.new, name="new"),
    path("<int:pk>/", case.case, name="case"),
    path("<int:pk>/file/", case.printed, name="file"),
    path("<int:pk>/step/<slug:name>/", case.step, name="step"),
    path("<int:pk>/comment/", beside.comment, name="comment"),
    path("<int:pk>/help/", beside.ask_help, name="ask-help"),
    path("<int:pk>/help/<int:assistance>/", beside.answer_help, name="answer-help"),
    path("<int:pk>/time/", beside.ask_time, name="ask-time"),
    path("<int:pk>/time/<int:postponement>/", beside.answer_time, name="answer-time"),
    path("<int:pk>/extra/<slug:slug>/", beside.extra, name="extra"),
    path("<int:pk>/sanction/", beside.note_sanction, name="sanction"),
    path("<int:pk>/publish/", beside.publish, name="publish"),
    path("<int:pk>/evidence/<int:evidence>/", files.original, name="evidence"),
    path("<int:pk>/evidence/<int:evidence>/small/", files.small, name="thumbnail"),
    path("<int:pk>/evidence/<int:evidence>/strike/", files.strike, name="strike"),
]
