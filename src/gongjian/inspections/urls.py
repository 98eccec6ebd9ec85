"""Addresses of duties, tasks and inspections by lot."""

from django.urls import path

from gongjian.inspections.views import boards, draws, duties, files, recusals, steps, task

app_name = "inspections"
urlpatterns = [
    path("", boards.mine, name="mine"),
    path("list/", boards.listing, name="list"),
    path("<int:pk>/", task.task, name="task"),
    path("<int:pk>/fill/", task.fill_in, name="fill"),
    path("<int:pk>/confirm/", steps.confirmed, name="confirm"),
    path("<int:pk>/give/", steps.given, name="give"),
    path("<int:pk>/because/<slug:name>/", steps.because, name="because"),
    path("<int:pk>/evidence/<int:evidence>/", files.original, name="evidence"),
    path("<int:pk>/evidence/<int:evidence>/small/", files.small, name="thumbnail"),
    path("<int:pk>/evidence/<int:evidence>/strike/", files.strike_out, name="strike"),
    path("duties/", duties.listing, name="duties"),
    path("duties/new/", duties.new, name="new-duty"),
    path("duties/<int:pk>/", duties.duty, name="duty"),
    path("duties/<int:pk>/change/", duties.change, name="change-duty"),
    path("duties/<int:pk>/stop/", duties.stop, name="stop-duty"),
    path("duties/<int:pk>/event/", duties.event, name="event"),
    path("draws/", draws.listing, name="draws"),
    path("draws/new/", draws.new, name="new-draw"),
    path("draws/<int:pk>/", draws.plan, name="draw"),
    path("draws/<int:pk>/paper/", draws.paper, name="draw-paper"),
    path("draws/<int:pk>/objects/", draws.objects, name="draw-objects"),
    path("draws/<int:pk>/freeze/", draws.frozen, name="freeze"),
    path("draws/<int:pk>/lots/", draws.lots, name="lots"),
    path("draws/<int:pk>/assign/", draws.assigned, name="assign"),
    path("draws/<int:pk>/call-off/", draws.called_off, name="call-off"),
    path("recusals/", recusals.listing, name="recusals"),
    path("recusals/<int:pk>/end/", recusals.end, name="end-recusal"),
]
