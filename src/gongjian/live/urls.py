"""Addresses of the live pages."""

from django.urls import path, register_converter

from gongjian.live.converters import CodeConverter, ProtocolConverter
from gongjian.live.views import board, devices, events, station, vehicles

register_converter(CodeConverter, "code")
register_converter(ProtocolConverter, "protocol")

app_name = "live"
urlpatterns = [
    path("", board.board, name="board"),
    path("events/", events.stream, name="events"),
    path("newest/", events.newest, name="newest"),
    path("vehicles/", vehicles.listing, name="vehicles"),
    path("vehicles/<code:vin>/days/", vehicles.days, name="vehicle-days"),
    path("vehicles/<code:vin>/", vehicles.page, name="vehicle"),
    path("devices/", devices.listing, name="devices"),
    path("devices/<protocol:protocol>/<code:code>/", devices.talk, name="talk"),
    path("<int:pk>/", station.page, name="station"),
    path("<int:pk>/data.csv", station.export, {"form": "csv"}, name="csv"),
    path("<int:pk>/data.xlsx", station.export, {"form": "xlsx"}, name="xlsx"),
]
