"""Addresses of supervision orders."""

from django.urls import path

from gongjian.supervision.views import files, issuing, lists, order

app_name = "supervision"
urlpatterns = [
    path("", lists.orders, name="orders"),
    path("rules/", lists.rules, name="rules"),
    path("new/", issuing.new, name="new"),
    path("<int:pk>/", order.order, name="order"),
    path("<int:pk>/paper/", order.paper, name="paper"),
    path("<int:pk>/step/<slug:name>/", order.step, name="step"),
    path("<int:pk>/evidence/<int:evidence>/", files.original, name="evidence"),
    path("<int:pk>/evidence/<int:evidence>/small/", files.small, name="thumbnail"),
    path("<int:pk>/evidence/<int:evidence>/strike/", files.strike, name="strike"),
]
