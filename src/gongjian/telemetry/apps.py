"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TelemetryConfig(AppConfig):
    """What stations measured."""

    name = "gongjian.telemetry"
    verbose_name = _("监测数据")
